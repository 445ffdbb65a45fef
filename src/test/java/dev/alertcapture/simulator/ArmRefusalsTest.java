package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.SCALE_SET;
import static dev.alertcapture.simulator.SimulatedAzure.SUBSCRIPTION;
import static dev.alertcapture.simulator.SimulatedAzure.WATCHER;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.captureBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmRefusalsTest {
  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "stop", "queryStatus"})
  void aMissingCaptureIsNotFound(String what) {
    String id = CAPTURES + "/none";
    Reply reply = what.equals("get") ? azure.get(id) : azure.post(id + "/" + what);
    assertThat(reply.expect(404).text())
        .isEqualTo(
            """
            {"error":{"code":"NotFound","message":"Resource %s not found.","details":[]}}"""
                .formatted(id));
  }

  @Test
  void aMissingWatcherIsResourceNotFound() {
    String watcher = WATCHER.replace("westcentralus", "nowhere");
    assertThat(azure.get(watcher + "/packetCaptures").expect(404).text())
        .isEqualTo(
            """
            {"error":{"code":"ResourceNotFound","message":"The Resource \
            'Microsoft.Network/networkWatchers/NetworkWatcher_nowhere' under resource group \
            'NetworkWatcherRG' was not found. For more details please go to \
            https://aka.ms/ARMResourceNotFoundFix"}}""");
  }

  @Test
  void aSubscriptionThatIsNotThereHasNoWatchersToList() {
    assertThat(
            azure
                .get("/subscriptions/other/providers/Microsoft.Network/networkWatchers")
                .expect(404)
                .errorCode())
        .isEqualTo("SubscriptionNotFound");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"tags\": {}, \"properties\": {}}",
        "{\"properties\": {\"target\": \"t\", \"colour\": 1}}",
        "{\"properties\": {\"target\": 1}}",
        "{\"properties\": []}",
        "{\"properties\": {}} {}",
        "{\"properties\": ",
        "[]",
        ""
      })
  void aBodyThatCannotBeParsedIsInvalidRequestFormat(String body) {
    Reply reply = azure.put(CAPTURES + "/pc", body).expect(400);
    assertThat(reply.errorCode()).isEqualTo("InvalidRequestFormat");
    assertThat(reply.at("error.message").asText()).isEqualTo("Cannot parse the request.");
    assertThat(reply.at("error.details.0.code").asText()).isEqualTo("InvalidJson");
  }

  @Test
  void anUnknownMemberIsNamed() {
    Reply reply =
        azure.put(CAPTURES + "/pc", captureBody(WEB_01, ", \"filters\": [{\"port\": \"80\"}]"));
    assertThat(reply.expect(400).at("error.details.0.message").asText())
        .startsWith(
            "Could not find member 'port' on object of type 'PacketCaptureFilter'. Path"
                + " 'properties.filters[0].port'");
  }

  @ParameterizedTest
  @CsvSource({
    "a.b_c-d, 201",
    "_, 201",
    "a%20b, 400",
    "-a, 400",
    "a-, 400",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 201",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 400"
  })
  void namesFollowTheGeneralRule(String name, int status) {
    Reply reply = azure.put(CAPTURES + "/" + name, captureBody(WEB_01, "")).expect(status);
    if (status == 400) {
      assertThat(reply.errorCode()).isEqualTo("InvalidResourceName");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"timeLimitInSeconds\": 18001 | SimulatorValueOutOfRange",
        "\"bytesToCapturePerPacket\": 4294967296 | SimulatorValueOutOfRange",
        "\"totalBytesPerSession\": -1 | SimulatorValueOutOfRange",
        "\"filters\": [{\"protocol\": \"ICMP\"}] | InvalidRequestFormat",
        "\"targetType\": \"AzureVMSS\" | SimulatorInvalidTarget",
      })
  void valuesThatCannotBeAreRefused(String member, String code) {
    assertThat(
            azure.put(CAPTURES + "/pc", captureBody(WEB_01, ", " + member)).expect(400).errorCode())
        .isEqualTo(code);
  }

  @Test
  void filtersAreTakenUnread() {
    azure
        .put(
            CAPTURES + "/pc",
            captureBody(WEB_01, ", \"filters\": [{\"localIPAddress\": \"1.1.1.1-255.255\"}]"))
        .expect(201);
  }

  @Test
  void aTargetMustExistAndBeOfItsType() {
    assertThat(azure.put(CAPTURES + "/a", captureBody(WEB_01 + "x", "")).expect(404).errorCode())
        .isEqualTo("SimulatorTargetNotFound");
    assertThat(azure.put(CAPTURES + "/b", captureBody(SCALE_SET, "")).expect(400).errorCode())
        .isEqualTo("SimulatorInvalidTarget");
    String ninth = ", \"targetType\": \"AzureVMSS\", \"scope\": {\"include\": [\"9\"]}";
    assertThat(azure.put(CAPTURES + "/c", captureBody(SCALE_SET, ninth)).expect(404).errorCode())
        .isEqualTo("SimulatorTargetNotFound");
    String elsewhere = CAPTURES.replace("westcentralus", "chinanorth");
    assertThat(azure.put(elsewhere + "/d", captureBody(WEB_01, "")).expect(400).errorCode())
        .isEqualTo("SimulatorTargetInOtherRegion");
  }

  @Test
  void aNameIsTakenUntilItsSessionIsGone() {
    azure.capture("pc", WEB_01, "");
    assertThat(azure.put(CAPTURES + "/PC", captureBody(WEB_01, "")).expect(409).errorCode())
        .isEqualTo("SimulatorPacketCaptureAlreadyExists");
  }

  @Test
  void everyArmCallNeedsAnApiVersion() {
    Reply reply = azure.send("GET", azure.simulator.uri().resolve(CAPTURES), "").expect(400);
    assertThat(reply.errorCode()).isEqualTo("MissingApiVersionParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Basic YTpi"})
  void everyArmCallNeedsAToken(String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(azure.arm(CAPTURES));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    Reply reply = azure.send(request).expect(401);
    assertThat(reply.errorCode()).isEqualTo("AuthenticationFailed");
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void callsThatAreNotSimulatedSaySo() {
    assertThat(azure.get(SUBSCRIPTION + "/resourceGroups/x").expect(404).errorCode())
        .isEqualTo("SimulatorNotSupported");
    assertThat(azure.delete(WATCHER).expect(405).errorCode()).isEqualTo("SimulatorNotSupported");
  }
}
