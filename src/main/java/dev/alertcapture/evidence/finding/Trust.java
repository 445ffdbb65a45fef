package dev.alertcapture.evidence.finding;

/** How far a capture can be trusted in one respect; the worse one is the later one. */
public enum Trust {
  TRUSTWORTHY("trustworthy"),
  WITH_CARE("with care"),
  NOT_TRUSTWORTHY("not trustworthy");

  private final String words;

  Trust(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
