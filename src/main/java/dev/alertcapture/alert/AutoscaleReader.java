package dev.alertcapture.alert;

import java.util.Optional;

/**
 * What an autoscale setting posts when it scales. It passes for a classic alert but for its {@code
 * operation} (Scale In, Scale Out) and the capacities in {@code context}; it watches no metric
 * itself, and so is of kind {@link Alert.Kind#OTHER} (alert-facts section 1).
 */
final class AutoscaleReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields context = root.in("context");
    if (root.has("schemaId") || !(root.has("operation") || context.has("oldCapacity"))) {
      return Optional.empty();
    }
    Parts.Targets targets = Parts.target(context.text("resourceId"));
    String rule = context.text("name", "autoscale");
    String timestamp = context.text("timestamp");
    Alert.Details what =
        new Alert.Details(
            "autoscale",
            Parts.key(context.text("id", rule), timestamp),
            rule,
            null,
            context.text("details"),
            Parts.time(timestamp),
            null);
    return Optional.of(
        new Alert(
            Alert.Kind.OTHER,
            Parts.state(root.text("status")),
            targets.ours(),
            targets.others(),
            null,
            Parts.options(root.in("properties")),
            what));
  }
}
