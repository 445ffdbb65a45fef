package dev.alertcapture.alert;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One delivery from Azure Monitor, whatever its schema, reduced to what we use of it. All texts are
 * bounded in length and are hostile input all the same.
 *
 * @param targets the machines among its targets, without duplicates
 * @param others its other targets, as they came
 * @param region the region that the delivery itself names (classic alerts only), normalised; else
 *     null
 * @param options what it wants captured, by the option's name, as it came: the custom properties of
 *     an alert rule that begin with {@code capture.}, or the options of a capture by hand
 */
public record Alert(
    Kind kind,
    State state,
    List<Target> targets,
    List<String> others,
    String region,
    Map<String, String> options,
    Details what) {

  /** What was watched. */
  public enum Kind {
    /** A platform metric. */
    METRIC,
    /** A log query. */
    LOG,
    /** An event of the activity log: administrative, service health, policy … */
    ACTIVITY_LOG,
    /** A machine's own health, as Azure sees it. */
    RESOURCE_HEALTH,
    /** Anything else: cost, autoscale, classic events, Prometheus … */
    OTHER,
    /** No alert: a person asked. */
    HAND
  }

  /** What happened to the alert. */
  public enum State {
    /** The condition is met: Fired or Activated. */
    FIRED,
    /** The condition is over: Resolved or Deactivated. */
    RESOLVED,
    /** A word that we do not know. */
    OTHER
  }

  /**
   * What is kept of an alert on a capture.
   *
   * @param schema the schema that it came in, as docs/design/alerts.md calls it
   * @param key the same for each delivery of the same alert, fired or resolved: the alert's id,
   *     else rule and time; null where it names neither, so that it is never taken for another one
   * @param keyRule the rule that the key is made of, null where the key is the alert's own id
   * @param severity as it came, such as {@code Sev2}; else null
   * @param firedAt when the alert says that it fired, else null
   * @param condition what was measured, the first criterion where there are several; else null
   * @param furtherConditions the other criteria
   * @param more members that a later version stored
   */
  public record Details(
      String schema,
      String key,
      String keyRule,
      String rule,
      String severity,
      String description,
      Instant firedAt,
      Condition condition,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Condition> furtherConditions,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Details {
      furtherConditions = furtherConditions == null ? List.of() : List.copyOf(furtherConditions);
      more = more == null ? Map.of() : Collections.unmodifiableMap(more);
    }

    /** As an alert with an id of its own says. */
    public Details(
        String schema,
        String key,
        String rule,
        String severity,
        String description,
        Instant firedAt,
        Condition condition) {
      this(schema, key, null, rule, severity, description, firedAt, condition, List.of(), Map.of());
    }

    /** All criteria, in the alert's order. */
    public List<Condition> conditions() {
      return condition == null
          ? furtherConditions
          : Stream.concat(Stream.of(condition), furtherConditions.stream()).toList();
    }

    /** The same, with what was measured. */
    public Details measuring(List<Condition> all) {
      return new Details(
          schema,
          key,
          keyRule,
          rule,
          severity,
          description,
          firedAt,
          all.isEmpty() ? null : all.get(0),
          all.stream().skip(1).toList(),
          more);
    }

    /** The same, with a key that is made of a rule and a time. */
    public Details keyedBy(String keyRule) {
      return new Details(
          schema,
          key,
          keyRule,
          rule,
          severity,
          description,
          firedAt,
          condition,
          furtherConditions,
          more);
    }
  }

  /**
   * One criterion: what was measured, over which time, and against what. Numbers are texts, because
   * schemas differ in types; each member may be null.
   *
   * @param metric the metric's name
   * @param operator such as {@code GreaterThan}
   * @param threshold a number
   * @param value a number, of the whole window
   * @param aggregation how the values of the window became one: {@code Total}, {@code Average} …
   * @param window the time that was looked at, above zero
   * @param unit as the alert names it, which classic ones alone do: {@code Bytes}, {@code Percent}
   *     …
   * @param more members that a later version stored
   */
  public record Condition(
      String metric,
      String operator,
      String threshold,
      String value,
      String aggregation,
      Duration window,
      String unit,
      @JsonAnySetter @JsonAnyGetter Map<String, Object> more) {
    public Condition {
      more = more == null ? Map.of() : Collections.unmodifiableMap(more);
    }

    /** As an alert says. */
    public Condition(
        String metric,
        String operator,
        String threshold,
        String value,
        String aggregation,
        Duration window,
        String unit) {
      this(metric, operator, threshold, value, aggregation, window, unit, Map.of());
    }

    /** The threshold in the metric's own unit; null where it is no finite number. */
    public Double thresholdNumber() {
      return number(threshold);
    }

    /** The value in the metric's own unit; null where it is no finite number. */
    public Double valueNumber() {
      return number(value);
    }

    private static Double number(String text) {
      boolean number =
          text != null && text.matches("-?\\d{1,20}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
      return number ? Double.valueOf(text) : null;
    }
  }

  public Alert {
    targets = List.copyOf(targets);
    others = List.copyOf(others);
    options = Map.copyOf(options);
  }
}
