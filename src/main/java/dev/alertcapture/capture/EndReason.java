package dev.alertcapture.capture;

import java.util.Locale;

/** Why a session ended, from the word that Azure gives or that we put on record in its place. */
public enum EndReason {
  /** Its time limit was reached. */
  TIME_LIMIT,
  /**
   * Its byte limit was reached. No source shows Azure's word for it; one with "byte" can be no
   * other.
   */
  BYTE_LIMIT,
  /** Somebody stopped it: this app, or a person in Azure. */
  STOPPED,
  /** It was there, and then it was not: somebody deleted it. */
  DELETED,
  /** Azure gave another word, or none. */
  UNKNOWN;

  static final String DELETED_WORD = "deleted by somebody else";

  static EndReason of(String word) {
    String known = word == null ? "" : word.strip().toLowerCase(Locale.ROOT);
    return switch (known) {
      case "timeexceeded" -> TIME_LIMIT;
      case "manual" -> STOPPED;
      case DELETED_WORD -> DELETED;
      default -> known.contains("byte") ? BYTE_LIMIT : UNKNOWN;
    };
  }
}
