package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.COMPUTE;
import static dev.alertcapture.simulator.SimulatedAzure.SCALE_SET;
import static dev.alertcapture.simulator.SimulatedAzure.WATCHER;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.captureBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionLifeTest {
  private final SimulatedAzure azure = new SimulatedAzure(options -> options.withSessionLimit(2));

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void aSessionHasNotStartedUntilItsCreationIsDone() {
    azure.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(201);
    Reply status = azure.post(CAPTURES + "/pc/queryStatus").expect(202);
    assertThat(status.at("packetCaptureStatus").asText()).isEqualTo("NotStarted");
    assertThat(status.json().has("captureStartTime")).isFalse();
  }

  @Test
  void aSessionStopsByItselfAtItsTimeLimit() {
    azure.capture("pc", WEB_01, ", \"timeLimitInSeconds\": 60");
    azure.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    azure.post(CAPTURES + "/pc/queryStatus").expect(202);
    azure.clock.advance(Duration.ofMillis(1));
    Reply status = azure.post(CAPTURES + "/pc/queryStatus").expect(200);
    assertThat(status.at("packetCaptureStatus").asText()).isEqualTo("Stopped");
    assertThat(status.at("stopReason").asText()).isEqualTo("TimeExceeded");
    assertThat(azure.get(CAPTURES + "/pc").at("properties.provisioningState").asText())
        .isEqualTo("Succeeded");
  }

  @Test
  void aStoppedSessionMayBeStoppedAgainAndKeepsItsReason() {
    azure.capture("pc", WEB_01, ", \"timeLimitInSeconds\": 5");
    azure.clock.advance(Duration.ofSeconds(5));
    azure.post(CAPTURES + "/pc/stop").expect(202);
    azure.clock.advance(Duration.ofSeconds(10));
    assertThat(azure.post(CAPTURES + "/pc/queryStatus").at("stopReason").asText())
        .isEqualTo("TimeExceeded");
  }

  @Test
  void aSessionBeingDeletedStaysVisibleUntilItIsGone() {
    azure.capture("pc", WEB_01, "");
    azure.delete(CAPTURES + "/pc").expect(202);
    azure.clock.advance(Duration.ofSeconds(4).minusMillis(1));
    azure.get(CAPTURES + "/pc").expect(200);
    assertThat(azure.get(CAPTURES).at("value")).hasSize(1);
    azure.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(409);
    azure.clock.advance(Duration.ofMillis(1));
    azure.get(CAPTURES + "/pc").expect(404);
    assertThat(azure.get(CAPTURES).at("value")).isEmpty();
    azure.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(201);
  }

  @Test
  void deletingAgainChangesNothingAndDeletingNothingIs204() {
    azure.capture("pc", WEB_01, "");
    azure.delete(CAPTURES + "/pc").expect(202);
    azure.clock.advance(Duration.ofSeconds(3));
    Reply again = azure.delete(CAPTURES + "/pc").expect(202);
    azure.clock.advance(Duration.ofSeconds(1));
    assertThat(azure.poll(again).at("status").asText()).isEqualTo("Succeeded");
    azure.delete(CAPTURES + "/pc").expect(204);
  }

  @ParameterizedTest
  @CsvSource({"no-agent,SimulatorAgentNotInstalled", "stopped,SimulatorVmNotRunning"})
  void aVmThatCannotCaptureFailsTheOperationAndKeepsTheSession(String vm, String code) {
    Reply created = azure.capture("pc", COMPUTE + "/virtualMachines/" + vm, "");
    assertThat(created.at("properties.provisioningState").asText()).isEqualTo("Updating");
    Reply polled = azure.poll(created).expect(200);
    assertThat(polled.at("status").asText()).isEqualTo("Failed");
    assertThat(polled.errorCode()).isEqualTo(code);
    assertThat(polled.at("error.details").isArray()).isTrue();
    assertThat(azure.get(CAPTURES).at("value").findValuesAsText("provisioningState"))
        .containsExactly("Failed");
    Reply status = azure.post(CAPTURES + "/pc/queryStatus").expect(200);
    assertThat(status.at("packetCaptureStatus").asText()).isEqualTo("Error");
    assertThat(status.at("packetCaptureError").toString()).isEqualTo("[\"AgentStopped\"]");
  }

  @Test
  void aScaleSetsInstancesAreAnsweredWithFullIds() {
    Reply created =
        azure.capture(
            "pc",
            SCALE_SET,
            """
            , "targetType": "AzureVMSS", "scope": {"include": ["0", "%s/virtualMachines/2"]}"""
                .formatted(SCALE_SET));
    assertThat(created.at("properties.scope").toString())
        .isEqualTo(
            """
            {"include":["%1$s/virtualMachines/0","%1$s/virtualMachines/2"],"exclude":[]}"""
                .formatted(SCALE_SET));
    assertThat(created.at("properties.targetType").asText()).isEqualTo("AzureVMSS");
  }

  @Test
  void aRingBufferHasItsOwnLimitsInPlaceOfTheClassicOnes() {
    Reply created =
        azure.capture(
            "pc",
            WEB_01,
            """
            , "continuousCapture": true, "captureSettings": {"sessionTimeLimitInSeconds": 30}""");
    assertThat(created.at("properties").has("timeLimitInSeconds")).isFalse();
    assertThat(created.at("properties").has("totalBytesPerSession")).isFalse();
    assertThat(created.at("properties.captureSettings").toString())
        .isEqualTo(
            "{\"fileCount\":10,\"fileSizeInBytes\":104857600,\"sessionTimeLimitInSeconds\":30}");
    azure.clock.advance(Duration.ofSeconds(30));
    azure.post(CAPTURES + "/pc/queryStatus").expect(200);
  }

  @Test
  void theLimitCountsSessionsThatAreNotBeingDeleted() {
    azure.capture("one", WEB_01, "");
    azure.capture("two", WEB_01, "");
    assertThat(azure.put(CAPTURES + "/three", captureBody(WEB_01, "")).expect(409).errorCode())
        .isEqualTo("SimulatorPacketCaptureCountLimitReached");
    azure.delete(CAPTURES + "/one").expect(202);
    azure.put(CAPTURES + "/three", captureBody(WEB_01, "")).expect(201);
  }

  @Test
  void thePeakIsTheMostSessionsAtOnceThatWereNotBeingDeleted() {
    assertThat(azure.simulator.peakSessions(WATCHER)).isZero();
    azure.capture("one", WEB_01, "");
    azure.delete(CAPTURES + "/one").expect(202);
    azure.capture("two", WEB_01, "");
    assertThat(azure.simulator.peakSessions(WATCHER)).isEqualTo(1);
    azure.capture("three", WEB_01, "");
    azure.delete(CAPTURES + "/three").expect(202);
    assertThat(azure.simulator.peakSessions(WATCHER.toUpperCase(Locale.ROOT))).isEqualTo(2);
  }

  @Test
  void namesAreMatchedInAnyLetterCase() {
    azure.capture("Pc-1", WEB_01, "");
    String shouted = CAPTURES.toUpperCase(Locale.ROOT) + "/PC-1";
    assertThat(azure.get(shouted).expect(200).at("id").asText()).isEqualTo(CAPTURES + "/Pc-1");
  }

  @Test
  void withNothingToWaitForTheFirstAnswerStillSaysUpdating() {
    try (SimulatedAzure instant =
        new SimulatedAzure(options -> options.withTimings(Timings.instant()))) {
      Reply created = instant.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(201);
      assertThat(created.at("properties.provisioningState").asText()).isEqualTo("Updating");
      assertThat(instant.poll(created).at("status").asText()).isEqualTo("Succeeded");
      assertThat(instant.get(CAPTURES + "/pc").at("properties.provisioningState").asText())
          .isEqualTo("Succeeded");
      instant.post(CAPTURES + "/pc/stop").expect(202);
      instant.post(CAPTURES + "/pc/queryStatus").expect(200);
      instant.delete(CAPTURES + "/pc").expect(202);
      instant.get(CAPTURES + "/pc").expect(404);
    }
  }

  @Test
  void theLimitHoldsWhenAllComeAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String name = CAPTURES + "/pc-" + i;
        puts.add(() -> azure.put(name, captureBody(WEB_01, "")).status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> each : threads.invokeAll(puts)) {
        statuses.add(each.get());
      }
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(2);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(22);
      assertThat(azure.simulator.peakSessions(WATCHER)).isEqualTo(2);
    } finally {
      threads.shutdownNow();
    }
  }
}
