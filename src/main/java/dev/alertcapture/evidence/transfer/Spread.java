package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;

/**
 * How long round trips take, in microseconds.
 *
 * @param p50 half of them took no longer
 * @param p95 95 % of them took no longer
 */
record Spread(int count, long p50, long p95) {
  private static final long MICROS = 1000;

  /**
   * @param sorted ascending, at least one
   */
  static Spread of(long... sorted) {
    int n = sorted.length;
    int last = (int) (((long) n * 95 + 99) / 100) - 1;
    return new Spread(n, sorted[(n - 1) / 2], sorted[last]);
  }

  /** Some of them take much longer than most. */
  boolean isUneven() {
    return count >= Thresholds.RTT_MANY
        && p95 > Thresholds.RTT_TIMES * p50
        && p95 - p50 > Thresholds.RTT_MORE_MILLIS * MICROS;
  }

  Severity severity() {
    boolean slow = count >= Thresholds.RTT_FEW && p50 > Thresholds.RTT_MILLIS * MICROS;
    return slow || isUneven() ? Severity.NOTABLE : Severity.INFO;
  }
}
