package dev.alertcapture.evidence.finding;

/** How much a finding matters, worst first. */
public enum Severity {
  BAD("bad"),
  NOTABLE("notable"),
  INFO("info");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** Worth a headline and a verdict. */
  public boolean isLoud() {
    return this != INFO;
  }
}
