package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Action;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes a capture as far as it gets: claims it, does what {@link Steps#next} says, saves what
 * {@link Steps#after} makes of it, until there is something to wait for or no time is left. It may
 * be cut off anywhere; whoever finds the capture due carries on.
 */
final class StepRunner {
  /** How long a claim keeps others away. */
  static final Duration CLAIM_TTL = Duration.ofSeconds(60);

  // A request begins and ends within the claim, with room for clocks that differ.
  private static final Duration ACTION_TIMEOUT = Duration.ofSeconds(50);
  private static final Duration MIN_TIME_FOR_ACTION = Duration.ofMillis(200);
  private static final int TRIES = 8;

  private final Captures captures;
  private final Steps steps;
  private final ActionExecutor acts;
  private final Clock clock;

  StepRunner(Captures captures, Steps steps, ActionExecutor acts, Clock clock) {
    this.captures = captures;
    this.steps = steps;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * Takes a capture on, if it is still due and nobody else claims it first. Answers what it left,
   * or empty where that is somebody else's.
   */
  Optional<Capture> runIfDue(String id, Invocation call) throws InterruptedException {
    Instant now = clock.instant();
    Optional<Stored> found = captures.get(id).filter(s -> !s.capture().dueAt().isAfter(now));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Capture c = found.get().capture();
    try {
      // Nothing to do but to send messages, or to wait on: that takes no claim.
      return steps.next(c, now) instanceof Action.Wait wait
          ? Optional.of(put(found.get(), wait.until(), now))
          : Optional.of(run(captures.save(found.get(), c.due(now.plus(CLAIM_TTL)), now), call));
    } catch (Conflict lost) {
      return Optional.empty();
    }
  }

  /** Takes a capture on that the caller has claimed. Answers it as it was last seen. */
  Capture run(Stored claimed, Invocation call) throws InterruptedException {
    Stored stored = claimed;
    try {
      while (true) {
        Capture c = stored.capture();
        Instant now = clock.instant();
        Action action = steps.next(c, now);
        if (action instanceof Action.Wait wait) {
          return put(stored, wait.until(), now);
        }
        boolean inTime = call.deadline().left().compareTo(MIN_TIME_FOR_ACTION) > 0;
        if (action instanceof Action.Stay stay) {
          if (!inTime || !acts.pause(Duration.between(now, stay.until()), call.deadline())) {
            return put(stored, stay.until(), now);
          }
          continue;
        }
        if (!inTime) {
          return put(stored, now, now);
        }
        if (action instanceof Action.Forget) {
          captures.forget(stored);
          return c;
        }
        Stored next = step(stored, action, call);
        if (next == null) {
          return c;
        }
        stored = next;
      }
    } catch (Conflict lost) {
      return stored.capture();
    }
  }

  private Capture put(Stored stored, Instant due, Instant now) throws Conflict {
    if (stored.capture().dueAt().equals(due)) {
      return stored.capture();
    }
    Optional<Stored> saved = saveAs(stored, now, c -> c.due(due));
    return saved.map(Stored::capture).orElse(stored.capture());
  }

  /** One action and its save; null where the capture is somebody else's by now. */
  private Stored step(Stored stored, Action action, Invocation call)
      throws Conflict, InterruptedException {
    Deadline deadline = call.deadline().within(ACTION_TIMEOUT);
    Stored acting = stored;
    Observation seen;
    if (action instanceof Action.Start) {
      SlotReservations.Outcome slot = reserve(stored, call, deadline);
      if (slot.held() == null && slot.instead() == null) {
        // Most likely an alert joined meanwhile, which is no reason to leave the start to a tick.
        return again(stored).orElse(null);
      }
      if (slot.held() != null) {
        acting = slot.held();
        call.log(stored.capture(), acting.capture());
        seen = acts.start(acting.capture(), slot.putBy(), call.deadline());
      } else {
        seen = slot.instead();
      }
    } else {
      seen = acts.act(action, stored.capture(), deadline);
    }
    Instant now = clock.instant();
    Capture before = acting.capture();
    Optional<Stored> saved = saveAs(acting, now, c -> claimed(steps.after(c, seen, now), now));
    saved.ifPresent(s -> call.log(before, s.capture()));
    return saved.orElse(null);
  }

  /** At the limit, our own ended sessions make room, the oldest first, and the start follows. */
  private SlotReservations.Outcome reserve(Stored stored, Invocation call, Deadline deadline)
      throws InterruptedException {
    SlotReservations.Outcome slot = acts.reserve(stored, deadline);
    for (String ended : slot.endedOurs()) {
      if (!deadline.passed() && makesRoom(ended, call)) {
        slot = acts.reserve(stored, deadline);
        if (!(slot.instead() instanceof Observation.NoSlot)) {
          break;
        }
      }
    }
    return slot;
  }

  private boolean makesRoom(String ended, Invocation call) throws InterruptedException {
    try {
      Instant now = clock.instant();
      Optional<Stored> found = captures.get(ended).filter(s -> !s.capture().state().isActive());
      if (found.isEmpty()) {
        return false;
      }
      Stored claimed =
          captures.save(found.get(), found.get().capture().due(now.plus(CLAIM_TTL)), now);
      Stored left = step(claimed, new Action.DeleteSession(), call);
      return left != null && left.capture().session().phase() == Session.Phase.GONE;
    } catch (Conflict lost) {
      return false;
    }
  }

  private Capture claimed(Capture next, Instant now) {
    Action action = steps.next(next, now);
    return next.due(action instanceof Action.Wait wait ? wait.until() : now.plus(CLAIM_TTL));
  }

  /** A change to make. */
  private interface Change {
    Capture of(Capture c);
  }

  /**
   * Saves a change. Where an alert that joined was first, makes the same change to what it left, as
   * long as state and claim are ours.
   */
  private Optional<Stored> saveAs(Stored stored, Instant now, Change change) {
    Stored old = stored;
    for (int i = 0; i < TRIES; i++) {
      try {
        return Optional.of(captures.save(old, change.of(old.capture()), now));
      } catch (Conflict lost) {
        Optional<Stored> again = again(stored);
        if (again.isEmpty()) {
          return Optional.empty();
        }
        old = again.get();
      }
    }
    return Optional.empty();
  }

  /** A capture as it is now, as long as state and claim are ours. */
  private Optional<Stored> again(Stored claimed) {
    Capture ours = claimed.capture();
    return captures
        .get(ours.id())
        .filter(s -> s.capture().state() == ours.state())
        .filter(s -> s.capture().dueAt().equals(ours.dueAt()));
  }
}
