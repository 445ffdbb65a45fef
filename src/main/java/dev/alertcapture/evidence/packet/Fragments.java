package dev.alertcapture.evidence.packet;

/**
 * IP datagrams whose fragments are still coming: 512 at once, told apart by addresses, id and
 * protocol. A datagram that needs the place of another drops that one. Of each the first 4 KiB are
 * kept, which is enough for transport headers and for DNS.
 */
final class Fragments {
  private static final int SLOTS = 512;
  private static final int KEPT = 4096;

  /** Receivers give up after 30 to 60 s; ids are used again soon after. */
  private static final long LIFE = 60_000_000_000L;

  private final Datagram[] slots = new Datagram[SLOTS];

  /** A datagram that grows. */
  static final class Datagram {
    /** The first {@link #KEPT} bytes at most, transport header first. */
    final byte[] bytes = new byte[KEPT];

    /** Its length behind the IP header, -1 as long as the last fragment is missing. */
    int total;

    private static final int MAX_RANGES = 16;
    private final int[] from = new int[MAX_RANGES];
    private final int[] to = new int[MAX_RANGES];
    private int ranges;
    private boolean used;
    private long time;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int id;
    private int protocol;
    private int ports;
    private boolean hasPorts;

    private boolean is(Packet p, int itsProtocol) {
      return used
          && id == p.ipId
          && protocol == itsProtocol
          && sourceLow == p.sourceLow
          && destinationLow == p.destinationLow
          && sourceHigh == p.sourceHigh
          && destinationHigh == p.destinationHigh
          && Math.abs(p.time - time) < LIFE;
    }

    private void begin(Packet p, int itsProtocol) {
      used = true;
      time = p.time;
      total = -1;
      ranges = 0;
      hasPorts = false;
      id = p.ipId;
      protocol = itsProtocol;
      sourceHigh = p.sourceHigh;
      sourceLow = p.sourceLow;
      destinationHigh = p.destinationHigh;
      destinationLow = p.destinationLow;
    }

    /** Adds a range of bytes; a datagram in more pieces apart than are kept never completes. */
    private void cover(int begin, int end) {
      int low = begin;
      int high = end;
      int kept = 0;
      for (int i = 0; i < ranges; i++) {
        if (to[i] < low || from[i] > high) {
          from[kept] = from[i];
          to[kept++] = to[i];
        } else {
          low = Math.min(low, from[i]);
          high = Math.max(high, to[i]);
        }
      }
      if (kept < MAX_RANGES) {
        from[kept] = low;
        to[kept++] = high;
      }
      ranges = kept;
    }

    private boolean complete() {
      return total >= 0 && ranges == 1 && from[0] == 0 && to[0] >= total;
    }
  }

  /**
   * Takes the packet's fragment and gives it the ports of its datagram where they are known.
   *
   * @return the datagram that is complete now, or null
   */
  Datagram add(Packet p, int protocol, boolean more, int at, int end, int length) {
    int slot = slot(p, protocol);
    Datagram datagram = slots[slot];
    if (datagram == null) {
      datagram = slots[slot] = new Datagram();
    }
    if (!datagram.is(p, protocol)) {
      datagram.begin(p, protocol);
    }
    boolean ported = protocol == Packet.TCP || protocol == Packet.UDP;
    if (ported && p.fragmentOffset == 0 && at + 4 <= end) {
      datagram.ports = Bytes.s32(p.bytes, at);
      datagram.hasPorts = true;
    }
    if (datagram.hasPorts) {
      p.transport = protocol;
      p.sourcePort = datagram.ports >>> 16;
      p.destinationPort = datagram.ports & 0xFFFF;
    }
    if (length <= 0 || end - at < length) {
      return null;
    }
    int offset = p.fragmentOffset;
    if (offset < KEPT) {
      System.arraycopy(p.bytes, at, datagram.bytes, offset, Math.min(length, KEPT - offset));
    }
    datagram.cover(offset, offset + length);
    datagram.total = more ? datagram.total : offset + length;
    // What is complete is given away: the same id may come again for another datagram.
    datagram.used = !datagram.complete();
    return datagram.used ? null : datagram;
  }

  private static int slot(Packet p, int protocol) {
    long mixed = p.sourceLow * 31 + p.destinationLow * 17 + p.ipId * 0x9E3779B97F4A7C15L + protocol;
    mixed ^= p.sourceHigh ^ p.destinationHigh;
    return (int) (((mixed ^ mixed >>> 32) * 0x9E3779B9) >>> 23) & (SLOTS - 1);
  }
}
