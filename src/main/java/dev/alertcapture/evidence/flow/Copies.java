package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.zip.CRC32;

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

  // A slot is five longs side by side, so that a packet costs one place in memory and not ten.
  private static final int WIDTH = 5;
  private static final int HASH = 0;
  private static final int TIME = 1;

  /** The frame from bit 32 on, then {@link #COPIED}, the tunnel's kind, and the TTL. */
  private static final int FRAME = 2;

  /** MACs and interface, mixed: they are only ever compared. */
  private static final int PLACE = 3;

  /** The tunnel's id from bit 32 on, and VLAN ids. */
  private static final int CONTEXT = 4;

  /** A copy with a smaller TTL was found. */
  private static final int COPIED = 1 << 16;

  private final CRC32 crc = new CRC32();
  private long[] slots = {};
  private long hash;
  private int at;
  private boolean loop;

  /** Looks a packet up; false where nothing equal came before it within the time of a copy. */
  boolean find(Packet p) {
    if (slots.length == 0) {
      slots = new long[SLOTS * WIDTH];
    }
    loop = false;
    hash = hash(p);
    at = (int) (hash >>> 48) * WIDTH;
    if (slots[at + HASH] != hash) {
      return false;
    }
    long limit = p.ipId != 0 && p.transport == Packet.TCP ? PASSED_ON : SOON;
    return frame() != 0 && Math.abs(p.time - slots[at + TIME]) <= limit;
  }

  /** The frame that was found. */
  int frame() {
    return (int) (slots[at + FRAME] >>> 32);
  }

  private int ttl() {
    return (int) slots[at + FRAME] & 0xFF;
  }

  private void ttl(int ttl) {
    slots[at + FRAME] = (slots[at + FRAME] & ~0xFFL) | ttl;
  }

  /** Puts the key into the tunnel and VLAN of the packet that was found. */
  void context(Key key) {
    int tunnel = (int) slots[at + FRAME] >> 8 & 0xFF;
    key.context(tunnel, (int) (slots[at + CONTEXT] >>> 32), (int) slots[at + CONTEXT]);
  }

  /**
   * Whether the packet is a copy of the one that was found.
   *
   * @param otherFrame the last frame of the other direction of its flow
   * @param sureCopies copies with an id or TCP payload that its flow had before
   */
  boolean isCopy(Packet p, int otherFrame, int sureCopies) {
    boolean falling = p.ttl < ttl();
    loop = falling && (slots[at + FRAME] & COPIED) != 0;
    if (loop) {
      ttl(p.ttl);
      return false;
    }
    if (p.ipId == 0) {
      boolean elsewhere = p.ttl != ttl() || place(p) != slots[at + PLACE];
      boolean payload = p.payloadLength > 0;
      boolean sure = elsewhere || (payload ? p.transport == Packet.TCP : sureCopies >= SURE_COPIES);
      if (!sure || otherFrame > frame()) {
        return false;
      }
    }
    slots[at + FRAME] |= falling ? COPIED : 0;
    ttl(p.ttl);
    return true;
  }

  /** Whether the packet that was no copy goes in circles: found a third time, its TTL falling. */
  boolean isLoop() {
    return loop;
  }

  /** Keeps a packet that is neither a copy nor in a loop. */
  void keep(Packet p) {
    slots[at + HASH] = hash;
    slots[at + TIME] = p.time;
    slots[at + FRAME] = p.frame << 32 | p.tunnel << 8 | p.ttl;
    slots[at + PLACE] = place(p);
    slots[at + CONTEXT] = (long) p.tunnelId << 32 | p.vlan;
  }

  private static long place(Packet p) {
    return mix(p.sourceMac * 31 + p.destinationMac, (long) p.interfaceId << 8 | p.cookedType);
  }

  private long hash(Packet p) {
    long h = mix(p.sourceHigh * 3 + p.destinationHigh, p.sourceLow);
    h = mix(h, p.destinationLow);
    h = mix(h, (long) p.ipId << 32 | p.payloadLength);
    h = mix(h, (p.fragmentOffset * 4L + p.fragment) << 8 | Key.protocol(p));
    if (p.transport == Packet.NONE || p.fragment == Packet.LATER) {
      return h;
    }
    // The transport header without its checksum, and the payload's first bytes.
    int from = p.transportFrom;
    int end = Math.min(p.payloadTo, p.payloadFrom + PAYLOAD);
    int checksum = Math.min(end, from + checksumAt(p.transport));
    int behind = Math.min(end, checksum + 2);
    crc.reset();
    crc.update(p.bytes, from, checksum - from);
    crc.update(p.bytes, behind, end - behind);
    return mix(h, crc.getValue());
  }

  private static int checksumAt(int transport) {
    return transport == Packet.TCP ? 16 : transport == Packet.UDP ? 6 : 2;
  }

  private static long mix(long h, long value) {
    long mixed = (h ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 29;
  }
}
