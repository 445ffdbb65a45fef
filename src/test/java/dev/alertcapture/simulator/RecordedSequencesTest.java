package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.ACCOUNT;
import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.SUBSCRIPTION;
import static dev.alertcapture.simulator.SimulatedAzure.WATCHER;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exchanges of the recordings 01, 02, 03 and 06, in their order. */
class RecordedSequencesTest {
  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void recording01TheLifeOfACaptureIntoAFileOnTheVm() {
    Reply watchers =
        azure.get(SUBSCRIPTION + "/providers/Microsoft.Network/networkWatchers").expect(200);
    assertThat(watchers.at("value").findValuesAsText("location"))
        .containsExactly("westcentralus", "chinanorth");
    assertThat(watchers.json().has("nextLink")).isFalse();

    azure.put(CAPTURES + "/capture1", body01()).expect(201);
    Reply created = azure.put(CAPTURES + "/capture2", body01()).expect(201);
    assertThat(created.optional("Location")).isEmpty();
    assertThat(created.optional("ETag")).isEmpty();
    assertThat(created.header("Azure-AsyncNotification")).isEqualTo("Enabled");
    assertThat(created.header("Azure-AsyncOperation"))
        .startsWith(
            azure.simulator.uri()
                + SUBSCRIPTION
                + "/providers/Microsoft.Network/locations/westcentralus/operations/"
                + created.header("x-ms-request-id")
                + "?api-version=2024-05-01&t=");
    assertThat(created.json()).isEqualTo(resource01("Updating", created));

    azure.clock.advance(Duration.ofSeconds(2));
    Reply polled = azure.poll(created).expect(200);
    assertThat(polled.text()).isEqualTo("{\"status\":\"Succeeded\"}");
    assertThat(polled.optional("Retry-After")).isEmpty();

    Reply capture2 = azure.get(CAPTURES + "/capture2").expect(200);
    assertThat(capture2.json()).isEqualTo(resource01("Succeeded", capture2));
    String etag = capture2.header("ETag");
    assertThat(etag)
        .isEqualTo(capture2.at("etag").asText())
        .isEqualTo(azure.get(CAPTURES + "/capture1").header("ETag"))
        .isEqualTo(azure.get(WATCHER).at("etag").asText())
        .isNotEqualTo(created.at("etag").asText());

    Reply stopped = azure.post(CAPTURES + "/capture1/stop").expect(202);
    assertAcceptedWithBothUrls(stopped);
    azure.clock.advance(Duration.ofSeconds(1));
    assertThat(azure.poll(stopped).expect(200).text()).isEqualTo("{\"status\":\"InProgress\"}");
    assertThat(azure.poll(stopped).header("Retry-After")).isEqualTo("10");
    azure.clock.advance(Duration.ofSeconds(9));
    assertThat(azure.poll(stopped).expect(200).text())
        .isEqualTo("{\"status\":\"Succeeded\",\"properties\":{}}");
    Reply stopResult = azure.result(stopped).expect(200);
    assertThat(stopResult.text()).isEqualTo("null");
    assertSignedAnew(stopResult, stopped);

    Reply status = azure.post(CAPTURES + "/capture1/queryStatus").expect(200);
    assertThat(status.optional("Location")).isEmpty();
    assertThat(status.optional("Retry-After")).isEmpty();
    assertThat(status.text())
        .isEqualTo(
            """
            {"name":"capture1","id":"%s/capture1","captureStartTime":"2026-03-17T03:37:37.4291019Z",\
            "packetCaptureStatus":"Stopped","stopReason":"Manual","packetCaptureError":[]}"""
                .formatted(CAPTURES));

    Reply list = azure.get(CAPTURES).expect(200);
    assertThat(list.at("value").findValuesAsText("name")).containsExactly("capture1", "capture2");
    assertThat(list.at("value").findValuesAsText("provisioningState")).containsOnly("Succeeded");
    assertThat(list.at("value").findValuesAsText("etag"))
        .containsOnly(azure.get(WATCHER).header("ETag"))
        .doesNotContain(etag);

    Reply deleted = azure.delete(CAPTURES + "/capture1").expect(202);
    assertAcceptedWithBothUrls(deleted);
    assertThat(azure.poll(deleted).text()).isEqualTo("{\"status\":\"InProgress\"}");
    azure.clock.advance(Duration.ofSeconds(4));
    assertThat(azure.poll(deleted).text()).isEqualTo("{\"status\":\"Succeeded\"}");
    Reply deleteResult = azure.result(deleted).expect(204);
    assertThat(deleteResult.text()).isEmpty();
    assertSignedAnew(deleteResult, deleted);

    Reply deletedRunning = azure.delete(CAPTURES + "/capture2").expect(202);
    azure.clock.advance(Duration.ofSeconds(4));
    azure.result(deletedRunning).expect(204);
    assertThat(azure.get(CAPTURES).expect(200).text()).isEqualTo("{\"value\":[]}");
  }

