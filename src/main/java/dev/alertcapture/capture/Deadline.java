package dev.alertcapture.capture;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment after which nothing more is begun, by the monotonic clock. */
public final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;

  private Deadline(LongSupplier nanoTime, long end) {
    this.nanoTime = nanoTime;
    this.end = end;
  }

  /**
   * A deadline some time from now.
   *
   * @param nanoTime {@link System#nanoTime} or a test's own
   */
  public static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** How long is left, zero at the least. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
  }

  /** Whether there is nothing left. */
  public boolean passed() {
    return left().isZero();
  }

  /** This deadline or one that much from now, whichever comes first. */
  public Deadline within(Duration time) {
    long other = nanoTime.getAsLong() + time.toNanos();
    return other - end < 0 ? new Deadline(nanoTime, other) : this;
  }
}
