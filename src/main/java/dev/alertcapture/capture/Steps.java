package dev.alertcapture.capture;

import java.time.Duration;
import java.time.Instant;

/**
 * The state machine: what a capture needs next, and what an observation makes of it. Both are pure
 * functions of their arguments; nobody else decides anything about a capture. Each state has a
 * class of its own.
 *
 * <p>Deadlines need no timer of their own: whatever would make a capture wait longer than its state
 * allows makes it leave the state instead.
 */
public final class Steps {
  private static final Duration MAX_STAY = Duration.ofSeconds(2);

  private final StateSteps requested;
  private final StateSteps starting;
  private final StateSteps running;
  private final StateSteps collecting;
  private final StateSteps ended;

  /** The machine under a policy. */
  public Steps(CapturePolicy policy) {
    Finish finish = new Finish(policy);
    this.requested = new Requested(policy, finish);
    this.starting = new Starting(finish);
    this.running = new Running(finish);
    this.collecting = new Collecting(finish);
    this.ended = new Ended(policy);
  }

  /** What a capture needs now. */
  public Action next(Capture c, Instant now) {
    Instant at = c.step().at();
    if (!at.isAfter(now)) {
      return of(c).next(c, now);
    }
    boolean starts = c.state() == CaptureState.REQUESTED || c.state() == CaptureState.STARTING;
    return starts && !at.isAfter(now.plus(MAX_STAY)) ? new Action.Stay(at) : new Action.Wait(at);
  }

  /** What an observation makes of a capture. Its claims stay as they are. */
  public Capture after(Capture c, Observation seen, Instant now) {
    CaptureEdit edit = c.edit();
    of(c).after(c, edit, seen, now);
    return edit.done();
  }

  private StateSteps of(Capture c) {
    return switch (c.state()) {
      case REQUESTED -> requested;
      case STARTING -> starting;
      case RUNNING -> running;
      case COLLECTING -> collecting;
      case COMPLETED, FAILED, REJECTED -> ended;
    };
  }

  /**
   * A capture with the wish that it end early, which its next step sees: at once, or when whoever
   * is at its step has saved what came of it. One that is past stopping is left as it is.
   */
  public static Capture stop(Capture c, String by, Instant now) {
    boolean stoppable =
        c.state() == CaptureState.REQUESTED
            || c.state() == CaptureState.STARTING
            || c.state() == CaptureState.RUNNING;
    if (!stoppable || c.stop() != null) {
      return c;
    }
    CaptureEdit edit = c.edit();
    edit.stop = new Capture.Stop(by, now, null);
    edit.note(now, "to be stopped: " + by);
    if (c.state() != CaptureState.STARTING) {
      edit.stepAt(now);
    }
    return edit.done();
  }
}