  @Test
  void recording02AnAccountAloneGetsTheDefaultPath() {
    assertThat(azure.get(CAPTURES).expect(200).text()).isEqualTo("{\"value\":[]}");
    Reply created =
        azure
            .put(
                CAPTURES + "/NewPacketCapture",
                SimulatedAzure.captureBody(
                    WEB_01,
                    """
                    , "timeLimitInSeconds": 1500, "filters": [
                    {"protocol": "TCP", "localIPAddress": "127.0.0.1;127.0.0.5"}]"""))
            .expect(201);
    assertThat(created.at("properties.timeLimitInSeconds").asInt()).isEqualTo(1500);
    assertThat(created.at("properties.storageLocation").toString())
        .isEqualTo(
            """
            {"storageId":"%s","storagePath":"%s/pcapstore/network-watcher-logs%s/2026/03/17/packetcapture_03_37_35_429.cap"}"""
                .formatted(ACCOUNT, azure.simulator.uri(), WEB_01.toLowerCase(Locale.ROOT)));
    assertThat(azure.poll(created).text()).isEqualTo("{\"status\":\"InProgress\"}");
    azure.clock.advance(Duration.ofSeconds(2));
    Reply got = azure.get(CAPTURES + "/NewPacketCapture").expect(200);
    assertThat(got.at("properties.storageLocation"))
        .isEqualTo(created.at("properties.storageLocation"));
  }

  @Test
  void recording03AGivenPathIsEchoedAndARunningSessionAnswers202() {
    String path = azure.simulator.uri() + "/pcapstore/capture/pc1.cap";
    String body =
        """
        {"properties":{"target":"%s","storageLocation":{"storageId":"%s","storagePath":"%s"}}}"""
            .formatted(WEB_01, ACCOUNT, path);
    Reply created = azure.put(CAPTURES + "/pc", body).expect(201);
    assertThat(created.at("properties.storageLocation").toString())
        .isEqualTo(
            """
            {"storageId":"%s","storagePath":"%s","storagePathFileName":"pc1.cap"}"""
                .formatted(ACCOUNT, path));
    azure.clock.advance(Duration.ofSeconds(2));

    Reply status = azure.post(CAPTURES + "/pc/queryStatus").expect(202);
    assertThat(status.optional("Azure-AsyncOperation")).isEmpty();
    assertThat(status.header("Retry-After")).isEqualTo("10");
    assertThat(status.header("Location"))
        .contains("/operationResults/" + status.header("x-ms-request-id"));
    assertThat(status.text())
        .isEqualTo(
            """
            {"name":"pc","id":"%s/pc","captureStartTime":"2026-03-17T03:37:37.4291019Z",\
            "packetCaptureStatus":"Running","packetCaptureError":[]}"""
                .formatted(CAPTURES));
    Reply early = azure.result(status).expect(202);
    assertThat(early.text()).isEmpty();
    assertThat(early.header("Retry-After")).isEqualTo("10");
    azure.clock.advance(Duration.ofSeconds(1));
    Reply refreshed = azure.result(status).expect(200);
    assertThat(refreshed.text()).isEqualTo(status.text());
    assertThat(refreshed.optional("Azure-AsyncOperation")).isEmpty();
    assertThat(refreshed.header("Location")).isNotEqualTo(status.header("Location"));

    Reply stopped = azure.post(CAPTURES + "/pc/stop").expect(202);
    azure.clock.advance(Duration.ofSeconds(10));
    assertThat(azure.result(stopped).expect(200).text()).isEqualTo("null");
    assertThat(azure.post(CAPTURES + "/pc/queryStatus").expect(200).at("stopReason").asText())
        .isEqualTo("Manual");
    assertThat(azure.result(status).text())
        .as("the old answer of an old question")
        .contains("Running");
  }

