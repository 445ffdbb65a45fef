package dev.alertcapture.alert;

import java.util.Map;
import java.util.Optional;

/**
 * What cost management posts without the common schema: {@code schemaId} AIP Budget Notification,
 * with spaces. It has no target, so it never starts a capture; it is read so that it is not taken
 * for a mistake (docs/design/alerts.md, "Schemas").
 */
final class BudgetReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    if (!"AIP Budget Notification".equalsIgnoreCase(root.text("schemaId"))) {
      return Optional.empty();
    }
    String rule = root.in("data").text("BudgetName", "a budget");
    Alert.Details what = new Alert.Details("budget", null, rule, null, null, null, null);
    return Optional.of(
        SchemaFields.Targets.NONE.alert(Alert.Kind.OTHER, Alert.State.FIRED, Map.of(), what));
  }
}
