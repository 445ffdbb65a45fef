package dev.alertcapture.news;

import dev.alertcapture.options.CaptureOptions.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts, numbers and times as people read them. */
final class Phrases {
  private Phrases() {}

  /** On one line, without what can't be seen, and of that length at most. */
  static String clean(String text, int most) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").strip();
    if (line.length() <= most) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
    return line.substring(0, end) + "…";
  }

  static String bytes(long number) {
    return number == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", number);
  }

  /** Whole units, the two largest: {@code 1 hour 5 minutes}. */
  static String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 120) {
      return unit(seconds, "second");
    }
    return seconds < 7200
        ? both(unit(seconds / 60, "minute"), seconds % 60, "second")
        : both(unit(seconds / 3600, "hour"), seconds % 3600 / 60, "minute");
  }

  private static String both(String large, long number, String small) {
    return number == 0 ? large : large + " " + unit(number, small);
  }

  private static String unit(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** {@code TCP, local 10.0.0.4 port 443, remote any address port any}, separated by {@code or}. */
  static String filters(List<Filter> filters) {
    return filters.stream().map(Phrases::filter).collect(Collectors.joining(" or "));
  }

  private static String filter(Filter filter) {
    return or(filter.protocol(), "any protocol")
        + ", local "
        + end(filter.localIPAddress(), filter.localPort())
        + ", remote "
        + end(filter.remoteIPAddress(), filter.remotePort());
  }

  private static String end(String address, String port) {
    return or(address, "any address") + " port " + or(port, "any");
  }

  private static String or(String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }
}
