package dev.alertcapture.capture;

/** Where a capture is on its way from an alert to its end. */
public enum CaptureState {
  /** Written down; holds no slot, and no PUT was ever sent. A left-over session goes here. */
  REQUESTED,
  /** Slot and session name are on record; the PUT may have been sent. 10 minutes at most. */
  STARTING,
  /** Packets are being captured. The time limit and 10 minutes at most, then it is stopped. */
  RUNNING,
  /** The session has ended and its file is on the way to its final place. 10 minutes at most. */
  COLLECTING,
  /** The end: there is a file, seen or with the reason why it could not be looked at. */
  COMPLETED,
  /** The end: there is a {@link Reason}, and a file where one exists all the same. */
  FAILED,
  /** The end: left the queue without ever being started. */
  REJECTED;

  /** Whether a capture in this state holds its target: later alerts join it. */
  public boolean isActive() {
    return this == REQUESTED || this == STARTING || this == RUNNING || this == COLLECTING;
  }
}
