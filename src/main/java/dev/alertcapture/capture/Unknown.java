package dev.alertcapture.capture;

import java.util.Collections;
import java.util.Map;

/**
 * Members of stored records that this version does not know. Each record carries them through its
 * copies, so that an older instance beside a newer one loses nothing of what that one wrote
 * (docs/design/store.md, "Rows and versions").
 */
public final class Unknown {
  private Unknown() {}

  /** As a record keeps them: never null, never changed. */
  public static Map<String, Object> members(Map<String, Object> read) {
    return read == null || read.isEmpty() ? Map.of() : Collections.unmodifiableMap(read);
  }
}
