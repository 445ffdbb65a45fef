package dev.alertcapture.evidence.finding;

/** Where the trouble is, in one word: the first thing that a report says. */
public enum Verdict {
  NETWORK("network"),
  NAMES("names"),
  MACHINE("machine"),
  PEER("peer"),
  /** Only where Azure itself says so, too. */
  AZURE_CONFIG("azure-config"),
  OVER("over"),
  NOTHING_FOUND("nothing-found"),
  CANNOT_SAY("cannot-say");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
