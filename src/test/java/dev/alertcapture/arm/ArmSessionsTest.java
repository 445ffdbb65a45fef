package dev.alertcapture.arm;

import static dev.alertcapture.arm.ArmFixture.ACCOUNT;
import static dev.alertcapture.arm.ArmFixture.OPTIONS;
import static dev.alertcapture.arm.ArmFixture.SUBSCRIPTION;
import static dev.alertcapture.arm.ArmFixture.WATCHER;
import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.plan;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Sessions.Operation;
import dev.alertcapture.capture.Sessions.Progress;
import dev.alertcapture.capture.Sessions.Provisioning;
import dev.alertcapture.capture.Sessions.Status;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArmSessionsTest {
  private static final String NO_WATCHER = WATCHER + "2";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final ArmFixture azure = new ArmFixture();
  private final Sessions sessions = azure.sessions;

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void theWatcherOfARegionIsFoundWithOneRequest() throws PortException {
    assertThat(sessions.watcher(SUBSCRIPTION, "westcentralus", soon())).contains(WATCHER);
    assertThat(azure.simulator.requests()).hasSize(1);
    assertThat(sessions.watcher(SUBSCRIPTION, "eastus", soon())).isEmpty();
  }

  @Test
  void aStartSendsWhatWasPlannedAndNoMore() throws Exception {
    CaptureOptions filtered =
        new CaptureOptions(
            Duration.ofMinutes(2),
            128,
            0,
            List.of(new CaptureOptions.Filter("TCP", "10.0.0.4", "80;443", null, "")));
    String path = azure.simulator.uri() + "/pcapstore/packets/2026/pc.cap";
    sessions.start(
        WATCHER,
        "pc",
        new Sessions.Plan(
            target("virtualMachineScaleSets/web-vmss/virtualMachines/2"),
            filtered,
            List.of("2"),
            ACCOUNT,
            path,
            "/var/captures/pc.cap"),
        soon());
    assertThat(azure.lastRequest().method()).isEqualTo("PUT");
    assertThat(azure.lastRequest().path()).isEqualTo(WATCHER + "/packetCaptures/pc");
    assertThat(azure.lastRequest().query()).isEqualTo("api-version=2024-07-01");
    assertThat(new ObjectMapper().readTree(azure.lastRequest().body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"properties": {
                      "target": "%s",
                      "targetType": "AzureVMSS",
                      "scope": {"include": ["2"]},
                      "bytesToCapturePerPacket": 128,
                      "totalBytesPerSession": 0,
                      "timeLimitInSeconds": 120,
                      "storageLocation": {"storageId": "%s", "storagePath": "%s",
                        "filePath": "/var/captures/pc.cap"},
                      "filters": [{"protocol": "TCP", "localIPAddress": "10.0.0.4",
                        "localPort": "80;443", "remotePort": ""}]}}"""
                        .formatted(
                            target("virtualMachineScaleSets/web-vmss").id(), ACCOUNT, path)));
  }

  @Test
  void aPlainStartLeavesOutWhatIsNotSet() throws Exception {
    sessions.start(WATCHER, "pc", plan(WEB_01), soon());
    assertThat(new ObjectMapper().readTree(azure.lastRequest().body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"properties": {"target": "%s", "targetType": "AzureVM",
                      "bytesToCapturePerPacket": 128, "totalBytesPerSession": 1000000,
                      "timeLimitInSeconds": 60, "storageLocation": {"storageId": "%s"}}}"""
                        .formatted(WEB_01.id(), ACCOUNT)));
  }

  @Test
  void aStartAnswersWhereToLookWhenAndWhereTheFileGoes() throws PortException {
    Sessions.Started started = sessions.start(WATCHER, "pc", plan(WEB_01), soon());
    assertThat(started.operationUrl())
        .startsWith(azure.simulator.uri() + "/subscriptions/" + SUBSCRIPTION + "/providers/")
        .hasSizeGreaterThan(3000);
    assertThat(started.retryAfter()).isEqualTo(TEN_SECONDS);
    assertThat(started.paths().storagePath())
        .startsWith(azure.simulator.uri() + "/pcapstore/network-watcher-logs/");
    assertThat(started.paths().filePath()).isNull();
  }

  @Test
  void anOperationIsFollowedToTheLetterUntilItIsDone() throws PortException {
    String url = sessions.start(WATCHER, "pc", plan(WEB_01), soon()).operationUrl();
    assertThat(sessions.operation(url, soon()))
        .contains(new Operation(Progress.IN_PROGRESS, TEN_SECONDS, null));
    assertThat(azure.lastRequest().path()).isEqualTo(URI.create(url).getRawPath());
    assertThat(azure.lastRequest().query()).isEqualTo(URI.create(url).getRawQuery());
    azure.clock.advance(Duration.ofSeconds(2));
    assertThat(sessions.operation(url, soon()))
        .contains(new Operation(Progress.SUCCEEDED, null, null));
  }

  @Test
  void aFailedOperationSaysWhy() throws PortException {
    Sessions.Started started = azure.start("pc", target("virtualMachines/no-agent"));
    Operation operation = sessions.operation(started.operationUrl(), soon()).orElseThrow();
    assertThat(operation.progress()).isEqualTo(Progress.FAILED);
    assertThat(operation.error())
        .startsWith("SimulatorAgentNotInstalled The virtual machine ")
        .contains("no-agent");
  }

  @Test
  void anOperationThatAzureNoLongerKnowsIsNone() throws PortException {
    String url = azure.start("pc", WEB_01).operationUrl();
    assertThat(sessions.operation(url + "x", soon())).isEmpty();
    assertThat(azure.lastRequest().status()).isEqualTo(400);
  }

  @Test
  void sessionsAreListedAndFoundAsTheyAre() throws PortException {
    assertThat(sessions.list(WATCHER, soon())).contains(List.of());
    Session.Paths paths = sessions.start(WATCHER, "pc", plan(WEB_01), soon()).paths();
    Sessions.Seen updating = new Sessions.Seen("pc", WEB_01.id(), Provisioning.UPDATING, paths);
    assertThat(sessions.find(WATCHER, "pc", soon())).contains(updating);
    assertThat(sessions.list(WATCHER, soon())).contains(List.of(updating));
    azure.clock.advance(Duration.ofSeconds(2));
    assertThat(sessions.find(WATCHER, "pc", soon()))
        .contains(new Sessions.Seen("pc", WEB_01.id(), Provisioning.SUCCEEDED, paths));
    azure.start("failed", target("virtualMachines/stopped"));
    assertThat(sessions.find(WATCHER, "failed", soon()).orElseThrow().provisioning())
        .isEqualTo(Provisioning.FAILED);
  }

  @Test
  void aRunningSessionSaysSinceWhenAndWhenToAskAgain() throws PortException {
    azure.start("pc", WEB_01);
    assertThat(sessions.status(WATCHER, "pc", soon()))
        .contains(new Status(true, "Running", null, azure.clock.instant(), TEN_SECONDS));
  }

  @Test
  void aSessionThatHasNotStartedCountsAsRunning() throws PortException {
    sessions.start(WATCHER, "pc", plan(WEB_01), soon());
    assertThat(sessions.status(WATCHER, "pc", soon()))
        .contains(new Status(true, "NotStarted", null, null, TEN_SECONDS));
  }

  @Test
  void anEndedSessionSaysHowItEnded() throws PortException {
    azure.start("pc", WEB_01);
    azure.clock.advance(OPTIONS.timeLimit());
    Status ended = sessions.status(WATCHER, "pc", soon()).orElseThrow();
    assertThat(ended.running()).isFalse();
    assertThat(ended.word()).isEqualTo("Stopped");
    assertThat(ended.ending()).isEqualTo(new Session.Ending("TimeExceeded", null));
    assertThat(ended.retryAfter()).isNull();
  }

  @Test
  void aBrokenSessionSaysWhatBroke() throws PortException {
    azure.start("pc", target("virtualMachines/no-agent"));
    assertThat(sessions.status(WATCHER, "pc", soon()))
        .contains(new Status(false, "Error", new Session.Ending(null, "AgentStopped"), null, null));
  }

  @Test
  void aStopEndsTheSessionAndSaysWhenToLook() throws PortException {
    azure.start("pc", WEB_01);
    assertThat(sessions.stop(WATCHER, "pc", soon())).contains(TEN_SECONDS);
    azure.clock.advance(TEN_SECONDS);
    assertThat(sessions.status(WATCHER, "pc", soon()).orElseThrow().ending())
        .isEqualTo(new Session.Ending("Manual", null));
    assertThat(sessions.stop(WATCHER, "pc", soon())).contains(TEN_SECONDS);
  }

  @Test
  void aDeletionTakesTheSessionAway() throws PortException {
    azure.start("pc", WEB_01);
    assertThat(sessions.delete(WATCHER, "pc", soon())).isTrue();
    azure.clock.advance(Duration.ofSeconds(4));
    assertThat(sessions.find(WATCHER, "pc", soon())).isEmpty();
  }

  @Test
  void whatIsNotThereIsNoTrouble() throws PortException {
    assertThat(sessions.find(WATCHER, "pc", soon())).isEmpty();
    assertThat(sessions.status(WATCHER, "pc", soon())).isEmpty();
    assertThat(sessions.stop(WATCHER, "pc", soon())).isEmpty();
    assertThat(sessions.list(NO_WATCHER, soon())).isEmpty();
    assertThat(sessions.find(NO_WATCHER, "pc", soon())).isEmpty();
    assertThat(sessions.delete(NO_WATCHER, "pc", soon())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?sv=2024&sig=hunter2", "#hunter2", "?a?sig=hunter2"})
  void thePathOfAFileIsKeptWithoutItsQueryWhichMayBeASecret(String query) throws Exception {
    String path = "https://pcapstore.blob.core.windows.net/packets/a%3Fb.cap";
    String body =
        """
        {"name": "a", "properties": {"storageLocation": {"storagePath": "%s"}}}"""
            .formatted(path + query);
    try (StubServer stub = StubServer.answering(StubServer.json(200, body))) {
      Sessions sessions = new ArmSessions(ArmFixture.client(stub.uri()));
      assertThat(sessions.find(WATCHER, "a", soon()).orElseThrow().paths().storagePath())
          .isEqualTo(path);
    }
  }
}
