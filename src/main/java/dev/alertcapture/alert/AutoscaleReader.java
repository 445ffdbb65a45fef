package dev.alertcapture.alert;

import java.util.Optional;

/**
 * What an autoscale setting posts when it scales. It passes for a classic alert but for its {@code
 * operation} (Scale In, Scale Out) and the capacities in {@code context}; it watches no metric
 * itself, and so is of kind {@link Alert.Kind#OTHER} (docs/design/alerts.md, "Schemas").
 */
final class AutoscaleReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields context = root.in("context");
    if (!root.lacks("schemaId") || !(root.has("operation") || context.has("oldCapacity"))) {
      return Optional.empty();
    }
    SchemaFields.Targets targets = SchemaFields.target(context.text("resourceId"));
    String rule = context.text("name", "autoscale");
    String timestamp = context.text("timestamp");
    String ruleId = context.text("id", rule);
    Alert.Details what =
        new Alert.Details(
                "autoscale",
                SchemaFields.key(ruleId, timestamp),
                rule,
                null,
                context.text("details"),
                SchemaFields.time(timestamp),
                null)
            .keyedBy(ruleId);
    return Optional.of(
        targets.alert(
            Alert.Kind.OTHER,
            SchemaFields.state(root.text("status")),
            SchemaFields.options(root.in("properties")),
            what));
  }
}
