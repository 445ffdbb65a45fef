package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.stateOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Reason.About;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.SimulatedSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of captures, seen from the alert and from Azure. */
class AppTest {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static List<CaptureState> way(Capture c) {
    return c.history().stream().map(Capture.Entry::state).distinct().toList();
  }

  @Test
  void alertIsFollowedToItsFileAndPeopleAreTold() {
    String id = idOf(world.alert(vm("web-01")));

    Capture c = world.end(id);

    assertThat(way(c))
        .containsExactly(
            CaptureState.REQUESTED,
            CaptureState.STARTING,
            CaptureState.RUNNING,
            CaptureState.COLLECTING,
            CaptureState.COMPLETED);
    assertThat(c.file().status()).isEqualTo(CaptureFile.Status.VERIFIED);
    assertThat(c.file().bytes()).isPositive();
    assertThat(c.file().path()).contains("/pcapstore/network-watcher-logs/");
    assertThat(world.events).hasSize(1);
    assertThat(world.events.get(0))
        .contains("dev.alertcapture.capture.completed", "\"id\":\"" + id + "-completed\"");
  }

  @Test
  void knownTargetTakesAListAndAPutBeforeTheAnswer() throws Exception {
    world.with("CAPTURE_COOLDOWN", "PT0S").with("CAPTURE_SESSION_RETENTION", "PT0S");
    world.end(idOf(world.alert(vm("web-01"))));
    world.tick();
    world.azure.clearRequests();

    Answer answer = world.alert(vm("web-01"));

    assertThat(stateOf(answer)).isEqualTo(CaptureState.STARTING);
    String session = answer.captures().get(0).capture().session().name();
    assertThat(world.requests())
        .containsExactly("GET packetCaptures", "PUT packetCaptures/" + session);
  }

  @Test
  void regionComesFromTheMachineWhereTheAlertNamesNone() {
    world.alert(vm("web-01"));

    assertThat(world.requests())
        .startsWith("GET web-01", "GET networkWatchers", "GET packetCaptures");
  }

  @Test
  void followingALongCaptureTakesFewRequests() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT2H");
    Answer answer = world.alert(vm("web-01"));
    world.azure.clearRequests();

    world.end(idOf(answer));

