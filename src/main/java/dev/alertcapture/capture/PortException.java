package dev.alertcapture.capture;

import java.time.Duration;

/**
 * A port could not do what it was asked. Either for good, with a {@link Reason}; or for now, when
 * nobody knows whether it took effect.
 */
public final class PortException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final Duration retryAfter;

  private PortException(Reason reason, String detail, Duration retryAfter) {
    super(detail, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** For good: the same request would fail in the same way. */
  public static PortException refused(Reason reason, String detail) {
    return new PortException(reason, detail, null);
  }

  /**
   * For now: too busy, cut off, or not answered in time.
   *
   * @param retryAfter what the other side asked for, else null
   */
  public static PortException unavailable(String detail, Duration retryAfter) {
    return new PortException(null, detail, retryAfter);
  }

  /** Whether the same request may do later. What it was meant to do may have happened or not. */
  public boolean isRetryable() {
    return reason == null;
  }

  /** Why it is refused for good; null where it {@link #isRetryable}. */
  public Reason reason() {
    return reason;
  }

  /** The detail, free of secrets. */
  public String detail() {
    return getMessage();
  }

  /** How long to wait before the next try, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
