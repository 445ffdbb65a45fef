package dev.alertcapture.evidence.finding;

/** From where on rules speak, with the reason for each number. Those without a source are ours. */
public final class Thresholds {
  private Thresholds() {}

  // Quality and transfer.

  // Connects.

  // Sessions.

  // Volume and lookups.
}
