package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.functions.Calls.Said;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.simulator.RecordedRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scale sets: which of their machines is captured, and where its file is. */
class ScaleSetsTest {
  private static final String SETS =
      World.GROUP + "/providers/Microsoft.Compute/virtualMachineScaleSets/";
  private static final String MACHINE = "flexset_0a1b2c3d";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final World world;

  ScaleSetsTest() throws BadSettings, JsonProcessingException {
    world = new World();
    world.azure.mergeInventory(
        MAPPER.readTree(
            """
        {"scaleSets": [{"id": "%s", "location": "westcentralus", "instances": ["0", "1"],
           "orchestrationMode": "Flexible"}],
         "virtualMachines": [{"id": "%s", "location": "westcentralus"}]}
        """
                .formatted(SETS + "flexset", vm(MACHINE))));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String alert(String set, String machine, String condition) {
    return """
        {"schemaId": "azureMonitorCommonAlertSchema", "data": {"essentials": {
          "alertId": "split", "alertRule": "rule", "signalType": "Metric",
          "monitoringService": "Platform", "monitorCondition": "%s",
          "firedDateTime": "2026-03-01T02:00:00Z", "alertTargetIDs": ["%s"]},
         "alertContext": {"condition": {"allOf": [
           {"metricName": "m", "metricValue": 1,
            "dimensions": [{"name": "VMName", "value": "%s"}]}]}}}}
        """
        .formatted(condition, SETS + set, machine);
  }

  private Capture only() {
    assertThat(world.captures()).hasSize(1);
    return world.captures().get(0);
  }

  private static List<String> history(Capture c) {
    return c.history().stream().map(Capture.Entry::note).toList();
  }

  @Test
  void aMachineOfAFlexibleSetIsCapturedAloneAsTheVirtualMachineThatItIs() {
    Said said = world.http("alerts", alert("flexset", MACHINE, "Fired"));

    assertThat(said.body().path("captures").get(0).path("target").asText()).isEqualTo(vm(MACHINE));
    Capture c = world.end(only().id());
    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(c.file().path()).contains("/virtualmachines/" + MACHINE + "/");
    assertThat(history(c)).contains(MACHINE + " is named as a machine of scale set flexset");
  }

  @Test
  void theWholeSetIsCapturedWhereAzureKnowsNoSuchMachineAndItsHistorySaysWhy() {
    world.http("alerts", alert("flexset", "flexset_ffffffff", "Fired"));

    assertThat(only().target().id()).isEqualTo(SETS + "flexset");
    assertThat(history(only()))
        .contains(
            "flexset_ffffffff is named as a machine of scale set flexset, and Azure knows no such"
                + " machine: the whole set is captured");
  }

  @ParameterizedTest
  @CsvSource({"503, virtualMachines/flexset_0a1b2c3d", "403, virtualMachineScaleSets/flexset"})
  void anAzureThatDoesNotTellKeepsNoAlertFromItsCapture(int status, String target) {
    world.azure.addFault(Fault.answering("GET", MACHINE, status, "Some").withTimes(20));

    world.http("alerts", alert("flexset", MACHINE, "Fired"));

    assertThat(only().target().id()).endsWith(target);
    assertThat(history(only())).anyMatch(note -> note.contains("which was not found out"));
  }

  @Test
  void aListOfNamesKeepsAzureBusyNoLongerThanAFewDo() {
    String names =
        IntStream.range(0, 15)
            .mapToObj(i -> "{\"name\": \"VMName\", \"value\": \"flexset_%08x\"}".formatted(i))
            .collect(Collectors.joining(", "));
    world.http(
        "alerts",
        alert("flexset", MACHINE, "Fired")
            .replaceFirst("\"dimensions\": \\[.*?]", "\"dimensions\": [" + names + "]"));

    assertThat(only().target().id()).isEqualTo(SETS + "flexset");
    assertThat(world.requests()).filteredOn(asked -> asked.matches("GET flexset_\\w+")).hasSize(10);
  }

  @Test
  void theSameAlertOverEndsTheCaptureOfTheMachine() throws BadSettings {
    world.with("CAPTURE_STOP_ON_RESOLVED", "true");
    world.http("alerts", alert("flexset", MACHINE, "Fired"));
    world.http("alerts", alert("flexset", MACHINE, "Resolved"));

    assertThat(only().stop()).isNotNull();
  }

  @Test
  void aDryRunChecksTheMachineThatWouldBeCaptured() {
    Said said = world.http("alerts?dryRun=true", alert("flexset", MACHINE, "Fired"));

    assertThat(said.body().path("targets").get(0).path("target").asText()).isEqualTo(vm(MACHINE));
    assertThat(world.captures()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "web-vmss/virtualMachines/web-vmss_1, web-vmss/virtualMachines/1",
    "web-vmss/virtualMachines/1, web-vmss/virtualMachines/1",
  })
  void aPersonMayNameAnInstanceByItsNameOrItsNumber(String given, String taken) {
    for (String scheme : List.of("", "azure://")) {
      Said said = world.http("captures", "{\"target\": \"" + scheme + SETS + given + "\"}");
      assertThat(said.body().at("/captures/0/target").asText()).isEqualTo(SETS + taken);
    }
  }

  @Test
  void aPersonMayNameAMachineOfAFlexibleSetBelowTheSet() {
    String id = SETS + "flexset/virtualMachines/" + MACHINE;
    Said said = world.http("captures", "{\"target\": \"" + id + "\"}");
    assertThat(said.body().at("/captures/0/target").asText()).isEqualTo(vm(MACHINE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-vmss/virtualMachines/one", "flexset/virtualMachines/flexset_0"})
  void aPersonWhoNamesNoInstanceIsToldHowToNameOne(String given) {
    Said said = world.http("captures", "{\"target\": \"" + SETS + given + "\"}");

    boolean number = given.endsWith("_0");
    assertThat(said.status()).isEqualTo(number ? 202 : 400);
    if (!number) {
      assertThat(said.body().path("detail").asText())
          .contains("An instance is given by its number", "/virtualMachines/1");
      assertThat(world.captures()).isEmpty();
    }
  }

  @Test
  void noPathOfOursIsAskedForOfASetSoThatItsInstancesOverwriteNothing() throws BadSettings {
    world.with("CAPTURE_STORAGE_PATH", "packets/alerts");
    Capture set = world.end(idOf(world.alert(SETS + "web-vmss")));
    world.alert(SETS + "web-vmss/virtualMachines/1");

    assertThat(
            world.azure.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .map(RecordedRequest::body)
                .map(body -> body.contains("storagePath")))
        .containsExactly(false, true);
    assertThat(set.file().parts()).hasSize(3);
  }

  @Test
  void theMessageNamesAFileThatIsThere() throws Exception {
    Capture c = world.end(idOf(world.alert(SETS + "web-vmss")));
    world.tick();

    assertThat(c.file().parts())
        .extracting(part -> part.path().replaceAll(".*/", ""))
        .allMatch(name -> name.matches("web-vmss_[012]_packetCapture_.*\\.cap"));
    assertThat(text())
        .contains("File: " + c.file().parts().get(0).path())
        .contains("(the largest of 3 files, together ")
        .doesNotContain("File: " + c.file().path() + " ");
  }

  private String text() throws Exception {
    JsonNode event = MAPPER.readTree(world.events.get(0));
    return event.at("/data/text").asText();
  }

  @Test
  void oneInstanceHasOneFileBelowThatInstance() {
    Capture running = world.capture(idOf(world.alert(SETS + "web-vmss/virtualMachines/1")));
    assertThat(running.session().paths().storagePath())
        .matches(".*/virtualmachinescalesets/web-vmss/virtualMachines/1/.*packetCapture_.*\\.cap");

    Capture c = world.end(running.id());
    assertThat(c.file().parts()).hasSize(1);
    assertThat(history(c)).last().asString().contains("file: " + c.file().parts().get(0).path());
  }
}
