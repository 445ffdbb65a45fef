package dev.alertcapture.traffic;

import java.util.Arrays;

/** Some given bytes, and a filler up to a length, which needs no memory until it is written. */
final class Payload {
  static final Payload NONE = new Payload(new byte[0], 0);
  private static final int FILLER = 'x';
  private static final int FILLER_WORD = (FILLER << 8) | FILLER;

  private final byte[] head;
  private final int length;

  private Payload(byte[] head, int length) {
    this.head = head;
    this.length = length;
  }

  static Payload of(byte[] bytes) {
    return new Payload(bytes, bytes.length);
  }

  static Payload of(int length) {
    return new Payload(NONE.head, length);
  }

  static Payload of(byte[] head, int length) {
    return new Payload(head, Math.max(length, head.length));
  }

  int length() {
    return length;
  }

  Payload slice(int from, int to) {
    int end = Math.min(to, head.length);
    return from >= end
        ? of(to - from)
        : new Payload(
            from == 0 && end == head.length ? head : Arrays.copyOfRange(head, from, end),
            to - from);
  }

  /** What the whole of it adds to a checksum. */
  long sum() {
    int filler = length - head.length;
    long sum = Checksum.sum(head);
    if (filler > 0 && head.length % 2 == 1) {
      sum += FILLER;
      filler--;
    }
    return sum + (long) (filler / 2) * FILLER_WORD + (filler % 2 == 1 ? FILLER << 8 : 0);
  }

  /** Writes its first bytes. */
  void write(Octets to, int atMost) {
    int kept = Math.min(length, Math.max(0, atMost));
    int given = Math.min(kept, head.length);
    to.add(head, 0, given).fill(FILLER, kept - given);
  }
}
