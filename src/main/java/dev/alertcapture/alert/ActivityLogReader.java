package dev.alertcapture.alert;

import java.util.Optional;

/**
 * Activity log alerts without the common schema: {@code schemaId} Microsoft.Insights/activityLogs,
 * everything in {@code data.context.activityLog}. They have no rule's name, and {@code data.status}
 * always says Activated; whether it is over, the event itself says in its {@code status}. Service
 * and resource health, recommendations and administrative events all come this way
 * (docs/design/alerts.md, "Where to read each thing").
 */
final class ActivityLogReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields data = root.in("data");
    Fields log = data.in("context").in("activityLog");
    if (!"Microsoft.Insights/activityLogs".equalsIgnoreCase(root.text("schemaId"))
        || !log.isObject()) {
      return Optional.empty();
    }
    SchemaFields.Targets targets = SchemaFields.target(log.text("resourceId"));
    String rule = log.text("operationName", "activity log");
    Alert.Details what =
        new Alert.Details(
            "activityLogs",
            log.text("eventDataId", log.text("correlationId")),
            rule,
            log.text("level"),
            log.text("description"),
            SchemaFields.time(log.text("eventTimestamp")),
            null);
    return Optional.of(
        targets.alert(
            kind(log.text("eventSource")),
            SchemaFields.event(data.text("status"), log),
            SchemaFields.options(data.in("properties")),
            what));
  }

  private static Alert.Kind kind(String source) {
    return SchemaFields.isResourceHealth(source)
        ? Alert.Kind.RESOURCE_HEALTH
        : Alert.Kind.ACTIVITY_LOG;
  }
}
