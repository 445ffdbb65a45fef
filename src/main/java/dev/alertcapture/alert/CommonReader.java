package dev.alertcapture.alert;

import java.util.Locale;
import java.util.Optional;

/**
 * The common alert schema: {@code schemaId} azureMonitorCommonAlertSchema, with {@code
 * data.essentials} and {@code data.alertContext}. It never names a region. The same {@code alertId}
 * comes when the alert fires and when it is resolved (alert-facts sections 2 and 5).
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
    Parts.Targets targets = Parts.targets(essentials.texts("alertTargetIDs"));
    String rule = essentials.text("alertRule", "without a name");
    String firedAt = essentials.text("firedDateTime");
    Alert.Details what =
        new Alert.Details(
            "common",
            essentials.text("alertId", Parts.key(rule, firedAt)),
            rule,
            essentials.text("severity"),
            essentials.text("description"),
            Parts.time(firedAt),
            Parts.condition(data.in("alertContext").in("condition").firstOf("allOf")));
    return Optional.of(
        new Alert(
            kind(essentials),
            Parts.state(essentials.text("monitorCondition")),
            targets.ours(),
            targets.others(),
            null,
            what));
  }

  // Prometheus says Metric too, but watches a workspace, and so has no machine among its targets.
  private static Alert.Kind kind(Fields essentials) {
    return switch (essentials.text("signalType", "").toLowerCase(Locale.ROOT)) {
      case "metric" -> Alert.Kind.METRIC;
      case "log" -> Alert.Kind.LOG;
      default -> Alert.Kind.OTHER;
    };
  }
}
