package dev.alertcapture.alert;

import java.util.Map;
import java.util.Optional;

/**
 * Log alerts of the first version without the common schema: from Application Insights with {@code
 * schemaId} Microsoft.Insights/LogAlert and all under {@code data}, from Log Analytics without any,
 * told by {@code AlertRuleName}, {@code SearchQuery} and {@code WorkspaceId} at the root. Their
 * target is the workspace; host names in them are never taken for targets. They come only when the
 * alert fires (docs/design/alerts.md, from "Schemas" on).
 */
final class LegacyLogReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    boolean insights = "Microsoft.Insights/LogAlert".equalsIgnoreCase(root.text("schemaId"));
    Fields data = insights ? root.in("data") : root;
    boolean analytics =
        root.lacks("schemaId") && data.has("SearchQuery") && data.has("WorkspaceId");
    if (!data.has("AlertRuleName") || !(insights || analytics)) {
      return Optional.empty();
    }
    SchemaFields.Targets targets = SchemaFields.target(data.text("ResourceId"));
    String rule = data.text("AlertRuleName", "without a name");
    String end = data.text("SearchIntervalEndtimeUtc");
    Alert.Details what =
        new Alert.Details(
                insights ? "LogAlert" : "legacy-log",
                SchemaFields.key(rule, end),
                rule,
                data.text("Severity"),
                data.text("Description"),
                SchemaFields.time(end),
                null)
            .measuring(Criteria.ofLog(data))
            .keyedBy(rule);
    return Optional.of(targets.alert(Alert.Kind.LOG, Alert.State.FIRED, Map.of(), what));
  }
}
