package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.ACCOUNT;
import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.COMPUTE;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_02;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobFilesTest {
  private static final String TEN_SECONDS = ", \"timeLimitInSeconds\": 10";

  private static final Instant STARTED = Instant.parse("2026-03-17T03:37:37.429101900Z");

  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void theFileIsThereOnlyAfterItsMove() {
    URI file = file(azure.capture("pc", WEB_02, TEN_SECONDS));
    azure.clock.advance(Duration.ofSeconds(13).minusMillis(1));
    Reply missing = azure.send("HEAD", file, "").expect(404);
    assertThat(missing.header("x-ms-error-code")).isEqualTo("BlobNotFound");
    assertThat(azure.send("GET", file, "").expect(404).text())
        .contains("<Code>BlobNotFound</Code>");

    azure.clock.advance(Duration.ofMillis(1));
    Reply got = azure.send("GET", file, "").expect(200);
    assertThat(got.response().body()).isEqualTo(PcapFile.bytes(STARTED, 0));
    Reply head = azure.send("HEAD", file, "").expect(200);
    assertThat(head.header("Content-Length")).isEqualTo("" + got.response().body().length);
    assertThat(head.text()).isEmpty();
  }

  @Test
  void aStopBringsTheFileEarlier() {
    URI file = file(azure.capture("pc", WEB_01, ""));
    azure.post(CAPTURES + "/pc/stop").expect(202);
    azure.clock.advance(Duration.ofSeconds(13));
    azure.send("HEAD", file, "").expect(200);
  }

  @Test
  void deletingTheSessionLeavesTheFile() {
    URI file = file(azure.capture("pc", WEB_01, TEN_SECONDS));
    azure.clock.advance(Duration.ofSeconds(10));
    azure.delete(CAPTURES + "/pc").expect(202);
    azure.clock.advance(Duration.ofSeconds(4));
    azure.get(CAPTURES + "/pc").expect(404);
    azure.send("HEAD", file, "").expect(200);
  }

  @Test
  void aSessionThatFailedLeavesNoFile() {
    URI file = file(azure.capture("pc", COMPUTE + "/virtualMachines/no-agent", TEN_SECONDS));
    azure.clock.advance(Duration.ofHours(1));
    azure.send("HEAD", file, "").expect(404);
  }

  @Test
  void theFileHoldsAsMuchOfEachPacketAsWasAskedFor() {
    URI file = file(azure.capture("pc", WEB_02, TEN_SECONDS + ", \"bytesToCapturePerPacket\": 34"));
    azure.clock.advance(Duration.ofSeconds(13));
    assertThat(azure.send("GET", file, "").response().body())
        .isEqualTo(PcapFile.bytes(STARTED, 34));
  }

  @Test
  void aFileNeedsATokenAndAVersion() {
    URI file = file(azure.capture("pc", WEB_01, TEN_SECONDS));
    HttpRequest.Builder anonymous =
        HttpRequest.newBuilder(file).header("x-ms-version", "2021-12-02");
    assertThat(azure.send(anonymous).expect(401).header("x-ms-error-code"))
        .isEqualTo("NoAuthenticationInformation");
    HttpRequest.Builder versionless =
        HttpRequest.newBuilder(file).header("Authorization", "Bearer development");
    assertThat(azure.send(versionless).expect(400).header("x-ms-error-code"))
        .isEqualTo("MissingRequiredHeader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://pcapstore.blob.core.windows.net/capture/pc.cap",
        "{root}/otherstore/capture/pc.cap",
        "{root}/pcapstore/pc.cap",
        "{root}/PcapStore/capture/pc.cap",
        "{root}/pcapstore/capture/",
        "{root}/pcapstore/capture/pc.cap?sig=1",
        "{root}/pcapstore/capture/a b.cap"
      })
  void aPathOutsideTheAccountIsRefused(String path) {
    String body = body(path.replace("{root}", azure.simulator.uri().toString()));
    assertThat(azure.put(CAPTURES + "/pc", body).expect(400).errorCode())
        .isEqualTo("SimulatorInvalidStorageLocation");
  }

  @Test
  void aGivenPathIsWhereTheFileAppears() {
    String path = azure.simulator.uri() + "/pcapstore/capture/2026/03/a%20b.cap";
    azure.put(CAPTURES + "/pc", body(path)).expect(201);
    azure.post(CAPTURES + "/pc/stop").expect(202);
    azure.clock.advance(Duration.ofSeconds(15));
    azure.send("HEAD", URI.create(path), "").expect(200);
    azure.send("HEAD", URI.create(path + "x"), "").expect(404);
  }

  @Test
  void theAccountTellsItsPlaceAndEndpoint() {
    Reply account = azure.get(ACCOUNT.replace("pcapstore", "PcapStore")).expect(200);
    assertThat(account.at("location").asText()).isEqualTo("westcentralus");
    assertThat(account.at("sku.name").asText()).isEqualTo("Standard_LRS");
    assertThat(account.at("properties.allowSharedKeyAccess").asBoolean()).isTrue();
    assertThat(account.at("properties.primaryEndpoints.blob").asText())
        .isEqualTo(azure.simulator.uri() + "/pcapstore/");
    assertThat(azure.get(ACCOUNT + "x").expect(404).errorCode()).isEqualTo("ResourceNotFound");
  }

  private static URI file(Reply created) {
    return URI.create(created.at("properties.storageLocation.storagePath").asText());
  }

  private static String body(String path) {
    return """
    {"properties":{"target":"%s","timeLimitInSeconds":60,
     "storageLocation":{"storageId":"%s","storagePath":"%s"}}}"""
        .formatted(WEB_01, ACCOUNT, path);
  }
}
