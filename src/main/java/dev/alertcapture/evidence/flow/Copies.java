package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;

/**
 * Recognises packets that the file has twice, since the capture saw them at two places: a direct
 * mapped ring of 65,536 hashes over what no router changes. Nothing of layer 2 counts.
 */
final class Copies {
  private static final int SLOTS = 1 << 16;
  private static final long SOON = 2_000_000L;

  /** Routers and bridges put 2 to 85 ms between. */
  private static final long PASSED_ON = 100_000_000L;

  private static final int PAYLOAD = 32;
  private static final int SURE_COPIES = 5;

  private long[] hashes = {};
  private long[] times;
  private int[] frames;
  private long[] macs;
  private int[] interfaces;
  private int[] vlans;
  private int[] tunnelIds;
  private byte[] tunnels;
  private byte[] ttls;
  private boolean[] copied;
  private long hash;
  private int slot;
  private boolean loop;

  /** Looks a packet up; false where nothing equal came before it within the time of a copy. */
  boolean find(Packet p) {
    if (hashes.length == 0) {
      allocate();
    }
    loop = false;
    hash = hash(p);
    slot = (int) (hash >>> 48);
    long limit = p.ipId != 0 && p.transport == Packet.TCP ? PASSED_ON : SOON;
    return frames[slot] != 0 && hashes[slot] == hash && Math.abs(p.time - times[slot]) <= limit;
  }

  private void allocate() {
    hashes = new long[SLOTS];
    times = new long[SLOTS];
    frames = new int[SLOTS];
    macs = new long[SLOTS];
    interfaces = new int[SLOTS];
    vlans = new int[SLOTS];
    tunnelIds = new int[SLOTS];
    tunnels = new byte[SLOTS];
    ttls = new byte[SLOTS];
    copied = new boolean[SLOTS];
  }

  /** Puts the key into the tunnel and VLAN of the packet that was found. */
  void context(Key key) {
    key.context(tunnels[slot], tunnelIds[slot], vlans[slot]);
  }

  /**
   * Whether the packet is a copy of the one that was found.
   *
   * @param otherFrame the last frame of the other direction of its flow
   * @param sureCopies copies with an id or TCP payload that its flow had before
   */
  boolean isCopy(Packet p, int otherFrame, int sureCopies) {
    boolean falling = (p.ttl & 0xFF) < (ttls[slot] & 0xFF);
    loop = copied[slot] && falling;
    if (loop) {
      ttls[slot] = (byte) p.ttl;
      return false;
    }
    boolean payload = p.payloadLength > 0;
    if (p.ipId == 0) {
      boolean elsewhere =
          macs[slot] != mac(p) || (ttls[slot] & 0xFF) != p.ttl || interfaces[slot] != p.interfaceId;
      boolean sure = elsewhere || (payload ? isTcp(p) : sureCopies >= SURE_COPIES);
      if (!sure || otherFrame > frames[slot]) {
        return false;
      }
    }
    copied[slot] = copied[slot] || falling;
    ttls[slot] = (byte) p.ttl;
    return true;
  }

  /** Whether the packet that was no copy goes in circles: found a third time, its TTL falling. */
  boolean isLoop() {
    return loop;
  }

  private static boolean isTcp(Packet p) {
    return p.transport == Packet.TCP;
  }

  /** Keeps a packet that is neither a copy nor in a loop. */
  void keep(Packet p) {
    hashes[slot] = hash;
    times[slot] = p.time;
    frames[slot] = (int) p.frame;
    macs[slot] = mac(p);
    interfaces[slot] = p.interfaceId;
    vlans[slot] = p.vlan;
    tunnels[slot] = (byte) p.tunnel;
    tunnelIds[slot] = p.tunnelId;
    ttls[slot] = (byte) p.ttl;
    copied[slot] = false;
  }

  private static long mac(Packet p) {
    return p.sourceMac * 31 + p.destinationMac + p.cookedType;
  }

  private static long hash(Packet p) {
    long h = mix(p.sourceHigh * 3 + p.destinationHigh, p.sourceLow);
    h = mix(h, p.destinationLow);
    h = mix(h, (long) p.ipId << 32 | p.payloadLength);
    h = mix(h, (p.fragmentOffset * 4L + p.fragment) << 8 | Key.protocol(p));
    if (p.transport == Packet.NONE || p.fragment == Packet.LATER) {
      return h;
    }
    // The transport header without its checksum, and the payload's first bytes.
    int at = p.transportFrom;
    int end = Math.min(p.payloadTo, p.payloadFrom + PAYLOAD);
    int checksum = at + checksumAt(p.transport);
    byte[] b = p.bytes;
    for (; at + 4 <= end; at += 4) {
      int word =
          b[at] << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | (b[at + 3] & 0xFF);
      h = mix(h, at + 3 < checksum || at > checksum ? word : without(word, checksum - at));
    }
    for (; at < end; at++) {
      h = mix(h, b[at]);
    }
    return h;
  }

  private static int checksumAt(int transport) {
    return transport == Packet.TCP ? 16 : transport == Packet.UDP ? 6 : 2;
  }

  /** Two bytes of a word cleared. */
  private static int without(int word, int index) {
    return index == 0 ? word & 0xFFFF : word & 0xFFFF0000;
  }

  private static long mix(long h, long value) {
    long mixed = (h ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }
}
