package dev.alertcapture.health;

import dev.alertcapture.capture.PortException;

/** What checks have in common. */
final class Checks {
  private Checks() {}

  /** A check that Azure did not answer, with the remedy for its reason. */
  static Check failed(String name, PortException trouble) {
    return Check.bad(
        name,
        trouble.detail(),
        trouble.isRetryable()
            ? "Try again; if it stays, check the app's network and Azure's own health."
            : trouble.reason().remedy());
  }
}
