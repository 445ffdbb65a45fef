package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.AlertReader;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.traffic.Incident;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SampleAlertTest {
  private static final Instant NOW = Instant.parse("2026-03-01T02:03:04.567891Z");

  @Test
  void itIsAFiredMetricAlertOfTheCommonSchemaOnTheMachine() throws NotAnAlert {
    Alert alert = read(Incident.BACKUP, NOW);

    assertThat(alert.what().schema()).isEqualTo("common");
    assertThat(alert.kind()).isEqualTo(Alert.Kind.METRIC);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRED);
    assertThat(alert.targets())
        .singleElement()
        .satisfies(target -> assertThat(target.id()).isEqualToIgnoringCase(SampleAlert.TARGET));
    assertThat(alert.what().condition())
        .isEqualTo(condition("Network Out Total", "36000000", "140000000"));
  }

  @Test
  void eachIncidentHasItsOwn() throws NotAnAlert {
    assertThat(read(Incident.CHECKOUT, NOW).what().condition())
        .isEqualTo(condition("Checkout Errors", "20", "143"));
    assertThat(read(Incident.CPU, NOW).what().condition())
        .isEqualTo(condition("Percentage CPU", "85", "97.25"));
    assertThat(read(Incident.OVER, NOW).what().condition())
        .isEqualTo(condition("Network Out Total", "3000000000", "3400000000"));
  }

  @Test
  void itIsAnotherAlertEachTimeItFires() throws NotAnAlert {
    String key = read(Incident.CPU, NOW).what().key();

    assertThat(read(Incident.CPU, NOW).what().key()).isEqualTo(key);
    assertThat(read(Incident.CPU, NOW.plusSeconds(1)).what().key()).isNotEqualTo(key);
  }

  @Test
  void itsWindowIsTheFiveMinutesBeforeItFired() throws IOException {
    JsonNode alert =
        new ObjectMapper().readTree(SampleAlert.of(Incident.OVER, SampleAlert.TARGET, NOW));
    JsonNode condition = alert.at("/data/alertContext/condition");

    assertThat(condition.path("windowSize").asText()).isEqualTo("PT5M");
    assertThat(condition.path("windowStartTime").asText()).isEqualTo("2026-03-01T01:58:04.567Z");
    assertThat(condition.path("windowEndTime").asText())
        .isEqualTo(alert.at("/data/essentials/firedDateTime").asText())
        .isEqualTo("2026-03-01T02:03:04.567Z");
  }

  private static Alert read(Incident incident, Instant now) throws NotAnAlert {
    return new AlertReader().read(SampleAlert.of(incident, SampleAlert.TARGET, now));
  }

  private static Alert.Condition condition(String metric, String threshold, String value) {
    return new Alert.Condition(
        metric,
        "GreaterThan",
        threshold,
        value,
        metric.startsWith("Percentage") ? "Average" : "Total",
        Duration.ofMinutes(5),
        null);
  }
}
