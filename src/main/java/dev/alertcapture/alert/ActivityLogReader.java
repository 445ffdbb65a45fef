package dev.alertcapture.alert;

import java.util.List;
import java.util.Optional;

/**
 * Activity log alerts without the common schema: {@code schemaId} Microsoft.Insights/activityLogs,
 * everything in {@code data.context.activityLog}. They have no rule's name and no end: {@code
 * status} always says Activated. Service and resource health, recommendations and administrative
 * events all come this way (alert-facts section 2).
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
    String resource = log.text("resourceId");
    Parts.Targets targets = Parts.targets(resource == null ? List.of() : List.of(resource));
    String rule = log.text("operationName", "activity log");
    Alert.Details what =
        new Alert.Details(
            "activityLogs",
            log.text("eventDataId", log.text("correlationId")),
            rule,
            log.text("level"),
            log.text("description"),
            Parts.time(log.text("eventTimestamp")),
            null);
    return Optional.of(
        new Alert(
            Alert.Kind.OTHER,
            Parts.state(data.text("status")),
            targets.ours(),
            targets.others(),
            null,
            what));
  }
}
