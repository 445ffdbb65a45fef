package dev.alertcapture.evidence.pcap;

import java.nio.charset.StandardCharsets;

/** Names the files that are no capture of a kind that is read here, by their first bytes. */
final class Kinds {
  private Kinds() {}

  static Refusal refusal(byte[] first) {
    if (first.length == 0) {
      return Refusal.EMPTY;
    }
    String start = new String(first, StandardCharsets.ISO_8859_1);
    if (start.startsWith("GMBU")) {
      return Refusal.NETMON;
    } else if (start.startsWith("RTSS")) {
      return Refusal.NETMON_1;
    } else if (start.startsWith("snoop\0\0\0")) {
      return Refusal.SNOOP;
    } else if (start.startsWith("(\u00B5/\u00FD")) {
      return Refusal.ZSTD;
    } else if (isMarkup(start)) {
      return Refusal.XML;
    }
    return isEventTrace(first) ? Refusal.ETL : Refusal.UNKNOWN;
  }

  private static boolean isMarkup(String start) {
    String text = start.startsWith("\u00EF\u00BB\u00BF") ? start.substring(3) : start;
    return text.stripLeading().startsWith("<");
  }

  /** A buffer header of 72 bytes, its size first, and then a system header with flags 0xC0. */
  private static boolean isEventTrace(byte[] first) {
    if (first.length < 76) {
      return false;
    }
    int size =
        (first[0] & 0xFF) | (first[1] & 0xFF) << 8 | (first[2] & 0xFF) << 16 | first[3] << 24;
    return size >= 1024 && size <= 16 << 20 && size % 512 == 0 && (first[75] & 0xFF) == 0xC0;
  }
}
