package dev.alertcapture.capture;

/** A question that can't be answered; the message says what is right, and repeats nothing of it. */
public final class BadQuery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A bad query, and what would be a good one. */
  public BadQuery(String message) {
    super(message, null, false, false);
  }
}
