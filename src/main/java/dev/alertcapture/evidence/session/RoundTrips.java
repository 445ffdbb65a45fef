package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.flow.Tables;

/** How long it takes from the client to the server of a connection and back. */
final class RoundTrips {
  private static final int USUAL = 3 * Ticks.MILLI;

  /** Ten of them are still a number of ticks. */
  private static final int MOST = Integer.MAX_VALUE / 16;

  private final Tables tables;

  RoundTrips(Tables tables) {
    this.tables = tables;
  }

  /** Microseconds, or -1 where nothing shows it. */
  int micros(int flow) {
    int one = tables.acknowledgments.roundTrip(flow, 0);
    int other = tables.acknowledgments.roundTrip(flow, 1);
    long sum = (long) Math.max(0, one) + Math.max(0, other);
    return one < 0 && other < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, sum);
  }

  /** {@link Ticks}; where nothing shows it, those of a data centre. */
  int ticks(int flow) {
    int known = micros(flow);
    return known < 0 ? USUAL : Math.min(MOST, Ticks.ofNanos(known * 1000L));
  }
}
