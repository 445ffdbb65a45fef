package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who is at a capture's step, and what came of it. A claim is written only where there is none, or
 * one that has run out; nobody but its holder ends it sooner. A result is saved only under the
 * claim's token (docs/design/store.md, "Claims").
 */
final class Claims {
  /** How long a claim keeps others away. */
  static final Duration CLAIM_TTL = Duration.ofSeconds(60);

  // A request begins and ends within it; the rest of the claim is for clocks that differ.
  private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(50);
  private static final int TRIES = 8;

  private final Captures captures;
  private final Steps steps;
  private final Clock clock;
  private final Supplier<String> tokens;

  Claims(Captures captures, Steps steps, Clock clock, Supplier<String> tokens) {
    this.captures = captures;
    this.steps = steps;
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * A capture whose step is ours.
   *
   * @param actBy until then requests of this step begin and end
   */
  record Held(Stored stored, String token, Deadline actBy) {
    Capture capture() {
      return stored.capture();
    }
  }

  /** A new token. */
  String token() {
    return tokens.get();
  }

  /** A step with our claim on it, new or renewed. */
  static Task claimed(Task step, String token, Instant now) {
    return step.claimed(token, now.plus(CLAIM_TTL));
  }

  /** Until when a claim that is about to be written allows requests to begin and end. */
  static Deadline actBy(Deadline call) {
    return call.within(ACTION_TIMEOUT);
  }

  /** Claims a step, unless somebody is at it; whether it is due is for the caller to see. */
  Optional<Held> claim(Stored found, Invocation call) {
    Instant now = clock.instant();
    Capture c = found.capture();
    if (c.step().isClaimed(now)) {
      return Optional.empty();
    }
    String token = tokens.get();
    Deadline actBy = actBy(call.deadline());
    try {
      Capture claimed = c.with(claimed(c.step(), token, now));
      return Optional.of(new Held(captures.save(found, claimed, token, now), token, actBy));
    } catch (Conflict lost) {
      return Optional.empty();
    }
  }

  /** What an observation makes of a capture, still claimed by its holder. */
  Capture after(Capture c, Observation seen, Instant now) {
    try {
      return steps.after(c, seen, now);
    } catch (RuntimeException | Error e) {
      // A mistake of ours must not keep the capture for ever: its state's limits end it.
      return steps.after(c, Observation.of(e), now);
    }
  }

  /**
   * Saves what an observation makes of a capture. Where something else was saved meanwhile, such as
   * an alert that joined, the observation is applied anew to that; empty where the step is no
   * longer ours.
   *
   * @return with its claim renewed where there is more to do, else released until then
   */
  Optional<Held> save(Held held, Observation seen, Invocation call) {
    return change(
        held,
        call,
        (c, now) -> {
          Capture next = after(c, seen, now);
          return next.with(
              steps.next(next, now) instanceof Action.Wait wait
                  ? next.step().released(wait.until())
                  : claimed(next.step(), held.token(), now));
        });
  }

  /** Gives a step back, to be taken on at another time. */
  Optional<Held> release(Held held, Instant at, Invocation call) {
    return change(held, call, (c, now) -> c.with(c.step().released(at)));
  }

  private interface Change {
    Capture of(Capture c, Instant now);
  }

  private Optional<Held> change(Held held, Invocation call, Change change) {
    Stored old = held.stored();
    for (int i = 0; i < TRIES; i++) {
      Deadline actBy = actBy(call.deadline());
      Instant now = clock.instant();
      try {
        Capture next = change.of(old.capture(), now);
        return Optional.of(
            new Held(captures.save(old, next, held.token(), now), held.token(), actBy));
      } catch (Conflict lost) {
        Optional<Held> again = reread(held);
        if (again.isEmpty()) {
          return Optional.empty();
        }
        old = again.get().stored();
      }
    }
    return Optional.empty();
  }

  /** A capture as it is now, as long as its step is ours. */
  Optional<Held> reread(Held held) {
    return captures
        .get(held.capture().id())
        .filter(s -> s.capture().state() == held.capture().state())
        .filter(s -> s.capture().step().isHeldBy(held.token()))
        .map(s -> new Held(s, held.token(), held.actBy()));
  }
}
