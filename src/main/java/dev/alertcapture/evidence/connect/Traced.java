package dev.alertcapture.evidence.connect;

/** Addresses to which somebody traces the route, a bounded number of them. */
final class Traced {
  private final long[] high;
  private final long[] low;
  private int count;

  Traced(int most) {
    high = new long[most];
    low = new long[most];
  }

  void add(long addressHigh, long addressLow) {
    if (count < high.length && !has(addressHigh, addressLow)) {
      high[count] = addressHigh;
      low[count++] = addressLow;
    }
  }

  boolean has(long addressHigh, long addressLow) {
    for (int i = 0; i < count; i++) {
      if (low[i] == addressLow && high[i] == addressHigh) {
        return true;
      }
    }
    return false;
  }
}
