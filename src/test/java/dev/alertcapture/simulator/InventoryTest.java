package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.COMPUTE;
import static dev.alertcapture.simulator.SimulatedAzure.SCALE_SET;
import static dev.alertcapture.simulator.SimulatedAzure.SUBSCRIPTION;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.captureBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
  private static final String OTHER = "/subscriptions/not-a-guid";
  private static final String WATCHERS = "/providers/Microsoft.Network/networkWatchers";

  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @ParameterizedTest
  @CsvSource({
    "web-01, Linux, NetworkWatcherAgentLinux, PowerState/running",
    "web-02, Linux, NetworkWatcherAgentLinux, PowerState/running",
    "sql-01, Windows, NetworkWatcherAgentWindows, PowerState/running",
    "no-agent, Linux, , PowerState/running",
    "stopped, Linux, NetworkWatcherAgentLinux, PowerState/deallocated"
  })
  void theDefaultMachinesAreThere(String name, String os, String agent, String power) {
    String id = COMPUTE + "/virtualMachines/" + name;
    Reply vm = azure.get(id.toUpperCase(Locale.ROOT)).expect(200);
    assertThat(vm.at("id").asText()).isEqualTo(id);
    assertThat(vm.at("name").asText()).isEqualTo(name);
    assertThat(vm.at("type").asText()).isEqualTo("Microsoft.Compute/virtualMachines");
    assertThat(vm.at("location").asText()).isEqualTo("westcentralus");
    assertThat(vm.at("properties.storageProfile.osDisk.osType").asText()).isEqualTo(os);
    List<String> agents = agent == null ? List.of() : List.of(agent);
    assertThat(azure.get(id + "/extensions").expect(200).json().findValuesAsText("name"))
        .isEqualTo(agents);
    URI expanded = URI.create(azure.arm(id) + "&$expand=instanceView");
    assertThat(azure.send("GET", expanded, "").json().findValuesAsText("code"))
        .containsExactly(power);
  }

  @Test
  void theDefaultScaleSetHasThreeInstances() {
    assertThat(azure.get(SCALE_SET).expect(200).at("type").asText())
        .isEqualTo("Microsoft.Compute/virtualMachineScaleSets");
    Reply instance = azure.get(SCALE_SET + "/virtualMachines/2").expect(200);
    assertThat(instance.at("location").asText()).isEqualTo("westcentralus");
    assertThat(instance.at("instanceId").asText()).isEqualTo("2");
    azure.get(SCALE_SET + "/virtualMachines/3").expect(404);
  }

  @Test
  void aMachineThatIsNotThereIsResourceNotFound() {
    Reply reply = azure.get(COMPUTE + "/virtualMachines/none").expect(404);
    assertThat(reply.errorCode()).isEqualTo("ResourceNotFound");
    assertThat(reply.at("error.message").asText())
        .startsWith(
            "The Resource 'Microsoft.Compute/virtualMachines/none' under resource group"
                + " 'PacketCaptureRG' was not found.");
  }

  @Test
  void mergingAddsReplacesAndKeeps() {
    merge(
            """
        {"virtualMachines": [
          {"id": "%s/virtualMachines/new", "location": "chinanorth"},
          {"id": "%s/virtualMachines/WEB-02", "location": "westcentralus", "os": "Windows"}]}"""
                .formatted(COMPUTE, COMPUTE))
        .expect(204);
    assertThat(azure.get(COMPUTE + "/virtualMachines/new").expect(200).at("location").asText())
        .isEqualTo("chinanorth");
    assertThat(azure.get(COMPUTE + "/virtualMachines/web-02").json().toString())
        .contains("WEB-02", "Windows");
    azure.get(WEB_01).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"machines\": []}",
        "{\"virtualMachines\": [{\"id\": \"web-09\", \"location\": \"westus\"}]}",
        "{\"networkWatchers\": [{\"id\": \"{vm}\", \"location\": \"westus\"}]}",
        "{\"virtualMachines\": [{\"id\": \"{vm}\"}]}",
        "{\"virtualMachines\": [{\"id\": \"{vm}\", \"location\": \"West US\"}]}",
        "{\"virtualMachines\": [null]}",
        "{\"unknownTargets\": \"West US\"}",
        "null",
        "[]"
      })
  void whatIsNoInventoryIsRefused(String document) {
    merge(document.replace("{vm}", COMPUTE + "/virtualMachines/web-09")).expect(400);
    azure.get(COMPUTE + "/virtualMachines/web-09").expect(404);
  }

  @Test
  void unknownTargetsExistWhereTheyAreSaidTo() {
    merge("{\"unknownTargets\": \"eastus\"}").expect(204);
    String compute = OTHER + "/resourceGroups/any/providers/Microsoft.Compute/";
    for (String id :
        List.of(
            "virtualMachines/vm",
            "virtualMachineScaleSets/set",
            "virtualMachineScaleSets/set/virtualMachines/7")) {
      assertThat(azure.get(compute + id).expect(200).at("location").asText()).isEqualTo("eastus");
    }
    Reply watchers = azure.get(OTHER + WATCHERS).expect(200);
    assertThat(watchers.at("value").findValuesAsText("location"))
        .contains("eastus", "westus", "westcentralus", "chinanorth")
        .doesNotHaveDuplicates();
    for (String id : watchers.at("value").findValuesAsText("id")) {
      azure
          .put(id + "/packetCaptures/pc", captureBody(compute + "virtualMachines/vm", ""))
          .expect(201);
    }

    merge("{\"unknownTargets\": null}").expect(204);
    azure.get(compute + "virtualMachines/vm").expect(404);
    azure.get(OTHER + WATCHERS).expect(404);
  }

  @Test
  void unknownTargetsLeaveTheListedWatchersAlone() {
    merge("{\"unknownTargets\": \"eastus\"}").expect(204);
    List<String> ids =
        azure.get(SUBSCRIPTION + WATCHERS).expect(200).at("value").findValuesAsText("id");
    assertThat(ids).contains(SimulatedAzure.WATCHER).hasSize(4).doesNotHaveDuplicates();
  }

  private Reply merge(String document) {
    return azure.control("PUT", "inventory", document);
  }
}
