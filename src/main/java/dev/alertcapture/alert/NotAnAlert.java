package dev.alertcapture.alert;

/** A body that is no alert; the message says what was expected, and repeats nothing of the body. */
public final class NotAnAlert extends Exception {
  private static final long serialVersionUID = 1L;

  NotAnAlert(String message) {
    super(message, null, false, false);
  }
}
