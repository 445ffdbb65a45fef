package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.alertcapture.capture.Unknown;
import java.time.Instant;
import java.util.Map;

/**
 * While it stands, a DELETE for the name of a target's session may still reach Azure, so nobody
 * starts a session of that name (docs/design/store.md, "The fence").
 *
 * @param token of whoever put it up; nobody else takes it down before its time
 * @param more members that a later version wrote
 */
record Fence(String token, Instant until, @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
  Fence {
    more = Unknown.members(more);
  }

  Fence(String token, Instant until) {
    this(token, until, Map.of());
  }
}
