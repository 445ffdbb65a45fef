package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.LogLine;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;

/**
 * Sends the messages that are on record, and puts on record what came of them. It claims the
 * message, never its capture: steps go on meanwhile, and each keeps what the other saved.
 */
final class Messenger {
  /** How long a channel may take. */
  static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration ADOPTION_TIME = Duration.ofHours(1);
  private static final Duration CLAIM_TTL = Duration.ofSeconds(30);
  private static final int TRIES = 8;

  private final Captures captures;
  private final Map<String, Channel> channels;
  private final Clock clock;
  private final Supplier<String> tokens;

  Messenger(
      Captures captures, Map<String, Channel> channels, Clock clock, Supplier<String> tokens) {
    this.captures = captures;
    this.channels = Map.copyOf(channels);
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * The messages of one call.
   *
   * @param least what has to be left of the call's time for one more message
   */
  ChannelQueues begin(Invocation call, Duration least) {
    return new ChannelQueues(this, clock, call, least);
  }

  /** Sends a message, unless somebody else does. Answers why the channel is ill, else empty. */
  Optional<PortException> send(String captureId, Notification due, Invocation call) {
    boolean young = clock.instant().isBefore(due.since().plus(ADOPTION_TIME));
    if (young && !channels.containsKey(due.channel())) {
      // During a deployment another instance may have it.
      postpone(captureId, due, "not configured on this instance", null, call);
      return Optional.empty();
    }
    String token = tokens.get();
    Optional<Capture> claimed =
        change(
            captureId,
            due,
            (message, now) -> message.isDue(now),
            message -> message.claimed(token, clock.instant().plus(CLAIM_TTL)));
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    PortException failure = null;
    UnaryOperator<Notification> result = Notification::sent;
    try {
      deliver(claimed.get(), due, call);
    } catch (PortException e) {
      failure = e;
      result =
          e.isRetryable()
              ? message -> message.failed(e.detail(), e.retryAfter(), clock.instant())
              : message -> message.refused(e.detail());
    } catch (RuntimeException | Error e) {
      // Otherwise it would come again with each claim that runs out, for ever and unseen.
      call.log().log(Level.WARNING, "a message of capture " + captureId + " can't be sent", e);
      String detail = "could not be sent, " + e.getClass().getSimpleName();
      result = message -> message.failed(detail, null, clock.instant());
    }
    save(captureId, due, (message, now) -> message.isHeldBy(token), result, call);
    return Optional.ofNullable(failure).filter(PortException::isRetryable);
  }

  private void deliver(Capture c, Notification message, Invocation call) throws PortException {
    Channel channel = channels.get(message.channel());
    if (channel == null) {
      throw PortException.refused(Reason.REFUSED, "no longer configured");
    }
    channel.send(c, message.about(), call.deadline().within(RESPONSE_TIMEOUT));
  }

  /** Puts a message off that is due, without a try. */
  void postpone(String captureId, Notification due, PortException why, Invocation call) {
    String detail = why == null ? due.detail() : "not tried, the one before it: " + why.detail();
    postpone(captureId, due, detail, why == null ? null : why.retryAfter(), call);
  }

  private void postpone(
      String captureId, Notification due, String detail, Duration retryAfter, Invocation call) {
    save(
        captureId,
        due,
        (message, now) -> message.isDue(now),
        message -> message.postponed(detail, retryAfter, clock.instant()),
        call);
  }

  private void save(
      String captureId,
      Notification old,
      BiPredicate<Notification, Instant> ours,
      UnaryOperator<Notification> change,
      Invocation call) {
    Optional<Notification> saved = change(captureId, old, ours, change).flatMap(old::in);
    if (saved.isPresent()) {
      Notification next = saved.get();
      boolean givenUp = next.status() == Notification.Status.GIVEN_UP;
      if (next.attempts() > old.attempts() || givenUp) {
        captures
            .get(captureId)
            .ifPresent(
                c ->
                    call.log(
                        givenUp ? Level.WARNING : Level.INFO, LogLine.message(c.capture(), next)));
      }
    }
  }

  /**
   * Changes a message as it is now, if it is ours to change, whatever its capture did meanwhile;
   * else empty.
   */
  private Optional<Capture> change(
      String captureId,
      Notification which,
      BiPredicate<Notification, Instant> ours,
      UnaryOperator<Notification> change) {
    for (int i = 0; i < TRIES; i++) {
      Instant now = clock.instant();
      Optional<Stored> found = captures.get(captureId);
      Optional<Notification> message =
          found.flatMap(s -> which.in(s.capture())).filter(m -> ours.test(m, now));
      if (message.isEmpty()) {
        return Optional.empty();
      }
      try {
        Capture changed = found.get().capture().with(change.apply(message.get()));
        return Optional.of(captures.save(found.get(), changed, null, now).capture());
      } catch (Conflict lost) {
        // Another channel's message of the same capture, or a step: change what it left.
      }
    }
    return Optional.empty();
  }
}
