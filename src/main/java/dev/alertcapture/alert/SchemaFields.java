package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alertcapture.target.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the schemas have in common, though they call it by other names. */
final class SchemaFields {
  private static final int MAX_OTHERS = 20;

  // ISO_OFFSET_DATE_TIME, and an offset without its colon too.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private SchemaFields() {}

  /** Targets that we can capture on, and the ids of the others. */
  record Targets(List<Target> ours, List<String> others) {
    static final Targets NONE = new Targets(List.of(), List.of());

    /** An alert on these targets whose region nobody tells. */
    Alert alert(
        Alert.Kind kind, Alert.State state, Map<String, String> options, Alert.Details what) {
      return new Alert(kind, state, ours, others, null, options, what);
    }
  }

  /** The target that an alert names, if it names any. */
  static Targets target(String id) {
    return targets(id == null ? List.of() : List.of(id), new Fields(MissingNode.getInstance()));
  }

  /**
   * Targets by their ids, duplicates folded. A scale set gives way to those of its instances that
   * the condition's dimensions name.
   */
  static Targets targets(List<String> ids, Fields condition) {
    Set<Target> ours = new LinkedHashSet<>();
    List<String> others = new ArrayList<>();
    for (String id : ids) {
      Optional<Target> target = Target.parse(id);
      if (target.isPresent()) {
        List<Target> instances = instances(target.get(), condition);
        ours.addAll(instances.isEmpty() ? List.of(target.get()) : instances);
      } else if (others.size() < MAX_OTHERS) {
        others.add(id);
      }
    }
    return new Targets(List.copyOf(ours), others);
  }

  // A machine's name, in a dimension that is there only if the rule splits by it.
  private static List<Target> instances(Target target, Fields condition) {
    List<Target> instances = new ArrayList<>();
    for (Fields criterion : condition.each("allOf")) {
      for (Fields dimension : criterion.each("dimensions")) {
        if ("VMName".equalsIgnoreCase(dimension.text("name"))) {
          target.instanceNamed(dimension.text("value", "")).ifPresent(instances::add);
        }
      }
    }
    return instances;
  }

  /** What a rule's custom properties want captured. */
  static Map<String, String> options(Fields properties) {
    return properties.startingWith("capture.");
  }

  /** Rule and time, where the schema has no id of the alert; null without a time. */
  static String key(String rule, String timestamp) {
    return timestamp == null ? null : rule + " " + timestamp;
  }

  /**
   * Fired and Activated, Resolved and Deactivated (docs/design/alerts.md, "Where to read each
   * thing").
   */
  static Alert.State state(String word) {
    return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
      case "fired", "activated" -> Alert.State.FIRED;
      case "resolved", "deactivated" -> Alert.State.RESOLVED;
      default -> Alert.State.OTHER;
    };
  }

  /**
   * The state of an event of the activity log, which is said to be fired also when it tells that
   * something is over (docs/design/alerts.md, "Values").
   */
  static Alert.State event(String word, Fields event) {
    return "Resolved".equalsIgnoreCase(event.text("status")) ? Alert.State.RESOLVED : state(word);
  }

  /** Both spellings are seen. */
  static boolean isResourceHealth(String source) {
    return "ResourceHealth".equalsIgnoreCase(source) || "Resource Health".equalsIgnoreCase(source);
  }

  /** ISO 8601 with 0 to 7 digits of a second, with Z, an offset, or without either. */
  static Instant time(String text) {
    if (text == null) {
      return null;
    }
    try {
      boolean zoned = text.matches(".*(?:Z|z|[+-]\\d\\d:?\\d\\d)");
      return OffsetDateTime.parse(zoned ? text : text + "Z", TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
