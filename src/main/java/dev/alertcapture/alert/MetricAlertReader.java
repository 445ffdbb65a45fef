package dev.alertcapture.alert;

import java.util.Optional;

/**
 * What an action group posts for a metric alert without the common schema: {@code schemaId}
 * AzureMonitorMetricAlert, the state in {@code data.status}, the rest in {@code data.context}. It
 * has no id of the alert: {@code context.id} is the rule's, and the time is that of this delivery,
 * so a resolved one has another key. {@code data.version} says nothing (docs/design/alerts.md,
 * "Schemas").
 */
final class MetricAlertReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields data = root.in("data");
    Fields context = data.in("context");
    if (!"AzureMonitorMetricAlert".equalsIgnoreCase(root.text("schemaId")) || !context.isObject()) {
      return Optional.empty();
    }
    Fields condition = context.in("condition");
    SchemaFields.Targets targets = SchemaFields.targets(context.texts("resourceId"), condition);
    String rule = context.text("name", "without a name");
    String timestamp = context.text("timestamp");
    String ruleId = context.text("id", rule);
    Alert.Details what =
        new Alert.Details(
                "AzureMonitorMetricAlert",
                SchemaFields.key(ruleId, timestamp),
                rule,
                context.text("severity"),
                context.text("description"),
                SchemaFields.time(timestamp),
                null)
            .measuring(Criteria.of(condition))
            .keyedBy(ruleId);
    return Optional.of(
        targets.alert(
            Alert.Kind.METRIC,
            SchemaFields.state(data.text("status")),
            SchemaFields.options(data.in("properties")),
            what));
  }
}
