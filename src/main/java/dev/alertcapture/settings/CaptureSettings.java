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

/** What is captured, where, and for which alerts. */
final class CaptureSettings {
  private static final CaptureOptions DEFAULTS =
      new CaptureOptions(Duration.ofSeconds(10), 0, 1073741824L, List.of());
  private static final Map<String, String> OPTIONS =
      Map.of(
          OptionReader.TIME_LIMIT, "CAPTURE_TIME_LIMIT",
          OptionReader.BYTES_PER_PACKET, "CAPTURE_BYTES_PER_PACKET",
          OptionReader.BYTES_PER_SESSION, "CAPTURE_BYTES_PER_SESSION",
          OptionReader.FILTERS, "CAPTURE_FILTERS");

  private CaptureSettings() {}

  /** What is captured unless an alert rule or a person says otherwise. */
  static CaptureOptions options(Environment env) {
    Map<String, String> texts = new LinkedHashMap<>();
    OPTIONS.forEach(
        (option, key) -> Optional.ofNullable(env.text(key)).ifPresent(t -> texts.put(option, t)));
    OptionReader.Read read = OptionReader.read(DEFAULTS, texts);
    read.problems().forEach(problem -> env.problem(OPTIONS.get(problem.option()), problem.what()));
    return read.options();
  }

  /** Where captures may be taken. */
  static Scopes scopes(Environment env) {
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
  static List<Alert.Kind> kinds(Environment env) {
    Map<String, Alert.Kind> kinds = new LinkedHashMap<>();
    kinds.put("Metric", Alert.Kind.METRIC);
    kinds.put("Log", Alert.Kind.LOG);
    kinds.put("ActivityLog", Alert.Kind.ACTIVITY_LOG);
    kinds.put("ResourceHealth", Alert.Kind.RESOURCE_HEALTH);
    kinds.put("Other", Alert.Kind.OTHER);
    return env.choices("CAPTURE_ALERT_KINDS", List.of(Alert.Kind.METRIC, Alert.Kind.LOG), kinds);
  }
}