    assertThat(world.requests().stream().filter(r -> r.endsWith("/queryStatus")).count())
        .as("four in the first five minutes, then one in five")
        .isBetween(26L, 30L);
    assertThat(world.requests()).hasSizeLessThan(35);
  }

  @Test
  void sessionLeftOverFromAnEarlierCaptureGoesFirstAndNobodyElsesIsTouched() throws Exception {
    world.with("CAPTURE_COOLDOWN", "PT0S").with("CAPTURE_SESSION_RETENTION", "PT1H");
    world.end(idOf(world.alert(vm("web-01"))));
    world.othersSession("alert-web-01-of-somebody", "web-01");
    world.alert(vm("web-02"));
    world.tick();
    world.azure.clearRequests();

    Answer answer = world.alert(vm("web-01"));

    String session = "packetCaptures/" + answer.captures().get(0).capture().session().name();
    assertThat(world.requests())
        .containsExactly(
            "GET packetCaptures",
            "DELETE " + session,
            "GET " + session,
            "GET " + session,
            "GET " + session,
            "GET " + session,
            "GET packetCaptures",
            "PUT " + session);
    assertThat(world.azure.sessions())
        .extracting(SimulatedSession::deleting)
        .hasSize(3)
        .containsOnly(false);
    assertThat(world.end(idOf(answer)).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void earlierCaptureNeverDeletesTheSessionOfALaterOne() throws Exception {
    world.with("CAPTURE_COOLDOWN", "PT0S").with("CAPTURE_TIME_LIMIT", "PT1H");
    String first = idOf(world.alert(vm("web-01")));
    world.end(first);
    String second = idOf(world.alert(vm("web-01")));

    // Five minutes after the first one's end its session is due to go; the name is the second's
    // now.
    for (int i = 0; i < 20; i++) {
      world.tick();
    }

    assertThat(world.capture(second).state()).isEqualTo(CaptureState.RUNNING);
    assertThat(world.azure.sessions())
        .extracting(SimulatedSession::deleting)
        .containsExactly(false);
    assertThat(world.end(second).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void endedSessionStaysForAWhileAndThenGoes() {
    String id = idOf(world.alert(vm("web-01")));
    world.end(id);
    assertThat(world.azure.sessions()).hasSize(1);

    world.tickUntil(() -> world.azure.sessions().isEmpty());

    Duration stayed = Duration.between(world.capture(id).stateSince(), world.clock.instant());
    assertThat(stayed).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(world.capture(id).file().bytes()).isPositive();
  }

  @Test
  void resolvedAlertStartsNothing() {
    Answer answer = world.alert(vm("web-01"), "one", "Resolved");

    assertThat(answer.captures()).isEmpty();
    assertThat(answer.ignored()).hasSize(1).allMatch(i -> i.reason().equals("resolved"));
    assertThat(world.requests()).isEmpty();
    assertThat(world.captures()).isEmpty();
  }

  @Test
  void resolvedAlertIsNotedOnItsCapture() {
    String id = idOf(world.alert(vm("web-01"), "one", "Fired"));

    world.alert(vm("web-01"), "one", "Resolved");

    assertThat(world.capture(id).history())
        .extracting(Capture.Entry::note)
        .contains("alert resolved");
    assertThat(world.end(id).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void repeatedAlertIsAnsweredWithItsCaptureInAnyState() {
    String id = idOf(world.alert(vm("web-01"), "one", "Fired"));
    Answer again = world.alert(vm("WEB-01"), "one", "Fired");
    world.end(id);
    Answer later = world.alert(vm("web-01"), "one", "Fired");

    assertThat(List.of(again, later))
        .allSatisfy(
            answer -> {
              assertThat(idOf(answer)).isEqualTo(id);
              assertThat(answer.captures().get(0).joined()).isTrue();
            });
    assertThat(world.captures()).hasSize(1);
    assertThat(world.capture(id).joins().count()).isZero();
  }

  @Test
  void anotherAlertOnTheSameMachineJoins() {
    String id = idOf(world.alert(vm("web-01")));
    Answer other = world.alert(vm("web-01"));

    assertThat(idOf(other)).isEqualTo(id);
    assertThat(other.captures().get(0).joined()).isTrue();
    assertThat(world.capture(id).joins().count()).isEqualTo(1);
    assertThat(world.end(id).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void alertRightAfterACaptureIsHeldBackAndCounted() {
    world.end(idOf(world.alert(vm("web-01"))));

    Answer soon = world.alert(vm("web-01"));
    world.clock.advance(Duration.ofMinutes(5));
    Answer later = world.alert(vm("web-01"));

    assertThat(soon.captures()).isEmpty();
    assertThat(soon.ignored().get(0).reason()).contains("2026-03-01T02:0");
    assertThat(later.captures().get(0).capture().heldBack()).isEqualTo(1);
  }

  @Test
  void captureAtTheLimitWaitsAndStartsWhenASlotIsFree() throws Exception {
    world.with("CAPTURE_LIMIT", "1").with("CAPTURE_QUEUE_TIMEOUT", "PT1H");
    String first = idOf(world.alert(vm("web-01")));
    Answer waits = world.alert(vm("web-02"));

    assertThat(stateOf(waits)).isEqualTo(CaptureState.REQUESTED);
    assertThat(world.end(first).state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(world.end(idOf(waits)).state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(world.azure.peakSessions(World.WATCHER)).isEqualTo(1);
  }

  @Test
  void captureThatGetsNoSlotIsRejectedAndTheHoldersAreNamed() throws Exception {
    world.with("CAPTURE_LIMIT", "2");
    world.othersSession("their-first", "sql-01");
    world.othersSession("their-second", "web-01");
    String id = idOf(world.alert(vm("web-02")));

    Capture c = world.end(id);

    assertThat(c.state()).isEqualTo(CaptureState.REJECTED);
    assertThat(c.cause().reason()).isEqualTo(Reason.LIMIT_REACHED);
    assertThat(c.cause().detail()).contains("their-first", "their-second");
    assertThat(world.events).hasSize(1);
    assertThat(world.events.get(0)).contains("capture.rejected", "their-first");
    assertThat(world.azure.sessions()).hasSize(2);
  }

  @Test
  void machineWithoutAgentFailsWithTheRemedyAndLeavesNoSession() {
    String id = idOf(world.alert(vm("no-agent")));

    Capture c = world.end(id);
    world.tickUntil(() -> world.azure.sessions().isEmpty());

    assertThat(c.cause().reason()).isEqualTo(Reason.START_FAILED);
    assertThat(c.cause().reason().remedy(About.of(c.target(), c.region())))
        .contains("NetworkWatcherAgentLinux", vm("no-agent"));
    assertThat(world.events.get(0)).contains("capture.failed");
  }

  @Test
  void captureGoesOnAfterARestart() throws Exception {
    String id = idOf(world.alert(vm("web-01")));

    world.restart();

    assertThat(world.end(id).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void filePathIsOursWhereAFolderIsConfigured() throws Exception {
    world.with("CAPTURE_STORAGE_PATH", "packets/alerts");
    String id = idOf(world.alert(vm("web-01")));

    assertThat(world.end(id).file().path())
        .matches(".*/pcapstore/packets/alerts/2026/03/01/alert-web-01-[a-z0-9]{10}-020000\\.cap");
  }

  @Test
  void historyGoesAfterItsRetention() throws Exception {
    world.with("CAPTURE_HISTORY_RETENTION", "PT1H");
    String id = idOf(world.alert(vm("web-01")));
    world.end(id);

    world.tickUntil(() -> world.captures().isEmpty());

    assertThat(world.clock.instant()).isAfter("2026-03-01T03:00:00Z");
  }
}
