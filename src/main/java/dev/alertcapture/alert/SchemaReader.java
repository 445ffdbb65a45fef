package dev.alertcapture.alert;

import java.util.Optional;

/** Knows one schema. */
interface SchemaReader {
  /** The alert, or empty where the body is in another schema. */
  Optional<Alert> read(Fields root);
}
