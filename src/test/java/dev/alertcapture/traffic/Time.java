package dev.alertcapture.traffic;

/** Spans of time, in nanoseconds as all times here are: {@code s(1.5)}, {@code ms(20)}. */
public final class Time {
  static final long NANOS_PER_MICRO = 1_000;
  static final long NANOS_PER_SECOND = 1_000_000_000;

  private Time() {}

  public static long s(double seconds) {
    return Math.round(seconds * NANOS_PER_SECOND);
  }

  public static long ms(double milliseconds) {
    return Math.round(milliseconds * 1_000_000);
  }

  public static long us(double microseconds) {
    return Math.round(microseconds * NANOS_PER_MICRO);
  }
}
