package dev.alertcapture.alert;

import static dev.alertcapture.alert.Bodies.common;
import static dev.alertcapture.alert.Bodies.json;
import static dev.alertcapture.alert.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of what an alert measured, whichever schema it came in. */
class CriteriaTest {
  private static Alert.Details what(String condition) throws NotAnAlert {
    ObjectNode body = common();
    ((ObjectNode) body.at("/data/alertContext")).set("condition", json(condition));
    return read(body).what();
  }

  @Test
  void allCriteriaOfAnAlertAreKeptInItsOrder() throws NotAnAlert {
    Alert.Details what =
        what(
            """
            {"windowSize": "PT1H", "allOf": [
              {"metricName": "Percentage CPU", "operator": "GreaterThan", "threshold": "80",
               "timeAggregation": "Average", "metricValue": 91.5},
              {"metricName": "Network Out Total", "operator": "GreaterThan", "threshold": "1000000",
               "timeAggregation": "Total", "metricValue": 7340032}]}
            """);

    assertThat(what.conditions())
        .containsExactly(
            new Alert.Condition(
                "Percentage CPU",
                "GreaterThan",
                "80",
                "91.5",
                "Average",
                Duration.ofHours(1),
                null),
            new Alert.Condition(
                "Network Out Total",
                "GreaterThan",
                "1000000",
                "7340032",
                "Total",
                Duration.ofHours(1),
                null));
    assertThat(what.condition()).isEqualTo(what.conditions().get(0));
  }

  @Test
  void aLogAlertIsNamedByWhatItsQueryMeasures() throws NotAnAlert {
    Alert.Condition condition =
        what("""
                {"windowSize": "PT10M", "allOf": [
                  {"searchQuery": "Heartbeat", "metricMeasureColumn": "CounterValue",
                   "operator": "LowerThan", "threshold": "1", "timeAggregation": "Count",
                   "metricValue": 0.0}]}
                """)
            .condition();

    assertThat(condition)
        .isEqualTo(
            new Alert.Condition(
                "CounterValue", "LowerThan", "1", "0.0", "Count", Duration.ofMinutes(10), null));
  }

  @Test
  void aLogAlertOfTheFirstVersionCountsItsResults() throws NotAnAlert {
    ObjectNode body = common();
    ((ObjectNode) body.get("data"))
        .set(
            "alertContext",
            json(
                """
                {"SearchIntervalInMinutes": "15", "ResultCount": 2, "Threshold": 1,
                 "Operator": "Greater Than"}
                """));

    assertThat(read(body).what().conditions())
        .containsExactly(
            new Alert.Condition(
                "ResultCount", "Greater Than", "1", "2", null, Duration.ofMinutes(15), null));
  }

  @ParameterizedTest
  @CsvSource({
    "25,25",
    "0.3,0.3",
    "-1.5,-1.5",
    "7.34E6,7340000",
    "none,",
    "NaN,",
    "1e999,",
    "0x10,",
    ","
  })
  void thresholdsAndValuesAreNumbersWhereTheyAre(String text, Double number) {
    Alert.Condition condition = new Alert.Condition("m", null, text, text, null, null, null);
    assertThat(condition.thresholdNumber()).isEqualTo(number);
    assertThat(condition.valueNumber()).isEqualTo(number);
  }

  // In 2018 the aggregation repeated the window.
  @ParameterizedTest
  @CsvSource({
    "PT5M,300,Total,Total",
    "PT5M,300,PT5M,",
    "P1D,86400,,",
    "5,,Average,Average",
    "PT0S,,Average,Average",
    "-PT5M,,Average,Average",
    "P400D,,Average,Average",
    "soon,,Average,Average",
  })
  void aWindowIsATimeOrNone(String window, Long seconds, String aggregation, String kept)
      throws NotAnAlert {
    Alert.Condition condition =
        what("""
                {"windowSize": "%s", "allOf": [
                  {"metricName": "m", "timeAggregation": "%s", "metricValue": 1}]}
                """
                .formatted(window, aggregation == null ? "" : aggregation))
            .condition();

    assertThat(condition.window()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    assertThat(condition.aggregation()).isEqualTo(kept);
  }

  @Test
  void criteriaAreBoundedInNumberAndLength() throws NotAnAlert {
    String many =
        IntStream.range(0, 30)
            .mapToObj(i -> "{\"metricName\": \"" + "m".repeat(5000) + "\"}")
            .collect(Collectors.joining(","));

    assertThat(what("{\"allOf\": [" + many + "]}").conditions())
        .hasSize(5)
        .allSatisfy(c -> assertThat(c.metric()).hasSize(200));
  }
}
