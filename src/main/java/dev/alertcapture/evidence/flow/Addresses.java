package dev.alertcapture.evidence.flow;

import java.util.Arrays;

/**
 * IP addresses by number, so that a flow keeps two ints and not four longs. A number lasts as long
 * as somebody holds it, and is given to another address after that.
 */
public final class Addresses {
  /** Added to an address's holders once, by analysers. */
  private static final int KEPT = 1 << 30;

  private static final int NONE = -1;

  /** See {@link Ends}. */
  private static final int SMALLEST = 240;

  private final int most;
  private long[] high = new long[SMALLEST];
  private long[] low = new long[SMALLEST];
  private int[] holders = new int[SMALLEST];
  private int[] next = new int[SMALLEST];
  private int[] heads = new int[512];
  private int used;
  private int count;
  private int kept;
  private int free = NONE;

  Addresses(int most) {
    this.most = most;
    Arrays.fill(heads, NONE);
  }

  /** The number of an address, which gets one if it has none; nobody holds that one yet. */
  int number(long addressHigh, long addressLow) {
    int known = find(addressHigh, addressLow);
    return known == NONE ? add(addressHigh, addressLow) : known;
  }

  /** The number of an address, or -1. */
  public int find(long addressHigh, long addressLow) {
    int at = heads[bucket(addressHigh, addressLow)];
    while (at != NONE && (low[at] != addressLow || high[at] != addressHigh)) {
      at = next[at];
    }
    return at;
  }

  private int add(long addressHigh, long addressLow) {
    int number = free;
    if (number == NONE) {
      if (used == low.length) {
        grow();
      }
      number = used++;
    } else {
      free = next[number];
    }
    count++;
    high[number] = addressHigh;
    low[number] = addressLow;
    holders[number] = 0;
    int bucket = bucket(addressHigh, addressLow);
    next[number] = heads[bucket];
    heads[bucket] = number;
    return number;
  }

  private void grow() {
    int size = Math.max(used + 1, Math.min(most, 2 * low.length));
    high = Arrays.copyOf(high, size);
    low = Arrays.copyOf(low, size);
    holders = Arrays.copyOf(holders, size);
    next = Arrays.copyOf(next, size);
    heads = new int[Integer.highestOneBit(2 * size - 1) << 1];
    Arrays.fill(heads, NONE);
    // There are no free numbers when the table grows.
    for (int i = 0; i < used; i++) {
      int bucket = bucket(high[i], low[i]);
      next[i] = heads[bucket];
      heads[bucket] = i;
    }
  }

  private int bucket(long addressHigh, long addressLow) {
    long mixed = (addressHigh * 0x9E3779B97F4A7C15L + addressLow) * 0xD6E8FEB86659FD93L;
    return (int) (mixed >>> 32) & heads.length - 1;
  }

  /**
   * The number of an address, kept for analysers until the file's end.
   *
   * @return -1 where analysers have kept as many addresses as they may: a third of the table
   */
  public int keep(long addressHigh, long addressLow) {
    int number = find(addressHigh, addressLow);
    if (number != NONE && holders[number] >= KEPT) {
      return number;
    }
    if (kept == most / 3) {
      return NONE;
    }
    kept++;
    number = number == NONE ? add(addressHigh, addressLow) : number;
    holders[number] += KEPT;
    return number;
  }

  /** Keeps a number until it is let go. */
  void hold(int number) {
    holders[number]++;
  }

  /** Lets a number go; after its last holder's it may become another address. */
  void release(int number) {
    if (--holders[number] > 0) {
      return;
    }
    int bucket = bucket(high[number], low[number]);
    if (heads[bucket] == number) {
      heads[bucket] = next[number];
    } else {
      int before = heads[bucket];
      while (next[before] != number) {
        before = next[before];
      }
      next[before] = next[number];
    }
    next[number] = free;
    free = number;
    count--;
  }

  /** How many more addresses there is room for. */
  int room() {
    return most - count;
  }

  public long high(int number) {
    return high[number];
  }

  public long low(int number) {
    return low[number];
  }
}
