package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;

/** A capture's row as it was read. */
sealed interface Found {
  /** A capture. */
  record Stored(Capture capture, String etag) implements Found {}

  /**
   * A row that this version can't read: a newer one wrote it, or it is damaged. Nobody acts in a
   * state that he does not know, so it is never written or deleted (docs/design/store.md, "Rows and
   * versions").
   */
  record Foreign(String id) implements Found {}
}
