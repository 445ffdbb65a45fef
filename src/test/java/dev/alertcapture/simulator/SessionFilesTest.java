package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_02;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import dev.alertcapture.traffic.Incident;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionFilesTest {
  private static final String TEN_SECONDS = ", \"timeLimitInSeconds\": 10";
  private static final Instant START = Instant.parse("2026-03-17T03:37:37.429101Z");
  private static final int FILE_HEADER = 24;

  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  /** One packet of a file. */
  private record Packet(Instant time, int kept, int length) {}

  @Test
  void theSampleAlertsMachineHasABackup() {
    azure.capture("pc", WEB_01, TEN_SECONDS);
    List<Packet> packets = packets(fileOf("pc"));

    assertThat(packets).hasSameSizeAs(Incident.BACKUP.frames());
    assertThat(packets.get(0).time()).isBetween(START, START.plusMillis(100));
    Instant end = START.plusSeconds(10);
    assertThat(packets.get(packets.size() - 1).time()).isBetween(end.minusMillis(100), end);
    assertThat(packets).allMatch(packet -> packet.kept() == packet.length());
  }

  @ParameterizedTest
  @EnumSource
  void whichIncidentAMachineHasStandsInTheInventory(Incident incident) {
    has(incident.name());
    azure.capture("pc", WEB_02, TEN_SECONDS);

    assertThat(packets(fileOf("pc"))).hasSameSizeAs(incident.frames());
  }

  @Test
  void aSessionKeepsTheIncidentThatItBeganWith() {
    has("cpu");
    azure.capture("pc", WEB_02, TEN_SECONDS);
    has("over");

    assertThat(packets(fileOf("pc"))).hasSameSizeAs(Incident.CPU.frames());
  }

  @Test
  void theFileIsTheSameEachTimeAndAsLargeAsItIsSaidToBe() {
    azure.capture("pc", WEB_01, TEN_SECONDS);
    byte[] file = fileOf("pc");

    assertThat(fileOf("pc")).isEqualTo(file);
    assertThat(azure.send("HEAD", uriOf("pc"), "").expect(200).header("Content-Length"))
        .isEqualTo("" + file.length);
    URI container = azure.simulator.uri().resolve("/pcapstore/network-watcher-logs?comp=list");
    assertThat(azure.send("GET", container, "").expect(200).text())
        .contains("<Content-Length>" + file.length + "</Content-Length>");
  }

  @Test
  void aShorterSessionHasThePacketsUpToItsEnd() {
    azure.capture("pc", WEB_01, ", \"timeLimitInSeconds\": 4");
    List<Packet> packets = packets(fileOf("pc"));

    Instant end = START.plusSeconds(4);
    assertThat(packets.get(packets.size() - 1).time()).isBetween(end.minusMillis(100), end);
  }

  @Test
  void asMuchOfEachPacketIsKeptAsWasAskedFor() {
    azure.capture("pc", WEB_01, TEN_SECONDS + ", \"bytesToCapturePerPacket\": 96");
    byte[] file = fileOf("pc");

    assertThat(little(file).getInt(16)).isEqualTo(96);
    assertThat(packets(file))
        .hasSameSizeAs(Incident.BACKUP.frames())
        .allMatch(packet -> packet.kept() == Math.min(96, packet.length()));
  }

  @Test
  void anIncidentThatThereIsNotIsRefused() {
    Reply refused = azure.control("PUT", "inventory", machine("flood")).expect(400);

    assertThat(refused.text()).contains("flood");
  }

  private void has(String incident) {
    azure.control("PUT", "inventory", machine(incident)).expect(204);
  }

  private static String machine(String incident) {
    return """
        {"virtualMachines": [{"id": "%s", "location": "westcentralus", "incident": "%s"}]}"""
        .formatted(WEB_02, incident);
  }

  private byte[] fileOf(String session) {
    URI file = uriOf(session);
    azure.clock.advance(Duration.ofMinutes(1));
    return azure.send("GET", file, "").expect(200).response().body();
  }

  private URI uriOf(String session) {
    return URI.create(
        azure.get(CAPTURES + "/" + session).at("properties.storageLocation.storagePath").asText());
  }

  private static List<Packet> packets(byte[] file) {
    ByteBuffer in = little(file);
    List<Packet> packets = new ArrayList<>();
    in.position(FILE_HEADER);
    while (in.hasRemaining()) {
      Instant time = Instant.ofEpochSecond(in.getInt()).plusNanos(in.getInt() * 1_000L);
      Packet packet = new Packet(time, in.getInt(), in.getInt());
      assertThat(in.remaining()).isGreaterThanOrEqualTo(packet.kept());
      in.position(in.position() + packet.kept());
      packets.add(packet);
    }
    return packets;
  }

  private static ByteBuffer little(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
