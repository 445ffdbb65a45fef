package dev.alertcapture.capture;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The call of the Functions host that we act in.
 *
 * @param deadline nothing is begun after it
 * @param log the invocation's own logger, so that Application Insights correlates; not to be kept
 */
public record Invocation(Deadline deadline, Logger log) {

  /** One line. */
  public void log(Level level, LogLine line) {
    if (log.isLoggable(level)) {
      log.log(level, line.toString());
    }
  }

  /** One line for a capture's new state, none where it is the old one. */
  public void log(Capture before, Capture after) {
    if (before.state() != after.state()) {
      boolean bad = after.state() == CaptureState.FAILED || after.state() == CaptureState.REJECTED;
      log(bad ? Level.WARNING : Level.INFO, LogLine.state(after));
    }
  }
}
