package dev.alertcapture.orchestrator;

/** What a person asks for can't be done as it stands; the message says what would be right. */
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A bad request, and what would be a good one. */
  public BadRequest(String message) {
    super(message, null, false, false);
  }
}
