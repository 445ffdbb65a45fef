package dev.alertcapture.settings;

import dev.alertcapture.capture.CaptureState;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is told, and of what. Each URL is null where that channel is not wanted.
 *
 * @param on the states that people are told of
 */
public record NotifySettings(
    SecretUrl webhook, SecretUrl teams, SecretUrl slack, List<CaptureState> on) {

  private static final String WEBHOOK = "NOTIFY_WEBHOOK_URL";
  private static final String TEAMS = "NOTIFY_TEAMS_URL";
  private static final String SLACK = "NOTIFY_SLACK_URL";

  /** Each channel's setting by the channel's name, in order of the names. */
  public static final Map<String, String> SETTINGS =
      Collections.unmodifiableMap(
          new TreeMap<>(Map.of("webhook", WEBHOOK, "teams", TEAMS, "slack", SLACK)));

  static NotifySettings read(Environment env) {
    return new NotifySettings(
        url(env, WEBHOOK),
        url(env, TEAMS),
        url(env, SLACK),
        env.choices(
            "NOTIFY_ON",
            List.of(CaptureState.COMPLETED, CaptureState.FAILED, CaptureState.REJECTED),
            tellable()));
  }

  private static SecretUrl url(Environment env, String key) {
    URI uri = Settings.url(env, key, "an https URL (plain http for loopback only)");
    return uri == null ? null : new SecretUrl(uri);
  }

  private static Map<String, CaptureState> tellable() {
    Map<String, CaptureState> states = new LinkedHashMap<>();
    states.put("completed", CaptureState.COMPLETED);
    states.put("failed", CaptureState.FAILED);
    states.put("rejected", CaptureState.REJECTED);
    states.put("started", CaptureState.RUNNING);
    return states;
  }
}
