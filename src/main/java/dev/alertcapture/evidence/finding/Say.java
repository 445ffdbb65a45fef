package dev.alertcapture.evidence.finding;

/** Numbers as people read them, without a locale: two digits, a no-break space before the unit. */
public final class Say {
  private static final char SPACE = '\u00A0';
  private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Say() {}

  /** {@code 38 MB}, in powers of 1,000. */
  public static String bytes(long bytes) {
    return scaled(bytes, 0);
  }

  /** {@code 3.8 MB/s}. */
  public static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /** {@code 1.0 Mbit/s}, of bytes a second. */
  public static String bits(long bytesPerSecond) {
    long bits = 8 * Math.min(bytesPerSecond, Long.MAX_VALUE / 8);
    long unit = bits < 999_500 ? 1_000 : bits < 999_500_000 ? 1_000_000 : 1_000_000_000;
    String prefix = unit == 1_000 ? "k" : unit == 1_000_000 ? "M" : "G";
    return digits(bits, unit) + SPACE + prefix + "bit/s";
  }

  /** {@code 38 of 41 MB/s}: both in the unit of the whole. */
  public static String ofRate(long part, long whole) {
    String all = rate(whole);
    int scale = 0;
    while (!all.endsWith(SPACE + SIZES[scale] + "/s")) {
      scale++;
    }
    long unit = 1;
    for (int i = 0; i < scale; i++) {
      unit *= 1000;
    }
    return (unit == 1 ? count(part) : digits(part, unit)) + " of " + all;
  }

  private static String scaled(long value, int from) {
    long unit = 1;
    int scale = from;
    while (scale + 1 < SIZES.length && value / unit >= 1000) {
      unit *= 1000;
      scale++;
    }
    // 999.7 KB is 1.0 MB.
    if (unit > 1
        && scale + 1 < SIZES.length
        && value / unit >= 999
        && rounds(value, unit) >= 1000) {
      unit *= 1000;
      scale++;
    }
    return (unit == 1 ? Long.toString(value) : digits(value, unit)) + SPACE + SIZES[scale];
  }

  private static long rounds(long value, long unit) {
    return value / unit + (value % unit >= unit / 2 ? 1 : 0);
  }

  /**
   * A fraction with one place after the point below 10, none from 10 on: {@code 3.9}, {@code 41}.
   */
  public static String digits(long value, long unit) {
    long tenths = value / unit * 10 + (value % unit * 10 + unit / 2) / unit;
    if (tenths >= 100) {
      return count(rounds(value, unit));
    }
    return tenths / 10 + "." + tenths % 10;
  }

  /** {@code 12,345}. */
  public static String count(long number) {
    String digits = Long.toString(number);
    StringBuilder out = new StringBuilder(digits);
    for (int i = digits.length() - 3; i > (number < 0 ? 1 : 0); i -= 3) {
      out.insert(i, ',');
    }
    return out.toString();
  }

  /** {@code 1 connection}, {@code 12 connections}. */
  public static String count(long number, String noun) {
    return count(number) + " " + (number == 1 ? noun : plural(noun));
  }

  private static String plural(String noun) {
    if (noun.endsWith("y") && !noun.endsWith("ey")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.endsWith("s") ? noun + "es" : noun + "s";
  }

  /** A duration of microseconds: {@code 480 ms}, {@code 4.2 s}, {@code 12 min}. */
  public static String micros(long micros) {
    if (micros < 1000) {
      return (micros <= 0 ? "0" : "0." + Math.max(1, Math.min(9, (micros + 50) / 100)))
          + SPACE
          + "ms";
    }
    if (micros < 999_500) {
      return (micros < 9_950 ? digits(micros, 1000) : count(rounds(micros, 1000))) + SPACE + "ms";
    }
    if (micros < 100_000_000) {
      long tenths = (micros + 50_000) / 100_000;
      return tenths / 10 + "." + tenths % 10 + SPACE + "s";
    }
    if (micros < 600_000_000) {
      return rounds(micros, 1_000_000) + "" + SPACE + "s";
    }
    return rounds(micros, 60_000_000) + "" + SPACE + "min";
  }

  /** A duration of nanoseconds. */
  public static String nanos(long nanos) {
    return micros(nanos / 1000);
  }

  /** A place in the file: {@code second 4.2}. */
  public static String second(long nanosFromStart) {
    return "second" + SPACE + seconds(nanosFromStart);
  }

  /** A place in the file after another one: {@code 9.8}. */
  public static String seconds(long nanosFromStart) {
    long tenths = Math.max(0, nanosFromStart) / 100_000_000;
    return tenths / 10 + "." + tenths % 10;
  }

  /** {@code 38 %}, {@code 2.3 %}; what is not nothing is never 0, what is not all never 100. */
  public static String percent(long part, long whole) {
    if (whole <= 0 || part <= 0) {
      return "0" + SPACE + "%";
    }
    if (part >= whole) {
      return "100" + SPACE + "%";
    }
    long hundredths = (long) Math.floor(part * 10_000.0 / whole + 0.5);
    if (hundredths < 100) {
      long shown = Math.max(1, hundredths);
      return "0." + (shown < 10 ? "0" + shown : shown % 10 == 0 ? shown / 10 : shown) + SPACE + "%";
    }
    if (hundredths < 1000) {
      long tenths = (hundredths + 5) / 10;
      return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + SPACE + "%";
    }
    return Math.min(99, (hundredths + 50) / 100) + "" + SPACE + "%";
  }

  /** A multiple of something with two digits: {@code 3.9x}, {@code 41x}. */
  public static String times(long part, long whole) {
    return digits(part, Math.max(1, whole)) + "x";
  }

  /** Two numbers as a share: {@code 142 of 142}. */
  public static String of(long part, long whole) {
    return count(part) + " of " + count(whole);
  }
}
