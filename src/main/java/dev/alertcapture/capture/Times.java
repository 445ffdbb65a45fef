package dev.alertcapture.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times compared, and how long to leave Azure alone. */
final class Times {
  private static final Duration MIN_POLL_DELAY = Duration.ofSeconds(1);

  private Times() {}

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Not before then, in milliseconds, which is what the index of due captures knows. */
  static Instant inMillis(Instant at) {
    return at.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
  }

  /** As Azure says, but a second at least, so that we never spin. */
  static Duration delay(Duration retryAfter, Duration otherwise) {
    if (retryAfter == null) {
      return otherwise;
    }
    return retryAfter.compareTo(MIN_POLL_DELAY) < 0 ? MIN_POLL_DELAY : retryAfter;
  }

  /** When to ask again: after 1, 2, 4 … 30 s, or later where Azure says so. */
  static Instant retry(CaptureEdit edit, Duration retryAfter, Instant now) {
    Duration pause = Duration.ofSeconds(Math.min(30, 1L << Math.min(edit.consecutiveFailures, 5)));
    edit.consecutiveFailures++;
    return now.plus(retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause);
  }
}
