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

  /** One line about a capture. Whatever came from outside has lost its line breaks. */
  void log(Level level, Capture c, String text) {
    if (log.isLoggable(level)) {
      String line = c.id() + " " + c.target().id() + " " + c.state() + ": " + text;
      log.log(level, line.replaceAll("\\p{Cntrl}+", " "));
    }
  }
}
