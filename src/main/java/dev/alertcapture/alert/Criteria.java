package dev.alertcapture.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Optional;

/** What an alert measured, a condition for each criterion (docs/design/alerts.md, "Conditions"). */
final class Criteria {
  /** As many as a metric rule can have. */
  private static final int MAX_CRITERIA = 5;

  private static final int MAX_CHARS = 200;
  private static final Duration LONGEST = Duration.ofDays(31);

  private Criteria() {}

  /** Those of a metric alert or a log alert of version 2: {@code allOf}, the window beside it. */
  static List<Alert.Condition> of(Fields condition) {
    Duration window = window(condition.text("windowSize"), null);
    return condition.each("allOf").stream()
        .map(criterion -> of(criterion, window))
        .flatMap(Optional::stream)
        .limit(MAX_CRITERIA)
        .toList();
  }

  /** The one of a classic alert, whose window is in minutes. */
  static List<Alert.Condition> ofClassic(Fields condition) {
    return of(condition, window(condition.text("windowSize"), ChronoUnit.MINUTES)).stream()
        .toList();
  }

  private static Optional<Alert.Condition> of(Fields measured, Duration window) {
    String metric = text(measured, "metricName");
    String value = text(measured, "metricValue");
    if (metric == null && value == null) {
      return Optional.empty();
    }
    String aggregation = text(measured, "timeAggregation");
    return Optional.of(
        new Alert.Condition(
            metric == null ? text(measured, "metricMeasureColumn") : metric,
            text(measured, "operator"),
            text(measured, "threshold"),
            value,
            // In 2018 it repeated the window.
            aggregation == null || window(aggregation, null) != null ? null : aggregation,
            window,
            text(measured, "metricUnit")));
  }

  /** The one of a log alert of version 1: how many results its query had. */
  static List<Alert.Condition> ofLog(Fields log) {
    String results = text(log, "ResultCount");
    if (results == null) {
      return List.of();
    }
    Duration seconds = window(log.text("SearchIntervalInSeconds"), ChronoUnit.SECONDS);
    Duration window =
        seconds == null ? window(log.text("SearchIntervalInMinutes"), ChronoUnit.MINUTES) : seconds;
    String operator = text(log, "AlertThresholdOperator");
    String threshold = text(log, "AlertThresholdValue");
    return List.of(
        new Alert.Condition(
            "ResultCount",
            operator == null ? text(log, "Operator") : operator,
            threshold == null ? text(log, "Threshold") : threshold,
            results,
            null,
            window,
            null));
  }

  private static String text(Fields fields, String name) {
    return fields.shortText(name, MAX_CHARS);
  }

  /**
   * An ISO 8601 duration, or a whole number of a unit; null for what is neither.
   *
   * @param unit null where bare numbers are none
   */
  private static Duration window(String text, TemporalUnit unit) {
    if (text == null) {
      return null;
    }
    try {
      Duration window =
          unit != null && text.matches("\\d{1,9}")
              ? Duration.of(Long.parseLong(text), unit)
              : Duration.parse(text);
      boolean fits = window.compareTo(Duration.ZERO) > 0 && window.compareTo(LONGEST) <= 0;
      return fits ? window : null;
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
