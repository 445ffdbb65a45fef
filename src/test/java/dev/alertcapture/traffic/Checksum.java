package dev.alertcapture.traffic;

/** The Internet checksum (RFC 1071). */
final class Checksum {
  private Checksum() {}

  /** The sum of the 16-bit words of these bytes, not yet folded. */
  static long sum(byte[] bytes, int from, int to) {
    long sum = 0;
    int at = from;
    for (; at + 1 < to; at += 2) {
      sum += ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
    return at < to ? sum + ((bytes[at] & 0xFF) << 8) : sum;
  }

  static long sum(byte[] bytes) {
    return sum(bytes, 0, bytes.length);
  }

  /** The field's value for a sum. */
  static int of(long sum) {
    long folded = sum;
    while (folded > 0xFFFF) {
      folded = (folded & 0xFFFF) + (folded >> 16);
    }
    return (int) (~folded & 0xFFFF);
  }
}
