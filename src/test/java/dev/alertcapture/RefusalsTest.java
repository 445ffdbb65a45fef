package dev.alertcapture;

import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.simulator.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Azure refuses, hangs, cuts and forgets: each ends in a state, with a reason and a remedy. */
class RefusalsTest extends RefusalsFixture {
  @Test
  void machineThatIsNotThereFailsAtOnce() {
    Capture c = captureOn("ghost");

    assertThat(c.cause().reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    assertThat(c.cause().detail()).contains(vm("ghost"), "404");
    assertThat(asked("GET ghost")).isOne();
  }

  @Test
  void regionWithoutWatcherFailsWithTheCommandThatAddsOne() throws Exception {
    world.azure.mergeInventory(
        new ObjectMapper()
            .readTree(
                """
                {"virtualMachines": [{"id": "%s", "location": "northeurope", "os": "Linux",
                  "agent": true, "running": true}]}
                """
                    .formatted(vm("lonely"))));

    Capture c = captureOn("lonely");

    assertThat(c.cause().reason()).isEqualTo(Reason.NO_WATCHER);
    assertThat(remedyOf(c)).contains("az network watcher configure --locations northeurope");
  }

  @Test
  void regionWithoutStorageAccountFailsBeforeAzureIsAsked() throws Exception {
    world.with(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        "northeurope=" + World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore");

    Capture c = captureOn("web-01");

    assertThat(c.cause().reason()).isEqualTo(Reason.NO_STORAGE_ACCOUNT);
    assertThat(remedyOf(c)).contains("westcentralus=ID");
    assertThat(asked("PUT .*")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /networkWatchers$, Microsoft.Network/networkWatchers/read",
    "GET, /packetCaptures$, Microsoft.Network/networkWatchers/packetCaptures/read",
    "PUT, /packetCaptures/, Microsoft.Network/networkWatchers/packetCaptures/write",
    "GET, /virtualMachines/web-01$, Microsoft.Compute/virtualMachines/read",
    "POST, /queryStatus$, Microsoft.Network/networkWatchers/packetCaptures/queryStatus/action",
  })
  void missingRoleActionIsNamedAndNotTriedAgain(String method, String path, String action) {
    world.azure.addFault(Fault.answering(method, path, 403, "AuthorizationFailed"));

    Capture c = captureOn("web-01");

    assertThat(c.cause().reason()).isEqualTo(Reason.FORBIDDEN);
    assertThat(c.cause().detail()).contains("needs " + action + ", which is in the capture role");
    assertThat(remedyOf(c)).contains("infra/main.bicep");
    assertThat(refusals(method, path)).isOne();
  }

  private long refusals(String method, String path) {
    return world.azure.requests().stream()
        .filter(r -> r.method().equals(method) && r.status() == 403)
        .filter(r -> r.path().matches(".*" + path + ".*") || r.path().matches(".*" + path))
        .count();
  }

  @Test
  void badRequestFailsAndIsNotTriedAgain() {
    world.azure.addFault(Fault.answering("PUT", SESSION, 400, "InvalidRequestFormat"));

    Capture c = captureOn("web-01");

    assertThat(c.cause().reason()).isEqualTo(Reason.REFUSED);
    assertThat(c.cause().detail()).contains("InvalidRequestFormat");
    assertThat(asked("PUT .*")).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "409, AnotherOperationInProgress, 10",
    "409, AnotherOperationInProgress,",
    "429, SubscriptionRequestsThrottled, 17",
    "429, RetryableErrorDueToAnotherOperation,",
    "500, InternalServerError,",
    "503, ServerUnavailable, 30",
  })
  void passingRefusalOfTheStartIsOutlived(int status, String code, Integer retryAfter) {
    Fault fault = Fault.answering("PUT", SESSION, status, code).withTimes(3);
    world.azure.addFault(retryAfter == null ? fault : fault.withRetryAfter(retryAfter));

    Capture c = captureOn("web-01");

    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void retryAfterIsKept() {
    world.azure.addFault(
        Fault.answering("POST", STATUS, 429, "SubscriptionRequestsThrottled")
            .withRetryAfter(600)
            .withTimes(1));

    Capture c = captureOn("web-01");

    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(Duration.between(c.createdAt(), c.stateSince()))
        .isGreaterThan(Duration.ofMinutes(10));
    assertThat(asked("POST .*/queryStatus")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /virtualMachines/web-01$",
    "GET, /networkWatchers$",
    "GET, /packetCaptures$",
    "PUT, /packetCaptures/",
    "GET, /operations/",
    "POST, /queryStatus$",
    "HEAD, /pcapstore/",
  })
  void cutConnectionIsOutlivedWithoutASecondSession(String method, String path) {
    for (Fault.Cut cut : Fault.Cut.values()) {
      world.azure.addFault(Fault.cutting(method, path, cut).withTimes(1));
    }

    Capture c = captureOn("web-01");

    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(world.azure.peakSessions(World.WATCHER)).isOne();
    assertThat(world.azure.sessions()).hasSize(1);
  }

  @Test
  void azureThatCannotBeAskedRejectsAfterTheQueuesTime() {
    world.azure.addFault(Fault.answering("GET", "/packetCaptures$", 503, "ServerUnavailable"));

    Capture c = captureOn("web-01");

    assertThat(c.state()).isEqualTo(CaptureState.REJECTED);
    assertThat(c.cause().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(c.cause().detail()).contains("503");
    assertThat(Duration.between(c.createdAt(), c.stateSince()))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
  }

  @Test
  void startThatNobodyConfirmsFailsAfterTenMinutes() {
    world.azure.addFault(Fault.answering("GET", "/operations/", 500, "InternalServerError"));
    world.azure.addFault(Fault.answering("GET", SESSION, 500, "InternalServerError"));

    Capture c = captureOn("web-01");
    world.azure.clearFaults();
    world.tickUntil(() -> world.azure.sessions().isEmpty());

    assertThat(c.cause().reason()).isEqualTo(Reason.START_TIMED_OUT);
    assertThat(Duration.between(c.createdAt(), c.stateSince()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void operationThatAzureForgotIsReplacedByALookAtTheSession() {
    world.azure.addFault(Fault.answering("GET", "/operations/", 404, "NotFound"));

    assertThat(captureOn("web-01").state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void statusThatNobodyTellsIsStoppedAndGivenUp() {
    world.azure.addFault(Fault.answering("POST", STATUS, 500, "InternalServerError"));

    Capture c = captureOn("web-01");
    world.tickUntil(() -> world.azure.sessions().isEmpty());

    assertThat(c.cause().reason()).isEqualTo(Reason.STOP_TIMED_OUT);
    assertThat(asked("POST .*/stop")).isOne();
    assertThat(Duration.between(c.createdAt(), c.stateSince())).isLessThan(Duration.ofMinutes(22));
  }

  @Test
  void sessionThatCannotBeDeletedIsTriedAgainAndAForbiddenOneIsLeft() throws Exception {
    world.with("CAPTURE_SESSION_RETENTION", "PT0S");
    world.azure.addFault(
        Fault.answering("DELETE", SESSION, 500, "InternalServerError").withTimes(7));
    captureOn("web-01");
    world.tickUntil(() -> world.azure.sessions().isEmpty());

    world.azure.addFault(Fault.answering("DELETE", SESSION, 403, "AuthorizationFailed"));
    Capture left = captureOn("web-02");
    for (int i = 0; i < 10; i++) {
      world.tick();
    }

    assertThat(world.capture(left.id()).history())
        .extracting(Capture.Entry::note)
        .last()
        .asString()
        .contains("not deleted", "packetCaptures/delete");
    assertThat(world.azure.sessions()).hasSize(1);
  }

  @Test
  void whatAzureSaysIsNeverRepeatedWithASignedUrl() {
    List<Capture> all = List.of(captureOn("web-01"), captureOn("no-agent"));

    assertThat(world.events).hasSize(all.size()).noneMatch(e -> e.contains("&s="));
  }
}