  @Test
  void recording06FiltersAreNormalisedAndTheLastQueryIsRemembered() {
    Reply created =
        azure.capture(
            "psnrp3321",
            WEB_01,
            """
            , "filters": [
              {"protocol": "Tcp", "remoteIPAddress": "127.0.0.1-127.0.0.255",
               "localPort": "80", "remotePort": "80-120"},
              {"localIPAddress": "127.0.0.1"}]""");
    assertThat(created.header("Retry-After")).isEqualTo("10");
    assertThat(created.at("properties.filters").toString())
        .isEqualTo(
            """
            [{"protocol":"TCP","localIPAddress":"","localPort":"80",\
            "remoteIPAddress":"127.0.0.1-127.0.0.255","remotePort":"80-120"},\
            {"protocol":"Any","localIPAddress":"127.0.0.1","localPort":"",\
            "remoteIPAddress":"","remotePort":""}]""");

    azure.post(CAPTURES + "/psnrp3321/queryStatus").expect(202);
    Reply second = azure.post(CAPTURES + "/psnrp3321/queryStatus").expect(202);
    azure.post(CAPTURES + "/psnrp3321/stop").expect(202);
    azure.clock.advance(Duration.ofSeconds(10));
    azure.post(CAPTURES + "/psnrp3321/queryStatus").expect(200);
    assertThat(
            azure
                .get(CAPTURES + "/psnrp3321")
                .at("properties.queryPacketCaptureLastOperationId")
                .asText())
        .isEqualTo(second.header("x-ms-request-id"));
  }

  private static void assertAcceptedWithBothUrls(Reply reply) {
    String id = reply.header("x-ms-request-id");
    assertThat(reply.text()).isEmpty();
    assertThat(reply.header("Content-Length")).isEqualTo("0");
    assertThat(reply.header("Retry-After")).isEqualTo("10");
    assertThat(reply.header("Azure-AsyncNotification")).isEqualTo("Enabled");
    assertThat(reply.header("Azure-AsyncOperation")).contains("/operations/" + id + "?");
    assertThat(reply.header("Location")).contains("/operationResults/" + id + "?");
  }

  private static void assertSignedAnew(Reply result, Reply accepted) {
    for (String header : new String[] {"Azure-AsyncOperation", "Location"}) {
      String before = accepted.header(header);
      assertThat(result.header(header))
          .startsWith(before.substring(0, before.indexOf("&t=")))
          .isNotEqualTo(before);
    }
  }

  private static String body01() {
    return """
    {"properties": {
      "bytesToCapturePerPacket": 0,
      "storageLocation": {"filePath": "capture\\\\capture.cap"},
      "target": "%s",
      "targetType": "AzureVM",
      "timeLimitInSeconds": 18000,
      "totalBytesPerSession": 1073741824}}"""
        .formatted(WEB_01);
  }

  private static JsonNode resource01(String state, Reply reply) {
    return Json.read(
        """
        {"name": "capture2", "id": "%s/capture2", "etag": %s,
         "properties": {
           "provisioningState": "%s",
           "target": "%s",
           "scope": {"include": [], "exclude": []},
           "targetType": "AzureVM",
           "bytesToCapturePerPacket": 0,
           "totalBytesPerSession": 1073741824,
           "timeLimitInSeconds": 18000,
           "storageLocation": {"storagePath": "", "filePath": "capture\\\\capture.cap"},
           "filters": []},
         "type": "Microsoft.Network/networkWatchers/packetCaptures"}"""
            .formatted(CAPTURES, reply.at("etag"), state, WEB_01),
        JsonNode.class);
  }
}
