package dev.alertcapture.orchestrator;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.alertcapture.capture.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * An alert that has its capture.
 *
 * @param keyRule the rule that the key is made of, null where the key is the alert's own id
 * @param resolved whether it is over
 * @param more members that a later version wrote
 */
record AnsweredAlert(
    String key,
    String keyRule,
    String captureId,
    Instant at,
    boolean resolved,
    @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
  private static final Duration TTL = Duration.ofHours(24);

  AnsweredAlert {
    more = Unknown.members(more);
  }

  boolean isRemembered(Instant now) {
    return at.plus(TTL).isAfter(now);
  }

  AnsweredAlert over() {
    return new AnsweredAlert(key, keyRule, captureId, at, true, more);
  }
}
