package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.LogLine;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Sends the messages that are on record, and puts on record what came of them. It claims the
 * message, never its capture: steps go on meanwhile, and each keeps what the other saved.
 */
final class Messenger {
  /** How long a channel may take. */
  static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

  // Longer than a channel may take, and another length than the claim of a capture.
  private static final Duration CLAIM_TTL = Duration.ofSeconds(30);
  private static final int TRIES = 8;

  private final Captures captures;
  private final Steps steps;
  private final Map<String, Channel> channels;
  private final Clock clock;

  Messenger(Captures captures, Steps steps, Map<String, Channel> channels, Clock clock) {
    this.captures = captures;
    this.steps = steps;
    this.channels = Map.copyOf(channels);
    this.clock = clock;
  }

  /** The messages of one tick. */
  ChannelQueues begin(Invocation call) {
    return new ChannelQueues(this, clock, call);
  }

  /** Sends a message, unless somebody else does. Answers why the channel is ill, else empty. */
  Optional<PortException> send(String captureId, Notification due, Invocation call) {
    Notification ours = due.claimed(clock.instant().plus(CLAIM_TTL));
    Optional<Capture> claimed = change(captureId, due, ours);
    if (claimed.isEmpty()) {
      return Optional.empty();
    }
    PortException failure = null;
    Notification next = ours.sent();
    try {
      deliver(claimed.get(), due, call);
    } catch (PortException e) {
      failure = e;
      next =
          e.isRetryable()
              ? ours.failed(e.detail(), e.retryAfter(), clock.instant())
              : ours.refused(e.detail());
    } catch (RuntimeException e) {
      // Otherwise it would come again with each claim that runs out, for ever and unseen.
      call.log().log(Level.WARNING, "a message of capture " + captureId + " can't be sent", e);
      String detail = "could not be sent, " + e.getClass().getSimpleName();
      next = ours.failed(detail, null, clock.instant());
    }
    save(captureId, ours, next, call);
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
    Duration retryAfter = why == null ? null : why.retryAfter();
    save(captureId, due, due.postponed(detail, retryAfter, clock.instant()), call);
  }

  private void save(String captureId, Notification old, Notification next, Invocation call) {
    boolean givenUp = next.status() == Notification.Status.GIVEN_UP;
    boolean tried = next.attempts() > old.attempts();
    Optional<Capture> saved = change(captureId, old, next);
    if (saved.isPresent() && (tried || givenUp)) {
      LogLine line = LogLine.message(saved.get(), next);
      call.log(givenUp ? Level.WARNING : Level.INFO, line);
    }
  }

  /** Changes a message that is still as it was, whatever its capture did meanwhile; else empty. */
  private Optional<Capture> change(String captureId, Notification old, Notification next) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Stored> found =
          captures.get(captureId).filter(s -> s.capture().notifications().contains(old));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try {
        Instant now = clock.instant();
        Capture changed = changed(found.get().capture(), next, now);
        return Optional.of(captures.save(found.get(), changed, now).capture());
      } catch (Conflict lost) {
        // Another channel's message of the same capture, or a step: change what it left.
      }
    }
    return Optional.empty();
  }

  /** A capture that is due at another time than it needs is claimed for a step, and stays so. */
  private Capture changed(Capture c, Notification message, Instant now) {
    Capture changed = Steps.after(c, message);
    boolean claimed = c.dueAt().isAfter(now) && !c.dueAt().equals(needs(c, now));
    Instant next = needs(changed, now);
    return claimed || next == null ? changed : changed.due(next);
  }

  /** When it wants to be looked at again, null for a step at once. */
  private Instant needs(Capture c, Instant now) {
    return steps.next(c, now) instanceof Action.Wait wait ? wait.until() : null;
  }
}
