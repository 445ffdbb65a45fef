package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.target.Target;
import java.time.Instant;

/** The keys of rows (docs/design/store.md, "Rows"). */
final class RowKeys {
  static final String CAPTURES = "c:";
  static final String CAPTURES_END = "c;";
  static final String DUE = "d:";
  private static final int DIGITS = 13;

  private RowKeys() {}

  static String capture(String id) {
    return CAPTURES + id;
  }

  /** The row that says when a capture is due. */
  static String due(Capture c) {
    return due(c.wakeAt(), c.id());
  }

  static String due(Instant at, String id) {
    return dueFrom(at) + ":" + id;
  }

  /** Where the rows of what is due from a time on begin. */
  static String dueFrom(Instant at) {
    String millis = Long.toString(Math.max(0, at.toEpochMilli()));
    return DUE + "0".repeat(Math.max(0, DIGITS - millis.length())) + millis;
  }

  /** The time in a due row's key. */
  static Instant dueAt(String key) {
    return Instant.ofEpochMilli(Long.parseLong(key, DUE.length(), DUE.length() + DIGITS, 10));
  }

  static String target(Target target) {
    return "t:" + Base32.hash(target.key());
  }

  static String ledger(String subscription, String region) {
    return "s:" + Base32.hash(subscription + "\n" + region);
  }
}
