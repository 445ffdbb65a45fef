package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;

/**
 * Times as a count of 0.1 ms since the file's first frame, which takes half the memory; enough for
 * 59 hours, and what comes later has the highest.
 */
final class Ticks {
  static final int MILLI = 10;
  static final int SECOND = 1_000 * MILLI;

  private static final long NANOS = 100_000;

  private final Context context;

  Ticks(Context context) {
    this.context = context;
  }

  /** Of a time in nanoseconds since 1970. */
  int at(long time) {
    return ofNanos(context.sinceStart(time));
  }

  /** The end of the file. */
  int end() {
    return at(context.tables().timeline.now());
  }

  static int ofNanos(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, nanos / NANOS);
  }

  static long nanos(int ticks) {
    return ticks * NANOS;
  }

  static int micros(int ticks) {
    return (int) Math.min(Integer.MAX_VALUE, ticks * (NANOS / 1000));
  }
}
