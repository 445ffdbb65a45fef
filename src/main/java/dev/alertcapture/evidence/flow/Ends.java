package dev.alertcapture.evidence.flow;

import java.util.Arrays;

/**
 * Who talks to whom, by index, and found by {@link Key}: what {@link Flows} and {@link HalfOpen}
 * have in common. Side 0 is the sender of the first packet that came with the key.
 */
public abstract sealed class Ends permits Flows, HalfOpen {
  static final int NONE = -1;

  /**
   * Doubled, it stays below the powers of two by a sixteenth: an array's header would make a large
   * one of 2^n bytes take a whole region more of G1's.
   */
  private static final int SMALLEST = 60;

  private static final byte LIVE = 1;
  private static final byte FIRST_IS_LOW = 2;

  /** For {@link #vlan}: the side has sent nothing, so no VLAN id is known. */
  private static final int SILENT = -1;

  final int most;
  private final Addresses addresses;
  private final Key spare = new Key();
  private int[] low = new int[SMALLEST];
  private int[] high = new int[SMALLEST];
  private int[] ports = new int[SMALLEST];
  private int[] kind = new int[SMALLEST];
  private int[] tunnelId = new int[SMALLEST];
  private int[] vlan = new int[2 * SMALLEST];
  private byte[] state = new byte[SMALLEST];
  private int[] next = new int[SMALLEST];
  private int[] heads = new int[128];
  private int count;

  Ends(Addresses addresses, int most) {
    this.addresses = addresses;
    this.most = Math.max(SMALLEST, most);
    Arrays.fill(heads, NONE);
  }

  /** How many there is memory for right now. */
  final int capacity() {
    return low.length;
  }

  /** The index of a key, or -1. */
  final int find(Key key) {
    int at = heads[key.hash & heads.length - 1];
    while (at != NONE && !is(at, key)) {
      at = next[at];
    }
    return at;
  }

  private boolean is(int at, Key key) {
    if (ports[at] != key.ports
        || low[at] != key.low
        || high[at] != key.high
        || kind[at] != key.kind
        || tunnelId[at] != key.tunnelId) {
      return false;
    }
    // A capture may see the directions with different VLAN ids, or only one of them tagged.
    int own = vlan[2 * at + side(at, key)];
    return own == key.vlan || own == SILENT;
  }

  /** Which side has sent the packet of a key. */
  final int side(int at, Key key) {
    return ((state[at] & FIRST_IS_LOW) != 0) == key.fromLow ? 0 : 1;
  }

  /** Notes the VLAN ids of a packet, which become those of its sender's side. */
  final void noteVlan(int at, int side, Key key) {
    vlan[2 * at + side] = key.vlan;
  }

  /** Puts a key, whose packet is the first one, at an index that is not in use. */
  final void put(int at, Key key) {
    count++;
    low[at] = key.low;
    high[at] = key.high;
    ports[at] = key.ports;
    kind[at] = key.kind;
    tunnelId[at] = key.tunnelId;
    vlan[2 * at] = key.vlan;
    vlan[2 * at + 1] = SILENT;
    state[at] = (byte) (LIVE | (key.fromLow ? FIRST_IS_LOW : 0));
    link(at, key.hash);
    addresses.hold(key.low);
    addresses.hold(key.high);
  }

  private void link(int at, int hash) {
    int bucket = hash & heads.length - 1;
    next[at] = heads[bucket];
    heads[bucket] = at;
  }

  /** Frees an index. */
  void remove(int at) {
    int bucket = hash(at) & heads.length - 1;
    if (heads[bucket] == at) {
      heads[bucket] = next[at];
    } else {
      int before = heads[bucket];
      while (next[before] != at) {
        before = next[before];
      }
      next[before] = next[at];
    }
    state[at] = 0;
    count--;
    addresses.release(low[at]);
    addresses.release(high[at]);
  }

  private int hash(int at) {
    spare.low = low[at];
    spare.high = high[at];
    spare.ports = ports[at];
    spare.kind = kind[at];
    spare.context(kind[at] >>> 8, tunnelId[at], 0);
    return spare.hash;
  }

  /** Doubles the memory, up to the most. */
  void grow() {
    int size = Math.min(most, 2 * low.length);
    int before = low.length;
    low = Arrays.copyOf(low, size);
    high = Arrays.copyOf(high, size);
    ports = Arrays.copyOf(ports, size);
    kind = Arrays.copyOf(kind, size);
    tunnelId = Arrays.copyOf(tunnelId, size);
    vlan = Arrays.copyOf(vlan, 2 * size);
    state = Arrays.copyOf(state, size);
    next = Arrays.copyOf(next, size);
    heads = new int[Integer.highestOneBit(2 * size - 1) << 1];
    Arrays.fill(heads, NONE);
    for (int i = 0; i < before; i++) {
      if (live(i)) {
        link(i, hash(i));
      }
    }
  }

  /** How many there are. */
  public final int count() {
    return count;
  }

  /** One more than the highest index in use; not all below it are {@link #live}. */
  public abstract int end();

  public final boolean live(int at) {
    return (state[at] & LIVE) != 0;
  }

  /** The number of a side's address in {@link Addresses}. */
  public final int address(int at, int side) {
    return isLow(at, side) ? low[at] : high[at];
  }

  /** A side's port, 0 where the protocol has none; of ICMP echoes the id, on both sides. */
  public final int port(int at, int side) {
    return isLow(at, side) ? ports[at] >>> 16 : ports[at] & 0xFFFF;
  }

  private boolean isLow(int at, int side) {
    return ((state[at] & FIRST_IS_LOW) != 0) == (side == 0);
  }

  /** The IP protocol's number. */
  public final int protocol(int at) {
    return kind[at] & 0xFF;
  }

  /** The tunnel's kind as {@code Layer} numbers it, 0 for none. */
  public final int tunnel(int at) {
    return kind[at] >>> 8;
  }

  public final int tunnelId(int at) {
    return tunnelId[at];
  }

  /** VLAN ids of a side's packets, as {@code Packet.vlan} has them; -1 where it has sent none. */
  public final int vlan(int at, int side) {
    return vlan[2 * at + side];
  }
}
