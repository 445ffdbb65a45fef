package dev.alertcapture.evidence.names;

/**
 * The name of an address: the one whose lookup was last answered with it, so the question's name,
 * whatever aliases lie between. It holds at most {@link #MAX_ADDRESSES}; addresses that come later
 * have no name.
 *
 * <p>An address is two longs, an IPv4 address mapped into IPv6 ({@code ::ffff:a.b.c.d}).
 */
public final class PeerNames {
  static final int MAX_ADDRESSES = 16_384;
  private static final int BUCKETS = 2 * MAX_ADDRESSES;

  private final long[] high = new long[BUCKETS];
  private final long[] low = new long[BUCKETS];

  /** Name numbers plus 1, so that 0 is a free bucket; open addressing. */
  private final int[] names = new int[BUCKETS];

  private int count;
  private long refused;

  /** From now on this address has this name; nothing changes if there was no room for the name. */
  void learn(long addressHigh, long addressLow, int name) {
    if (name == NameTable.NONE) {
      return;
    }
    int bucket = find(addressHigh, addressLow);
    if (names[bucket] == 0) {
      if (count == MAX_ADDRESSES) {
        refused++;
        return;
      }
      count++;
      high[bucket] = addressHigh;
      low[bucket] = addressLow;
    }
    names[bucket] = name + 1;
  }

  /** The number of the address's name at this point of the file, or {@link NameTable#NONE}. */
  public int nameOf(long addressHigh, long addressLow) {
    return names[find(addressHigh, addressLow)] - 1;
  }

  /** How often an address was left out because the table was full. */
  public long refused() {
    return refused;
  }

  /** The bucket of this address, or the free one where it belongs. */
  private int find(long addressHigh, long addressLow) {
    int bucket = Hash.mix(Hash.mix(addressHigh) ^ Long.rotateLeft(addressLow, 32)) % BUCKETS;
    while (names[bucket] != 0 && (high[bucket] != addressHigh || low[bucket] != addressLow)) {
      bucket = (bucket + 1) % BUCKETS;
    }
    return bucket;
  }
}
