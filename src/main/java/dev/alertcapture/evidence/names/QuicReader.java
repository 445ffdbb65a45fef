package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;

/**
 * Reads the fields of QUIC one after the other (RFC 9000, 16). Where the bytes end too early it
 * {@link #failed}, and all that is read from then on is 0.
 */
final class QuicReader {
  private byte[] bytes = {};
  private int at;
  private int to;
  private boolean failed;

  void start(byte[] source, int from, int end) {
    bytes = source;
    at = from;
    to = end;
    failed = false;
  }

  boolean failed() {
    return failed;
  }

  boolean atEnd() {
    return at >= to;
  }

  /** Where the next field begins. */
  int position() {
    return at;
  }

  int octet() {
    return (int) number(1);
  }

  /** An integer of variable length: the upper two bits of its first byte say how long it is. */
  long varint() {
    if (at >= to) {
      failed = true;
      return 0;
    }
    int length = 1 << (Bytes.u8(bytes, at) >> 6);
    return number(length) & ((1L << (8 * length - 2)) - 1);
  }

  void skip(long length) {
    if (failed || length > to - at) {
      failed = true;
    } else {
      at += (int) length;
    }
  }

  private long number(int length) {
    int start = at;
    skip(length);
    long value = 0;
    for (int i = start; i < at; i++) {
      value = value << 8 | Bytes.u8(bytes, i);
    }
    return value;
  }
}
