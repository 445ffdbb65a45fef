package dev.alertcapture.evidence.self;

import java.util.Arrays;

/** Bits by number, for as many numbers as come. */
final class Flags {
  private byte[] bits = new byte[16];

  void raise(int number, int flag) {
    if (number >= bits.length) {
      bits = Arrays.copyOf(bits, 2 * number);
    }
    bits[number] |= (byte) flag;
  }

  /** Those of some flags that a number has. */
  int of(int number, int flags) {
    return number < bits.length ? bits[number] & flags : 0;
  }
}
