package dev.alertcapture.alert;

import dev.alertcapture.target.Target;
import java.util.Optional;

/**
 * Classic alerts, retired in 2019 and still what the documentation shows: no {@code schemaId}, but
 * {@code status} and {@code context} at the root. The only schema that names the target's region.
 * {@code context.id} is the rule's, so rule and time together tell one alert from the next; a
 * resolved one has a time of its own (docs/design/alerts.md, "Schemas" and "Where to read each
 * thing").
 */
final class ClassicReader implements SchemaReader {
  @Override
  public Optional<Alert> read(Fields root) {
    Fields context = root.in("context");
    // Some have no target, or an empty one: alerts all the same.
    boolean classic = context.has("resourceId") || context.has("conditionType");
    if (!root.lacks("schemaId") || root.text("status") == null || !classic) {
      return Optional.empty();
    }
    boolean metric = "Metric".equalsIgnoreCase(context.text("conditionType"));
    SchemaFields.Targets targets = SchemaFields.target(context.text("resourceId"));
    String rule = context.text("name", "without a name");
    String timestamp = context.text("timestamp");
    String ruleId = context.text("id", rule);
    Alert.Details what =
        new Alert.Details(
                "classic",
                SchemaFields.key(ruleId, timestamp),
                rule,
                null,
                context.text("description"),
                SchemaFields.time(timestamp),
                null)
            .measuring(Criteria.ofClassic(context.in("condition")))
            .keyedBy(ruleId);
    return Optional.of(
        new Alert(
            metric ? Alert.Kind.METRIC : Alert.Kind.OTHER,
            SchemaFields.state(root.text("status")),
            targets.ours(),
            targets.others(),
            Target.region(context.text("resourceRegion")).orElse(null),
            SchemaFields.options(root.in("properties")),
            what));
  }
}
