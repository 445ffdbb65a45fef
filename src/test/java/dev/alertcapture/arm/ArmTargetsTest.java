package dev.alertcapture.arm;

import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.target;
import static dev.alertcapture.arm.ArmFixture.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
