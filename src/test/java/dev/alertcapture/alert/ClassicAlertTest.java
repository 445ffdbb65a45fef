package dev.alertcapture.alert;

import static dev.alertcapture.alert.Bodies.GROUP;
import static dev.alertcapture.alert.Bodies.VM;
import static dev.alertcapture.alert.Bodies.classic;
import static dev.alertcapture.alert.Bodies.json;
import static dev.alertcapture.alert.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassicAlertTest {
  private static final String RULE_ID = GROUP + "/providers/microsoft.insights/alertrules/slow";

  private static Alert.Condition condition(String threshold, String value) {
    return new Alert.Condition(
        "TCP segments", "LessThan", threshold, value, "Average", Duration.ofMinutes(15), "Count");
  }

  @Test
  void everythingOfAnActivatedAlertIsRead() throws NotAnAlert {
    assertThat(read(classic()))
        .isEqualTo(
            new Alert(
                Alert.Kind.METRIC,
                Alert.State.FIRED,
                List.of(Target.parse(VM).orElseThrow()),
                List.of(),
                "westcentralus",
                Map.of(),
                new Alert.Details(
                        "classic",
                        RULE_ID + " 2018-02-03T04:05:06.1234567Z",
                        "slow",
                        null,
                        "Till 7 is slow",
                        Instant.parse("2018-02-03T04:05:06.1234567Z"),
                        condition("1", "0.5"))
                    .keyedBy(RULE_ID)));
  }

  @Test
  void pascalCaseIsReadAlike() throws NotAnAlert {
    JsonNode respelled = Bodies.renamed(classic(), Bodies::pascalCase);
    assertThat(read(respelled)).isEqualTo(read(classic()));
  }

  @ParameterizedTest
  @CsvSource({"Activated,FIRED", "Resolved,RESOLVED", "Suspended,OTHER", "7,OTHER"})
  void theStateFollowsTheStatus(String word, Alert.State state) throws NotAnAlert {
    assertThat(read(classic().put("status", word)).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"Metric,METRIC", "metric,METRIC", "Event,OTHER", "Webtest,OTHER", ",OTHER"})
  void onlyAMetricConditionIsAMetricAlert(String type, Alert.Kind kind) throws NotAnAlert {
    assertThat(read(classic(c -> c.put("conditionType", type))).kind()).isEqualTo(kind);
  }

  @Test
  void anAutoscaleNotificationIsNoMetricAlertWhateverItSays() throws NotAnAlert {
    ObjectNode scaled = classic().put("operation", "Scale Out").put("version", "1.0");
    ObjectNode resized = classic(c -> c.put("oldCapacity", "2"));
    for (ObjectNode body : List.of(scaled, resized)) {
      Alert alert = read(body);
      assertThat(alert.kind()).isEqualTo(Alert.Kind.OTHER);
      assertThat(alert.what().schema()).isEqualTo("autoscale");
    }
  }

  @Test
  void numbersAreReadAsTexts() throws NotAnAlert {
    ObjectNode body = classic();
    ((ObjectNode) body.at("/context/condition")).put("threshold", 1).put("metricValue", 0.25);
    assertThat(read(body).what().condition()).isEqualTo(condition("1", "0.25"));
  }

  @Test
  void withoutATimestampThereIsNoKey() throws NotAnAlert {
    for (Consumer<ObjectNode> change :
        List.<Consumer<ObjectNode>>of(
            c -> c.remove("timestamp"),
            c -> c.putNull("timestamp"),
            c -> c.put("timestamp", ""),
            c -> c.putObject("timestamp"))) {
      Alert alert = read(classic(change));
      assertThat(alert.what().key()).isNull();
      assertThat(alert.what().firedAt()).isNull();
    }
  }

  @Test
  void withoutARuleIdTheKeyHasTheRulesName() throws NotAnAlert {
    assertThat(read(classic(c -> c.remove("id"))).what().key())
        .isEqualTo("slow 2018-02-03T04:05:06.1234567Z");
  }

  @Test
  void twoAlertsOfARuleHaveDifferentKeys() throws NotAnAlert {
    assertThat(read(classic(c -> c.put("timestamp", "2018-02-03T05:00:00Z"))).what().key())
        .isNotEqualTo(read(classic()).what().key());
  }

  @ParameterizedTest
  @CsvSource({
    "westus,westus",
    "West US 2,westus2",
    ",",
    "'',",
    "west/../us,",
    "west%2fus,",
    "'we\u0000st',"
  })
  void aRegionIsNormalisedOrLeftOut(String said, String region) throws NotAnAlert {
    assertThat(read(classic(c -> c.put("resourceRegion", said))).region()).isEqualTo(region);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/providers/Microsoft.Web/sites/shop",
        "/providers/Microsoft.ClassicCompute/virtualMachines/till-7",
        "/providers/Microsoft.Compute/virtualMachines/till-7/extensions/agent"
      })
  void whatIsNoMachineIsNoTarget(String id) throws NotAnAlert {
    Alert alert = read(classic(c -> c.put("resourceId", GROUP + id)));
    assertThat(alert.targets()).isEmpty();
    assertThat(alert.others()).containsExactly(GROUP + id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "\"\"", "[{\"metricName\": \"a\"}]"})
  void anEmptyConditionIsNone(String condition) throws NotAnAlert {
    Alert alert = read(classic(c -> c.set("condition", json(condition))));
    assertThat(alert.what().condition()).isNull();
  }

  @Test
  void withAnySchemaIdItIsNoClassicAlert() {
    for (String id : List.of("\"AzureMonitorMetricAlert\"", "{}", "1")) {
      ObjectNode body = classic();
      body.set("schemaId", json(id));
      assertThatThrownBy(() -> read(body)).as(id).isInstanceOf(NotAnAlert.class);
    }
  }

  @Test
  void aSchemaIdOfNullIsNone() throws NotAnAlert {
    assertThat(read(classic().putNull("schemaId"))).isEqualTo(read(classic()));
  }
}
