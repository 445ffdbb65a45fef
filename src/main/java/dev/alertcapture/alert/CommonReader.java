package dev.alertcapture.alert;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The common alert schema: {@code schemaId} azureMonitorCommonAlertSchema, with {@code
 * data.essentials} and {@code data.alertContext}. It never names a region. The same {@code alertId}
 * comes when the alert fires and when it is resolved (docs/design/alerts.md, "Where to read each
 * thing" and "Delivery").
 */
final class CommonReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields data = root.in("data");
    Fields essentials = data.in("essentials");
    if (!"azureMonitorCommonAlertSchema".equalsIgnoreCase(root.text("schemaId"))
        || !essentials.isObject()) {
      return Optional.empty();
    }
    Fields context = data.in("alertContext");
    Fields condition = context.in("condition");
    SchemaFields.Targets targets =
        SchemaFields.targets(essentials.texts("alertTargetIDs"), condition);
    Alert.Kind kind = kind(essentials);
    boolean event = kind == Alert.Kind.ACTIVITY_LOG || kind == Alert.Kind.RESOURCE_HEALTH;
    String state = essentials.text("monitorCondition");
    String rule = essentials.text("alertRule", "without a name");
    String firedAt = essentials.text("firedDateTime");
    Alert.Details what =
        new Alert.Details(
                "common",
                essentials.text("alertId", SchemaFields.key(rule, firedAt)),
                rule,
                essentials.text("severity"),
                essentials.text("description"),
                SchemaFields.time(firedAt),
                null)
            .measuring(condition.isObject() ? Criteria.of(condition) : Criteria.ofLog(context))
            .keyedBy(essentials.text("alertId") == null ? rule : null);
    return Optional.of(
        targets.alert(
            kind,
            event ? SchemaFields.event(state, context) : SchemaFields.state(state),
            options(event ? null : context.in("properties"), data.in("customProperties")),
            what));
  }

  /**
   * Those that the action of a rule has (webHookProperties), and before them the rule's own.
   *
   * @param action null for an event, in whose context they are the event's own
   */
  private static Map<String, String> options(Fields action, Fields rule) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (action != null) {
      options.putAll(SchemaFields.options(action));
    }
    options.putAll(SchemaFields.options(rule));
    return options;
  }

  // Prometheus says Metric too, but watches a workspace.
  private static Alert.Kind kind(Fields essentials) {
    String service = essentials.text("monitoringService");
    if (SchemaFields.isResourceHealth(service)) {
      return Alert.Kind.RESOURCE_HEALTH;
    }
    return switch (essentials.text("signalType", "").toLowerCase(Locale.ROOT)) {
      case "metric" ->
          "Prometheus".equalsIgnoreCase(service) ? Alert.Kind.OTHER : Alert.Kind.METRIC;
      case "log" -> Alert.Kind.LOG;
      case "activity log", "activitylog" -> Alert.Kind.ACTIVITY_LOG;
      default -> Alert.Kind.OTHER;
    };
  }
}
