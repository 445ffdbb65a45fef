package dev.alertcapture.settings;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.options.OptionReader;
import dev.alertcapture.target.Scopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is captured, for which alerts and for how long it is kept.
 *
 * @param limit sessions per subscription and region
 * @param kinds of alert that start a capture
 * @param scopes where captures may be taken
 */
public record CaptureSettings(
    CaptureOptions options,
    int limit,
    Duration queueTimeout,
    Duration cooldown,
    Duration sessionRetention,
    Duration historyRetention,
    String namePrefix,
    boolean stopOnResolved,
    List<Alert.Kind> kinds,
    Scopes scopes) {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,39}");
  private static final Duration ALWAYS = Duration.ofDays(3650);
  private static final CaptureOptions DEFAULTS =
      new CaptureOptions(Duration.ofSeconds(10), 0, 1073741824L, List.of());
  private static final Map<String, String> OPTIONS =
      Map.of(
          OptionReader.TIME_LIMIT, "CAPTURE_TIME_LIMIT",
          OptionReader.BYTES_PER_PACKET, "CAPTURE_BYTES_PER_PACKET",
          OptionReader.BYTES_PER_SESSION, "CAPTURE_BYTES_PER_SESSION",
          OptionReader.FILTERS, "CAPTURE_FILTERS");

  static CaptureSettings read(Environment env) {
    return new CaptureSettings(
        options(env),
        (int) env.number("CAPTURE_LIMIT", 10, 1, 10_000),
        span(env, "CAPTURE_QUEUE_TIMEOUT", Duration.ofMinutes(2)),
        span(env, "CAPTURE_COOLDOWN", Duration.ofMinutes(5)),
        span(env, "CAPTURE_SESSION_RETENTION", Duration.ofMinutes(5)),
        span(env, "CAPTURE_HISTORY_RETENTION", Duration.ofDays(30)),
        env.matching(
            "CAPTURE_NAME_PREFIX",
            "alert-",
            PREFIX,
            "1 to 40 letters, digits, dots, dashes or underscores; not a dot or a dash first"),
        env.choice(
            "CAPTURE_STOP_ON_RESOLVED", false, new TreeMap<>(Map.of("true", true, "false", false))),
        kinds(env),
        scopes(env));
  }

  private static Duration span(Environment env, String key, Duration otherwise) {
    return env.duration(key, otherwise, Duration.ZERO, ALWAYS);
  }

  /** What is captured unless an alert rule or a person says otherwise. */
  private static CaptureOptions options(Environment env) {
    Map<String, String> texts = new LinkedHashMap<>();
    OPTIONS.forEach(
        (option, key) -> Optional.ofNullable(env.text(key)).ifPresent(t -> texts.put(option, t)));
    OptionReader.Read read = OptionReader.read(DEFAULTS, texts);
    read.problems().forEach(problem -> env.problem(OPTIONS.get(problem.option()), problem.what()));
    return read.options();
  }

  /** Where captures may be taken. */
  private static Scopes scopes(Environment env) {
    String key = "CAPTURE_ALLOWED_SCOPES";
    String text = env.text(key);
    if (text == null) {
      return Scopes.ALL;
    }
    List<String> ids = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Scopes.parse(part.strip())
          .ifPresentOrElse(
              ids::add,
              () ->
                  env.problem(
                      key,
                      "not a list, separated by commas, of /subscriptions/ID and"
                          + " /subscriptions/ID/resourceGroups/NAME"));
    }
    return new Scopes(ids);
  }

  /** The kinds of alert that start a capture. */
  private static List<Alert.Kind> kinds(Environment env) {
    Map<String, Alert.Kind> kinds = new LinkedHashMap<>();
    kinds.put("Metric", Alert.Kind.METRIC);
    kinds.put("Log", Alert.Kind.LOG);
    kinds.put("ActivityLog", Alert.Kind.ACTIVITY_LOG);
    kinds.put("ResourceHealth", Alert.Kind.RESOURCE_HEALTH);
    kinds.put("Other", Alert.Kind.OTHER);
    return env.choices("CAPTURE_ALERT_KINDS", List.of(Alert.Kind.METRIC, Alert.Kind.LOG), kinds);
  }
}
