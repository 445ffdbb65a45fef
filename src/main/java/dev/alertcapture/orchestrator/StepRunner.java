package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Claims.Held;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;

/**
 * Takes a capture as far as it gets: claims it, does what {@link Steps#next} says, saves what comes
 * of it, until there is something to wait for or no time is left. It may be cut off anywhere;
 * whoever finds the capture due carries on.
 */
final class StepRunner {
  private static final Duration MIN_TIME_FOR_ACTION = Duration.ofMillis(200);

  private final Captures captures;
  private final Claims claims;
  private final Steps steps;
  private final SlotQueue slots;
  private final SessionDeletion deletion;
  private final ActionExecutor executor;
  private final Clock clock;

  StepRunner(
      Captures captures,
      Claims claims,
      Steps steps,
      SlotQueue slots,
      SessionDeletion deletion,
      ActionExecutor executor,
      Clock clock) {
    this.captures = captures;
    this.claims = claims;
    this.steps = steps;
    this.slots = slots;
    this.deletion = deletion;
    this.executor = executor;
    this.clock = clock;
  }

  /** Takes a capture on by its id, if its step is due and nobody else is at it. */
  void runIfDue(String id, Invocation call) throws InterruptedException {
    Optional<Stored> found = captures.get(id);
    if (found.isPresent()) {
      runIfDue(found.get(), call);
    }
  }

  /**
   * Takes a capture on, if its step is due and nobody else is at it. Answers the capture as it was
   * last seen.
   */
  Capture runIfDue(Stored found, Invocation call) throws InterruptedException {
    Capture c = found.capture();
    if (c.step().ready().isAfter(clock.instant())) {
      return c;
    }
    Optional<Held> held = claims.claim(found, call);
    return held.isPresent() ? run(held.get(), call) : c;
  }

  /** Takes a capture on that the caller has claimed. Answers it as it was last seen. */
  Capture run(Held claimed, Invocation call) throws InterruptedException {
    Held held = claimed;
    while (true) {
      Capture c = held.capture();
      if (!c.step().isHeldBy(held.token())) {
        return c;
      }
      Instant now = clock.instant();
      Action action = steps.next(c, now);
      if (action instanceof Action.Wait wait) {
        return released(held, wait.until(), call);
      }
      boolean inTime = call.deadline().left().compareTo(MIN_TIME_FOR_ACTION) > 0;
      if (action instanceof Action.Stay stay) {
        Duration time = Duration.between(now, stay.until());
        if (!inTime || !executor.pause(time, held.actBy())) {
          return released(held, stay.until(), call);
        }
        continue;
      }
      if (!inTime || held.actBy().passed()) {
        return released(held, now, call);
      }
      if (action instanceof Action.Forget) {
        forget(held);
        return c;
      }
      Optional<Held> next = step(held, action, call);
      if (next.isEmpty()) {
        return c;
      }
      held = next.get();
    }
  }

  private Capture released(Held held, Instant at, Invocation call) {
    return claims.release(held, at, call).map(Held::capture).orElse(held.capture());
  }

  private void forget(Held held) {
    try {
      captures.forget(held.stored());
    } catch (Conflict lost) {
      // Something was saved meanwhile; the claim runs out, and a later tick looks again.
    }
  }

  /** One action and its save; empty where the step is somebody else's by now. */
  private Optional<Held> step(Held held, Action action, Invocation call)
      throws InterruptedException {
    try {
      return act(held, action, call);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever is wrong, with us or the process, counts as a port that does not answer: its
      // state's limits end it.
      call.log().log(Level.WARNING, "a step of capture " + held.capture().id() + " broke off", e);
      return save(held, Observation.of(e), call);
    }
  }

  private Optional<Held> act(Held held, Action action, Invocation call)
      throws InterruptedException {
    if (action instanceof Action.Start) {
      return start(held, call);
    }
    if (action instanceof Action.DeleteSession) {
      Optional<SessionDeletion.Outcome> outcome = deletion.delete(held, call);
      return outcome.isPresent()
          ? save(outcome.get().held(), outcome.get().seen(), call)
          : Optional.empty();
    }
    return save(held, executor.act(action, held.capture(), held.actBy()), call);
  }

  private Optional<Held> start(Held held, Invocation call) throws InterruptedException {
    if (!executor.serves(held.capture().region())) {
      String region = "region " + held.capture().region();
      return save(held, new Observation.Refused(Reason.NO_STORAGE_ACCOUNT, region), call);
    }
    Reservation reservation = slots.reserve(held, call);
    if (reservation instanceof Reservation.Held slot) {
      call.log(held.capture(), slot.stored().capture());
      Held starting = new Held(slot.stored(), held.token(), slot.actBy());
      Observation seen = executor.start(slot.stored().capture(), slot.putBy(), starting.actBy());
      return save(starting, seen, call);
    }
    if (reservation instanceof Reservation.Full full) {
      return save(held, new Observation.NoSlot(full.holders()), call);
    }
    if (reservation instanceof Reservation.Denied denied) {
      return save(held, denied.why(), call);
    }
    // Most likely an alert joined meanwhile, which is no reason to leave the start to a tick.
    return claims.reread(held);
  }

  private Optional<Held> save(Held held, Observation seen, Invocation call) {
    Optional<Held> saved = claims.save(held, seen, call);
    saved.ifPresent(s -> call.log(held.capture(), s.capture()));
    return saved;
  }
}
