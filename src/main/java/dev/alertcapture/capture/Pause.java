package dev.alertcapture.capture;

import java.time.Duration;

/** Waits on behalf of a capture. A test moves its clock instead. */
public interface Pause {
  /** Returns when the time is over. */
  void of(Duration time) throws InterruptedException;
}
