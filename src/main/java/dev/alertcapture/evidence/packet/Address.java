package dev.alertcapture.evidence.packet;

/** IP addresses as two longs, IPv4 as {@code ::ffff:a.b.c.d}. */
public final class Address {
  private static final long MAPPED = 0xFFFFL << 32;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Address() {}

  /** The lower long of an IPv4 address; the higher one is 0. */
  public static long ofIpv4(int address) {
    return MAPPED | (address & 0xFFFFFFFFL);
  }

  public static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> 32 == 0xFFFF;
  }

  /** Multicast, or IPv4's limited broadcast. */
  public static boolean isMulticast(long high, long low) {
    if (isIpv4(high, low)) {
      int address = (int) low;
      return address >>> 28 == 0xE || address == -1;
    }
    return high >>> 56 == 0xFF;
  }

  /** As RFC 5952 writes it, IPv4 in four numbers. */
  public static String text(long high, long low) {
    StringBuilder out = new StringBuilder(39);
    append(out, high, low);
    return out.toString();
  }

  /** Appends what {@link #text} returns. */
  public static void append(StringBuilder out, long high, long low) {
    if (isIpv4(high, low)) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.append(low >>> shift & 0xFF);
        if (shift > 0) {
          out.append('.');
        }
      }
      return;
    }
    // The longest run of zero groups, the first of equal ones, is written as "::".
    int from = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && group(high, low, i + run) == 0) {
        run++;
      }
      if (run > longest) {
        from = i;
        longest = run;
      }
      i += run;
    }
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        out.append("::");
        i += longest - 1;
        continue;
      }
      if (i > 0 && i != from + longest) {
        out.append(':');
      }
      hex(out, group(high, low, i));
    }
  }

  private static int group(long high, long low, int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> ((3 - (index & 3)) * 16)) & 0xFFFF;
  }

  private static void hex(StringBuilder out, int value) {
    boolean begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = value >> shift & 0xF;
      if (begun || digit != 0 || shift == 0) {
        out.append(HEX[digit]);
        begun = true;
      }
    }
  }
}
