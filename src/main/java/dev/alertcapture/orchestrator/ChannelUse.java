package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Notification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How channels fare, as the messages of the newest captures tell. */
public final class ChannelUse {
  private static final int LOOKED_AT = 100;
  private static final Duration LATE = Duration.ofMinutes(5);

  // A message is tried for a day, and one that was given up is shown for another.
  private static final Duration LOOKS_BACK = Duration.ofDays(2);

  private final Captures captures;
  private final Clock clock;

  /** The channels of captures. */
  public ChannelUse(Captures captures, Clock clock) {
    this.captures = captures;
    this.clock = clock;
  }

  /**
   * How a channel fares.
   *
   * @param well whether it took the latest message that it could have taken by now
   */
  public record Use(boolean well, String said) {}

  private record Sent(String captureId, Notification message) {}

  /** The use of each channel, in their order. */
  public Map<String, Use> of(List<String> channels) {
    Map<String, Use> uses = new LinkedHashMap<>();
    List<Capture> newest = channels.isEmpty() ? List.of() : captures.newest(LOOKED_AT);
    channels.forEach(channel -> uses.put(channel, of(channel, newest)));
    return uses;
  }

  private Use of(String channel, List<Capture> newest) {
    Instant now = clock.instant();
    List<Sent> all =
        newest.stream()
            .flatMap(c -> c.notifications().stream().map(m -> new Sent(c.id(), m)))
            .filter(sent -> sent.message().channel().equals(channel))
            .filter(sent -> sent.message().since().isAfter(now.minus(LOOKS_BACK)))
            .sorted(Comparator.comparing((Sent sent) -> sent.message().since()).reversed())
            .toList();
    long givenUp = all.stream().filter(s -> isGivenUp(s.message())).count();
    return all.stream()
        .filter(sent -> tells(sent.message(), now))
        .findFirst()
        .map(sent -> use(sent, givenUp, now))
        .orElse(new Use(true, "nothing sent in the last two days"));
  }

  private static boolean tells(Notification message, Instant now) {
    return message.status() != Notification.Status.PENDING
        || message.since().isBefore(now.minus(LATE));
  }

  private static boolean isGivenUp(Notification message) {
    return message.status() == Notification.Status.GIVEN_UP;
  }

  private static Use use(Sent sent, long givenUp, Instant now) {
    Notification message = sent.message();
    String why = message.detail() == null ? "" : ": " + message.detail();
    return switch (message.status()) {
      case SENT ->
          new Use(
              true,
              "took the message of capture "
                  + sent.captureId()
                  + (givenUp == 0 ? "" : "; did not take " + givenUp + " others"));
      case GIVEN_UP ->
          new Use(false, "did not take the message of capture " + sent.captureId() + why);
      case PENDING ->
          new Use(
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
