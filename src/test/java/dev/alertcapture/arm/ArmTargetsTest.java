package dev.alertcapture.arm;

import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.target;
import static dev.alertcapture.arm.ArmFixture.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArmTargetsTest {
  private final ArmFixture azure = new ArmFixture();

  @AfterEach
  void close() {
    azure.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "virtualMachines/web-01",
        "virtualMachines/WEB-01",
        "virtualMachineScaleSets/web-vmss",
        "virtualMachineScaleSets/web-vmss/virtualMachines/7"
      })
  void theRegionOfATargetIsFoundWithOneRequest(String machine) throws PortException {
    assertThat(azure.targets.region(target(machine), soon())).isEqualTo("westcentralus");
    assertThat(azure.simulator.requests()).hasSize(1);
    assertThat(azure.lastRequest().path()).isEqualTo(target(machine).resourceId());
  }

  @Test
  void aTargetThatIsNotThereIsSaidToBeMissing() {
    Target gone = target("virtualMachines/gone");
    PortException trouble = trouble(() -> azure.targets.region(gone, soon()));
    assertThat(trouble.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    assertThat(trouble.detail()).startsWith("looking up " + gone.id() + ": 404 ResourceNotFound, ");
  }

  @ParameterizedTest
  @CsvSource({
    "flexset, flexset_0a1b2c3d, true, 1",
    "flexset, flexset_gone, false, 1",
    "flexset, web-01, true, 2",
    "flexset, gone, false, 2",
    "web-vmss, web-01, false, 1",
    "goneset, web-01, false, 1",
  })
  void aMachineOfAFlexibleSetIsAVirtualMachineOfItsGroup(
      String set, String name, boolean is, int requests) throws Exception {
    azure.simulator.mergeInventory(
        new ObjectMapper()
            .readTree(
                """
        {"scaleSets": [{"id": "%s", "location": "westcentralus", "orchestrationMode": "Flexible"}],
         "virtualMachines": [{"id": "%s", "location": "westcentralus"}]}
        """
                    .formatted(
                        target("virtualMachineScaleSets/flexset"),
                        target("virtualMachines/flexset_0a1b2c3d"))));
    Target named = target("virtualMachineScaleSets/" + set + "/virtualMachines/" + name);

    assertThat(azure.targets.isMachine(named, soon())).isEqualTo(is);
    assertThat(azure.simulator.requests()).hasSize(requests);
  }

  @Test
  void aRefusalToLookIsNoNo() {
    azure.simulator.addFault(
        Fault.answering("GET", "virtualMachines/web-vmss_a", 403, "AuthorizationFailed"));
    Target named = target("virtualMachineScaleSets/web-vmss/virtualMachines/web-vmss_a");
    assertThat(trouble(() -> azure.targets.isMachine(named, soon())).reason())
        .isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void aNameIsEncodedAsOneSegment() throws Exception {
    try (StubServer stub =
        StubServer.answering(StubServer.json(200, "{\"location\": \"West Central US\"}"))) {
      Target odd =
          Target.parse(
                  "/subscriptions/s/resourceGroups/Ä(1)/providers/Microsoft.Compute/virtualMachines/a")
              .orElseThrow();
      assertThat(new ArmTargets(ArmFixture.client(stub.uri())).region(odd, soon()))
          .isEqualTo("westcentralus");
      assertThat(stub.requests().get(0).uri().getRawPath())
          .isEqualTo(
              "/subscriptions/s/resourceGroups/%C3%84%281%29/providers/Microsoft.Compute/virtualMachines/a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"location\": \"\"}", "{\"location\": \"west/us\"}"})
  void anAnswerWithoutARegionIsRefused(String body) {
    try (StubServer stub = StubServer.answering(StubServer.json(200, body))) {
      ArmTargets targets = new ArmTargets(ArmFixture.client(stub.uri()));
      assertThat(trouble(() -> targets.region(WEB_01, soon())).reason()).isEqualTo(Reason.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{\"location\": \"west", "<html>", "[]"})
  void anAnswerThatIsNotUnderstoodMayBeBetterNextTime(String body) {
    try (StubServer stub = StubServer.answering(StubServer.json(200, body))) {
      ArmTargets targets = new ArmTargets(ArmFixture.client(stub.uri()));
      assertThat(trouble(() -> targets.region(WEB_01, soon())).reason()).isNull();
    }
  }
}
