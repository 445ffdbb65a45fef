package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;
import java.util.Arrays;

/**
 * Follows the TLS records (RFC 8446, 5.1) of a stream by their headers, so that each record's type
 * and the place of its body are known without a key and without keeping bytes.
 *
 * <p>Segments are taken in the order of the stream. What comes again is passed over. After a gap in
 * a record's body it goes on; after a gap over a header, at the next segment that begins with one,
 * and so it does where TLS begins in the middle of a stream (STARTTLS, proxies).
 *
 * <p>A <em>side</em> is one direction of a flow, numbered by the caller.
 */
final class TlsRecords {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  private static final int HEADER_LENGTH = 5;

  /** 2^14 bytes and what encryption adds (RFC 5246, 6.2.3). */
  private static final int MAX_RECORD_LENGTH = 16_384 + 2_048;

  /** What is told of the records, in the order of the stream. */
  interface Sink {
    /** A record begins. */
    void record(int side, int type);

    /** Bytes of a record's body, at {@code position} of its {@code length}; at least one. */
    void body(int side, int position, int length, byte[] bytes, int from, int to);

    /** The body in hand, or records, are missing here. */
    void gap(int side);
  }

  private final Sink sink;

  /** By side: whether the place of the next header is known, and the next sequence number then. */
  private boolean[] synchronised = {};

  private int[] next = {};

  /** The header, or as much of it as came: type, version, length from the top. */
  private long[] headers = {};

  private byte[] headerLengths = {};

  /** How many bytes of the record's body are still to come. */
  private int[] left = {};

  TlsRecords(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes the payload of a segment, as much of it as was captured.
   *
   * @param sequence the sequence number of its first byte
   */
  void segment(int side, int sequence, byte[] bytes, int from, int to) {
    if (from >= to) {
      return;
    }
    int at = align(side, sequence, bytes, from, to);
    if (at < to) {
      next[side] = sequence + (to - from);
    }
    while (at < to) {
      at = left[side] > 0 ? body(side, bytes, at, to) : header(side, bytes, at, to);
    }
  }

  /** There may be so many sides from now on. */
  void grow(int sides) {
    synchronised = Arrays.copyOf(synchronised, sides);
    next = Arrays.copyOf(next, sides);
    headers = Arrays.copyOf(headers, sides);
    headerLengths = Arrays.copyOf(headerLengths, sides);
    left = Arrays.copyOf(left, sides);
  }

  /** Another side has this number from now on. */
  void clear(int side) {
    synchronised[side] = false;
  }

  /** Returns where in the segment to go on, {@code to} if nothing in it is of use. */
  private int align(int side, int sequence, byte[] bytes, int from, int to) {
    if (synchronised[side]) {
      int missing = sequence - next[side];
      if (missing <= 0) {
        return missing > from - to ? from - missing : to;
      }
      sink.gap(side);
      if (missing <= left[side]) {
        left[side] -= missing;
        return from;
      }
    }
    synchronised[side] = beginsRecord(bytes, from, to);
    left[side] = 0;
    headerLengths[side] = 0;
    return synchronised[side] ? from : to;
  }

  /** Takes bytes of a header; returns where its body begins, or {@code to}. */
  private int header(int side, byte[] bytes, int from, int to) {
    int at = from;
    int length = headerLengths[side];
    long header = length == 0 ? 0 : headers[side];
    while (at < to && length < HEADER_LENGTH) {
      header = header << 8 | Bytes.u8(bytes, at++);
      length++;
    }
    headers[side] = header;
    headerLengths[side] = (byte) (length % HEADER_LENGTH);
    if (length < HEADER_LENGTH) {
      return to;
    }
    if (!isHeader(header)) {
      sink.gap(side);
      synchronised[side] = false;
      return to;
    }
    left[side] = length(header);
    sink.record(side, type(header));
    return at;
  }

  /** Takes bytes of a body; returns where they end. */
  private int body(int side, byte[] bytes, int from, int to) {
    int end = Math.min(to, from + left[side]);
    int length = length(headers[side]);
    sink.body(side, length - left[side], length, bytes, from, end);
    left[side] -= end - from;
    return end;
  }

  /** Whether these bytes, as far as they go, can be the header of a record. */
  private static boolean beginsRecord(byte[] bytes, int from, int to) {
    long header = 0x16_0300_0000L; // stands in for what is missing
    int length = Math.min(HEADER_LENGTH, to - from);
    for (int i = 0; i < length; i++) {
      int shift = 8 * (HEADER_LENGTH - 1 - i);
      header &= ~(0xFFL << shift);
      header |= (long) Bytes.u8(bytes, from + i) << shift;
    }
    return isHeader(header);
  }

  private static boolean isHeader(long header) {
    int version = (int) (header >>> 16) & 0xFFFF;
    return type(header) >= CHANGE_CIPHER_SPEC
        && type(header) <= HEARTBEAT
        && version >= 0x0300
        && version <= 0x0304
        && length(header) <= MAX_RECORD_LENGTH;
  }

  private static int type(long header) {
    return (int) (header >>> 32);
  }

  private static int length(long header) {
    return (int) header & 0xFFFF;
  }
}
