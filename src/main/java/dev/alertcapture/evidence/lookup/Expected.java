package dev.alertcapture.evidence.lookup;

import java.util.Set;

/** Names that are asked for though nobody has them. */
final class Expected {
  /** Windows asks for these in every network. */
  private static final Set<String> PROBES = Set.of("wpad", "isatap");

  private static final int REVERSED_LABELS = 4;

  private Expected() {}

  /** Whether a name may well be missing: reverse zones, service records, block lists, probes. */
  static boolean isMissing(String name) {
    return name.endsWith(".arpa")
        || name.indexOf('_') >= 0
        || PROBES.contains(firstLabel(name))
        || isReversedAddress(name);
  }

  static String firstLabel(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** {@code 4.3.2.1.zen.example.org}, as mail servers ask block lists (RFC 5782). */
  private static boolean isReversedAddress(String name) {
    String[] labels = name.split("\\.", -1);
    if (labels.length <= REVERSED_LABELS) {
      return false;
    }
    for (int i = 0; i < REVERSED_LABELS; i++) {
      if (!labels[i].matches("[0-9]{1,3}")) {
        return false;
      }
    }
    return true;
  }
}
