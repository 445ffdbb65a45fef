package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;

/**
 * Finds the DNS messages in TCP streams, each behind its length of two bytes (RFC 1035, 4.2.2). A
 * message that is whole in its segment is read there; one in pieces is put together, and if it is
 * longer than {@link Pages#MAX_LENGTH} only its beginning is read, when it has all come.
 *
 * <p>A stream's first segment, and the first one after a gap, may begin inside a message; then it
 * is skipped. The last {@link #MAX_SIDES} directions of flows are followed.
 */
final class DnsStreams {
  static final int MAX_SIDES = 4_096;

  private static final int LENGTH_BYTES = 2;

  /** Update (RFC 2136), the last of those that are in use over plain TCP. */
  private static final int MAX_OPCODE = 5;

  /** Takes the messages, in the order of the stream. */
  interface Sink {
    void message(byte[] bytes, int from, int to);
  }

  private final Pages pages;
  private final Slots slots = new Slots(MAX_SIDES);
  private final byte[] whole = new byte[Pages.MAX_LENGTH];

  /** By slot: whether the place of the next message is known. */
  private final boolean[] synchronised = new boolean[MAX_SIDES];

  /** The next sequence number, the message in pieces, and how much of it has come. */
  private final int[] next = new int[MAX_SIDES];

  private final int[] chains = new int[MAX_SIDES];
  private final int[] received = new int[MAX_SIDES];

  DnsStreams(Pages pages) {
    this.pages = pages;
  }

  /**
   * Takes the payload of a segment.
   *
   * @param conversation a number that no other flow has or had
   * @param side 0 or 1, which one of the two sent it
   * @param sequence the sequence number of its first byte
   * @param missing how many bytes at its end were not captured; the message there is read as cut
   */
  void segment(
      int conversation,
      int side,
      int sequence,
      byte[] bytes,
      int from,
      int to,
      int missing,
      Sink sink) {
    if (from >= to) {
      return;
    }
    int slot = slot(2L * conversation + side, sequence);
    int ahead = sequence - next[slot];
    if (ahead > 0) {
      giveUp(slot);
    } else if (ahead <= from - to) {
      return; // all of it came before
    }
    int at = ahead > 0 ? from : from - ahead;
    next[slot] = sequence + (to - from) + missing;
    synchronised[slot] = synchronised[slot] || beginsMessage(bytes, at, to);
    while (at < to && synchronised[slot]) {
      at = message(slot, bytes, at, to, missing > 0, sink);
    }
  }

  private int slot(long key, int sequence) {
    int slot = slots.find(key);
    if (slot == Slots.NONE) {
      slot = slots.take(key);
      giveUp(slot);
      next[slot] = sequence;
    }
    return slot;
  }

  /** Takes one message, or the piece of it that is here; returns where the next one begins. */
  private int message(int slot, byte[] bytes, int from, int to, boolean cut, Sink sink) {
    if (received[slot] == 0 && to - from >= LENGTH_BYTES) {
      int end = from + LENGTH_BYTES + Bytes.u16(bytes, from);
      if (end <= to || cut) {
        sink.message(bytes, from + LENGTH_BYTES, Math.min(end, to));
        synchronised[slot] = end <= to;
        return end;
      }
    }
    if (received[slot] == 0) {
      chains[slot] = pages.open();
    } else if (!pages.isOpen(chains[slot])) {
      giveUp(slot);
      return to;
    }
    return piece(slot, bytes, from, to, cut, sink);
  }

  private int piece(int slot, byte[] bytes, int from, int to, boolean cut, Sink sink) {
    int chain = chains[slot];
    int at = from;
    while (received[slot] < LENGTH_BYTES && at < to) {
      pages.append(chain, bytes, at, at + 1);
      received[slot]++;
      at++;
    }
    if (received[slot] < LENGTH_BYTES) {
      return at;
    }
    int length = LENGTH_BYTES + (pages.u8(chain, 0) << 8 | pages.u8(chain, 1));
    int end = Math.min(to, at + length - received[slot]);
    pages.append(chain, bytes, at, end);
    received[slot] += end - at;
    synchronised[slot] = received[slot] == length || !cut;
    if (received[slot] == length || cut) {
      int kept = pages.copy(chain, whole);
      close(slot);
      sink.message(whole, LENGTH_BYTES, kept);
    }
    return end;
  }

  private void giveUp(int slot) {
    close(slot);
    synchronised[slot] = false;
  }

  private void close(int slot) {
    pages.close(chains[slot]);
    chains[slot] = Pages.NONE;
    received[slot] = 0;
  }

  /** Whether these bytes, as far as they go, can be the length and the header of a message. */
  private static boolean beginsMessage(byte[] bytes, int from, int to) {
    int size = to - from;
    if (size >= LENGTH_BYTES && Bytes.u16(bytes, from) < DnsMessage.HEADER_LENGTH) {
      return false;
    }
    if (size > 4 && (Bytes.u8(bytes, from + 4) >> 3 & 15) > MAX_OPCODE) {
      return false;
    }
    return size < 8 || Bytes.u16(bytes, from + 6) == 1; // question
  }
}
