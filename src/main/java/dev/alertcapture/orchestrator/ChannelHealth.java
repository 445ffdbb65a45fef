package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a channel to people is, as the messages of the newest captures tell.
 *
 * @param healthy whether it took the latest message that it could have taken by now
 * @param text how it fared, in words
 */
public record ChannelHealth(boolean healthy, String text) {
  private static final Duration LATE_AFTER = Duration.ofMinutes(5);

  // A message is tried for a day, and one that was given up is shown for another.
  private static final Duration LOOKBACK = Duration.ofDays(2);

  private record Sent(String captureId, Notification message) {}

  static Map<String, ChannelHealth> of(List<String> channels, List<Capture> newest, Instant now) {
    Map<String, ChannelHealth> all = new LinkedHashMap<>();
    channels.forEach(channel -> all.put(channel, of(channel, newest, now)));
    return all;
  }

  private static ChannelHealth of(String channel, List<Capture> newest, Instant now) {
    List<Sent> all =
        newest.stream()
            .flatMap(c -> c.notifications().stream().map(m -> new Sent(c.id(), m)))
            .filter(sent -> sent.message().channel().equals(channel))
            .filter(sent -> sent.message().since().isAfter(now.minus(LOOKBACK)))
            .sorted(Comparator.comparing((Sent sent) -> sent.message().since()).reversed())
            .toList();
    long givenUp = all.stream().filter(s -> isGivenUp(s.message())).count();
    return all.stream()
        .filter(sent -> tells(sent.message(), now))
        .findFirst()
        .map(sent -> told(sent, givenUp, now))
        .orElse(new ChannelHealth(true, "nothing sent in the last two days"));
  }

  private static boolean tells(Notification message, Instant now) {
    return message.status() != Notification.Status.PENDING
        || message.since().isBefore(now.minus(LATE_AFTER));
  }

  private static boolean isGivenUp(Notification message) {
    return message.status() == Notification.Status.GIVEN_UP;
  }

  private static ChannelHealth told(Sent sent, long givenUp, Instant now) {
    Notification message = sent.message();
    String why = message.detail() == null ? "" : ": " + message.detail();
    return switch (message.status()) {
      case SENT ->
          new ChannelHealth(
              true,
              "took the message of capture "
                  + sent.captureId()
                  + (givenUp == 0 ? "" : "; did not take " + givenUp + " others"));
      case GIVEN_UP ->
          new ChannelHealth(false, "did not take the message of capture " + sent.captureId() + why);
      case PENDING ->
          new ChannelHealth(
              false,
              "has not taken the message of capture "
                  + sent.captureId()
                  + " for "
                  + Duration.between(message.since(), now).toMinutes()
                  + " minutes"
                  + why);
    };
  }
}
