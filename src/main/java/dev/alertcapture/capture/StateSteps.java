package dev.alertcapture.capture;

import java.time.Instant;

/** The part of {@link Steps} that is about one state. */
interface StateSteps {
  /** What a capture in this state needs, now that its step is due. */
  Action next(Capture c, Instant now);

  /**
   * What an observation makes of a capture in this state.
   *
   * @throws IllegalStateException for one that no action of this state brings about
   */
  void after(Capture c, CaptureEdit edit, Observation seen, Instant now);

  /** An observation that no action of this state brings about. */
  static IllegalStateException unexpected(Capture c, Observation seen) {
    return new IllegalStateException(
        "capture " + c.id() + " in " + c.state() + " can't make anything of " + seen);
  }
}
