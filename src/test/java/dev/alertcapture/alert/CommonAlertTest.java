package dev.alertcapture.alert;

import static dev.alertcapture.alert.Bodies.COMPUTE;
import static dev.alertcapture.alert.Bodies.GROUP;
import static dev.alertcapture.alert.Bodies.VM;
import static dev.alertcapture.alert.Bodies.common;
import static dev.alertcapture.alert.Bodies.json;
import static dev.alertcapture.alert.Bodies.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonAlertTest {
  private static final String ALERT_ID =
      "/subscriptions/9/providers/Microsoft.AlertsManagement/alerts/77-aa";

  @Test
  void everythingOfAFiredAlertIsRead() throws NotAnAlert {
    assertThat(read(common()))
        .isEqualTo(
            new Alert(
                Alert.Kind.METRIC,
                Alert.State.FIRED,
                List.of(Target.parse(VM).orElseThrow()),
                List.of(),
                null,
                Map.of(),
                new Alert.Details(
                        "common",
                        ALERT_ID,
                        "Retransmits 5% <prod>",
                        "Sev2",
                        "Till 7 is slow",
                        Instant.parse("2026-03-01T04:05:06.789Z"),
                        null)
                    .measuring(
                        List.of(
                            new Alert.Condition(
                                "TCP Retransmits",
                                "GreaterThan",
                                "25",
                                "31.5",
                                "Total",
                                Duration.ofMinutes(5),
                                null),
                            new Alert.Condition(
                                "Another", null, null, "1", null, Duration.ofMinutes(5), null)))));
  }

  @ParameterizedTest
  @CsvSource({
    "Fired,FIRED",
    "fired,FIRED",
    "Activated,FIRED",
    "Resolved,RESOLVED",
    "Deactivated,RESOLVED",
    "Acknowledged,OTHER",
    ",OTHER"
  })
  void theStateFollowsTheMonitorCondition(String word, Alert.State state) throws NotAnAlert {
    assertThat(read(common(e -> e.put("monitorCondition", word))).state()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "Metric,METRIC",
    "metric,METRIC",
    "Log,LOG",
    "Activity Log,ACTIVITY_LOG",
    "ActivityLog,ACTIVITY_LOG",
    ",OTHER"
  })
  void theKindFollowsTheSignalType(String word, Alert.Kind kind) throws NotAnAlert {
    assertThat(read(common(e -> e.put("signalType", word))).kind()).isEqualTo(kind);
  }

  @Test
  void propertyNamesMayBeInAnyLetterCase() throws NotAnAlert {
    List<UnaryOperator<String>> spellings =
        List.of(
            Bodies::pascalCase,
            name -> name.toLowerCase(Locale.ROOT),
            name -> name.toUpperCase(Locale.ROOT),
            name -> name.equals("alertTargetIDs") ? "alertTargetIds" : name);
    for (UnaryOperator<String> spelling : spellings) {
      JsonNode respelled = Bodies.renamed(common(), spelling);
      assertThat(respelled).isNotEqualTo(common());
      assertThat(read(respelled)).as(respelled.toString()).isEqualTo(read(common()));
    }
  }

  @Test
  void theExactNameWinsOverAnotherLetterCase() throws NotAnAlert {
    Alert alert =
        read(
            common(
                e -> {
                  e.remove("severity");
                  e.put("SEVERITY", "Sev4").put("severity", "Sev0");
                }));
    assertThat(alert.what().severity()).isEqualTo("Sev0");
  }

  @Test
  void theKeyIsTheSameWhenFiredAndWhenResolved() throws NotAnAlert {
    for (String without : List.of("nothing", "alertId")) {
      Alert fired = read(common(e -> e.remove(without)));
      Alert resolved =
          read(
              common(
                  e -> {
                    e.remove(without);
                    e.put("monitorCondition", "Resolved");
                    e.put("resolvedDateTime", "2026-03-01T05:00:00Z");
                  }));
      assertThat(resolved.what().key()).isNotNull().isEqualTo(fired.what().key());
    }
  }

  @Test
  void withoutAlertIdTheKeyIsRuleAndTime() throws NotAnAlert {
    assertThat(read(common(e -> e.remove("alertId"))).what().key())
        .isEqualTo("Retransmits 5% <prod> 2026-03-01T04:05:06.789Z");
  }

  @Test
  void withoutAlertIdAndTimeThereIsNoKey() throws NotAnAlert {
    assertThat(read(common(e -> e.remove(List.of("alertId", "firedDateTime")))).what().key())
        .isNull();
  }

  @Test
  void aTargetThatIsNamedTwiceInOtherLetterCaseIsOne() throws NotAnAlert {
    String other = VM.toUpperCase(Locale.ROOT);
    String second = COMPUTE + "/virtualMachineScaleSets/tills/virtualMachines/3";
    assertThat(read(common(e -> targets(e, VM, second, other, " " + second + "/ "))).targets())
        .extracting(Target::key)
        .containsExactly(VM, second.toLowerCase(Locale.ROOT));
  }

  @Test
  void aScaleSetAndItsInstanceAreTwoTargets() throws NotAnAlert {
    String set = COMPUTE + "/virtualmachinescalesets/tills";
    assertThat(read(common(e -> targets(e, set, set + "/virtualmachines/3"))).targets())
        .extracting(Target::kind)
        .containsExactly(Target.Kind.SCALE_SET, Target.Kind.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GROUP + "/providers/microsoft.storage/storageaccounts/till",
        GROUP + "/providers/microsoft.classiccompute/virtualmachines/till-7",
        VM + "/extensions/agent",
        VM + "/virtualmachines/3",
        COMPUTE + "/virtualmachinescalesets/tills/virtualmachines/3/networkinterfaces/nic",
        COMPUTE + "/virtualmachines/..",
        COMPUTE + "/virtualmachines/a%2fb",
        COMPUTE + "/virtualmachines/a?b=c",
        "/subscriptions/../resourcegroups/a/providers/microsoft.compute/virtualmachines/b",
        "x" + VM,
        "https://management.azure.com" + VM,
        GROUP,
        "till-7"
      })
  void whatIsNoMachineIsKeptApart(String id) throws NotAnAlert {
    Alert alert = read(common(e -> targets(e, id, VM)));
    assertThat(alert.targets()).extracting(Target::id).hasSize(1);
    assertThat(alert.others()).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "\"\"", "[null, \" \", {}, []]", "[[\"VM\"]]"})
  void anAlertMayHaveNoTargets(String targets) throws NotAnAlert {
    Alert alert = read(common(e -> e.set("alertTargetIDs", json(targets.replace("VM", VM)))));
    assertThat(alert.targets()).isEmpty();
    assertThat(alert.others()).isEmpty();
  }

  @Test
  void anObjectInThePlaceOfTargetsNamesNone() throws NotAnAlert {
    Alert alert = read(common(e -> e.putObject("alertTargetIDs").put("first", VM)));
    assertThat(alert.targets()).isEmpty();
    assertThat(alert.others()).isEmpty();
  }

  @Test
  void oneTargetMayStandWithoutItsArray() throws NotAnAlert {
    assertThat(read(common(e -> e.put("alertTargetIDs", VM))).targets()).hasSize(1);
  }

  @Test
  void targetsAreReadFromNowhereElse() throws NotAnAlert {
    ObjectNode body = common(e -> e.remove("alertTargetIDs"));
    ((ObjectNode) body.at("/data/essentials")).putArray("configurationItems").add(VM);
    ((ObjectNode) body.get("data")).putObject("customProperties").put("alertTargetIDs", VM);
    assertThat(read(body).targets()).isEmpty();
  }

  @Test
  void absentAndNullAndBlankTextsAreAlike() throws NotAnAlert {
    List<String> optional =
        List.of("alertId", "alertRule", "severity", "firedDateTime", "description");
    Alert absent = read(common(e -> e.remove(optional)));
    Alert empty = read(common(e -> optional.forEach(e::putNull)));
    Alert blank = read(common(e -> optional.forEach(name -> e.set(name, TextNode.valueOf(" ")))));
    assertThat(absent.what().rule()).isEqualTo("without a name");
    assertThat(absent.what())
        .extracting(
            Alert.Details::key,
            Alert.Details::severity,
            Alert.Details::description,
            Alert.Details::firedAt)
        .containsOnlyNulls();
    assertThat(empty).isEqualTo(absent);
    assertThat(blank).isEqualTo(absent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "[1]", "{\"a\": [\"Fired\"]}"})
  void aTextOfAnotherTypeCountsAsAbsent(String value) throws NotAnAlert {
    List<String> texts =
        List.of("alertId", "alertRule", "severity", "firedDateTime", "monitorCondition");
    Alert wrong = read(common(e -> texts.forEach(name -> e.set(name, json(value)))));
    assertThat(wrong).isEqualTo(read(common(e -> e.remove(texts))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "[]", "\"none\"", "5", "{\"allOf\": {\"metricName\": \"a\"}}"})
  void withoutAMeasurementThereIsNoCondition(String condition) throws NotAnAlert {
    ObjectNode body = common();
    ((ObjectNode) body.at("/data/alertContext")).set("condition", json(condition));
    assertThat(read(body).what().condition()).isNull();
    ((ObjectNode) body.get("data")).set("alertContext", json(condition));
    assertThat(read(body).what().condition()).isNull();
  }

  @Test
  void numbersAndTruthValuesCountAsTexts() throws NotAnAlert {
    Alert alert =
        read(common(e -> e.put("severity", 3).put("alertId", 12L).put("alertRule", true)));
    assertThat(alert.what().severity()).isEqualTo("3");
    assertThat(alert.what().key()).isEqualTo("12");
    assertThat(alert.what().rule()).isEqualTo("true");
  }

  @Test
  void textsAndOtherTargetsAreBounded() throws NotAnAlert {
    String[] many = new String[500];
    for (int i = 0; i < many.length; i++) {
      many[i] = "no machine " + i;
    }
    Alert alert = read(common(e -> targets(e.put("alertRule", "r".repeat(5000)), many)));
    assertThat(alert.what().rule()).hasSize(1024);
    assertThat(alert.others()).hasSize(20).startsWith("no machine 0");
  }

  @Test
  void halfACharacterIsReplaced() throws NotAnAlert {
    String grin = "\uD83D\uDE00";
    Alert cut = read(common(e -> e.put("alertRule", "r".repeat(1023) + grin)));
    assertThat(cut.what().rule()).isEqualTo("r".repeat(1023) + "?");
    String body = common(e -> e.put("alertRule", "HALF")).toString();
    Alert sent = new AlertReader().read(body.replace("HALF", "a\\udc00b" + grin));
    assertThat(sent.what().rule()).isEqualTo("a?b" + grin);
  }

  private static void targets(ObjectNode essentials, String... ids) {
    ArrayNode targets = essentials.putArray("alertTargetIDs");
    List.of(ids).forEach(targets::add);
  }
}
