package dev.alertcapture.evidence.pcap;

/** An interface of a pcapng section, and how its clock counts. */
final class Interface {
  final int link;
  final int snapLength;

  /** Units of time a second: 10^n, or 2^n where {@link #binary}. */
  int exponent = 6;

  boolean binary;

  /** Seconds to add to each time. */
  long offsetSeconds;

  long received = -1;
  long dropped = -1;

  Interface(int link, int snapLength) {
    this.link = link;
    this.snapLength = snapLength;
  }

  /** if_tsresol: the highest bit says that the base is 2. */
  void resolution(int value) {
    binary = (value & 0x80) != 0;
    exponent = value & 0x7F;
  }

  /** A time stamp as nanoseconds since 1970; nonsense beyond the years of a long is 0. */
  long nanoseconds(long stamp) {
    long time = binary ? binary(stamp) : decimal(stamp);
    long offset = offsetSeconds * 1_000_000_000L;
    boolean fits = offsetSeconds > -9_000_000_000L && offsetSeconds < 9_000_000_000L;
    return fits && time + offset >= 0 ? time + offset : 0;
  }

  private long decimal(long stamp) {
    long value = stamp;
    for (int i = exponent; i > 9 && value != 0; i--) {
      value = Long.divideUnsigned(value, 10);
    }
    if (value < 0) {
      return 0;
    }
    if (exponent == 6) {
      return value > Long.MAX_VALUE / 1000 ? 0 : value * 1000;
    }
    for (int i = exponent; i < 9; i++) {
      if (value > Long.MAX_VALUE / 10) {
        return 0;
      }
      value *= 10;
    }
    return value;
  }

  private long binary(long stamp) {
    long seconds = exponent > 63 ? 0 : stamp >>> exponent;
    if (seconds > 9_000_000_000L) {
      return 0;
    }
    long fraction = exponent > 63 ? stamp : stamp - (seconds << exponent);
    // 30 bits of fraction are a nanosecond; what is finer is let go.
    int shift = Math.min(63, Math.max(0, exponent - 30));
    int bits = Math.min(exponent, 30);
    return seconds * 1_000_000_000L + (((fraction >>> shift) * 1_000_000_000L) >>> bits);
  }
}
