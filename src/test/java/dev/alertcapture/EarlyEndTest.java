package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.stateOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.SimulatedSession;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Captures that end early, and sessions that make room. */
class EarlyEndTest {
  private static final String INSTANCE =
      World.GROUP
          + "/providers/Microsoft.Compute/virtualMachineScaleSets/web-vmss/virtualMachines/2";

  private final CaptureStore otherStore = new MemoryCaptureStore();
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World().with("CAPTURE_TIME_LIMIT", "PT1H");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private long asked(String request) {
    return world.requests().stream().filter(r -> r.matches(request)).count();
  }

  private static Duration took(Capture c) {
    return Duration.between(c.createdAt(), c.stateSince());
  }

  @Test
  void runningCaptureIsStoppedByHandAndItsFileKept() {
    String id = idOf(world.alert(vm("web-01")));
    world.tickUntil(() -> world.capture(id).state() == CaptureState.RUNNING);

    Capture stopping = world.stop(id);
    Capture c = world.end(id);

    assertThat(stopping.stop().sentAt()).isNotNull();
    assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(c.session().ending().stopReason()).isEqualTo("Manual");
    assertThat(c.file().bytes()).isPositive();
    assertThat(took(c)).isLessThan(Duration.ofMinutes(3));
    assertThat(asked("POST .*/stop")).isOne();
  }

  @Test
  void startingCaptureIsStoppedAsSoonAsItRuns() {
    String id = idOf(world.alert(vm("web-01")));

    world.stop(id);
    world.stop(id);

    assertThat(world.end(id).session().ending().stopReason()).isEqualTo("Manual");
    assertThat(asked("POST .*/stop")).isOne();
  }

  @Test
  void waitingCaptureIsRejectedWhenItIsStopped() throws Exception {
    world.with("CAPTURE_LIMIT", "1");
    world.othersSession("theirs", "sql-01");
    String id = idOf(world.alert(vm("web-01")));

    Capture c = world.stop(id);

    assertThat(c.state()).isEqualTo(CaptureState.REJECTED);
    assertThat(c.cause().reason()).isEqualTo(Reason.STOPPED);
    assertThat(c.cause().detail()).isEqualTo("by hand");
    assertThat(asked("PUT .*")).isOne();
  }

  @Test
  void endedCaptureIsLeftAsItIs() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S");
    Capture c = world.end(idOf(world.alert(vm("web-01"))));

    assertThat(world.stop(c.id()).stateSince()).isEqualTo(c.stateSince());
  }

  @Test
  void resolvedAlertsStopACaptureWhenTheLastIsResolvedIfThatIsWanted() throws Exception {
    world.with("CAPTURE_STOP_ON_RESOLVED", "true");
    String id = idOf(world.alert(vm("web-01"), "one", "Fired"));
    world.alert(vm("web-01"), "two", "Fired");
    world.tickUntil(() -> world.capture(id).state() == CaptureState.RUNNING);

    world.alert(vm("web-01"), "one", "Resolved");
    assertThat(world.capture(id).stop()).isNull();
    world.alert(vm("web-01"), "two", "Resolved");

    assertThat(world.capture(id).stop().by()).isEqualTo("its alerts are resolved");
    assertThat(took(world.end(id))).isLessThan(Duration.ofMinutes(3));
  }

  @ParameterizedTest
  @CsvSource({
    "metric-alert-fired.json, metric-alert-over.json",
    "classic-metric.json, classic-metric-resolved.json"
  })
  void whereAlertsHaveNoIdAResolvedOneEndsThoseOfItsRule(String fired, String over)
      throws Exception {
    world.with("CAPTURE_STOP_ON_RESOLVED", "true");
    String id = idOf(world.post(Corpus.body(fired)));
    world.tickUntil(() -> world.capture(id).state() == CaptureState.RUNNING);

    world.post(
        Corpus.body(over)
            .replace("/metricAlerts/", "/metricAlerts/other-")
            .replace("/alertrules/", "/alertrules/other-"));
    assertThat(world.capture(id).stop()).isNull();
    world.post(Corpus.body(over));

    assertThat(world.capture(id).stop().by()).isEqualTo("its alerts are resolved");
  }

  @Test
  void resolvedAlertStopsNothingUnlessThatIsWanted() {
    String id = idOf(world.alert(vm("web-01"), "one", "Fired"));

    world.alert(vm("web-01"), "one", "Resolved");

    assertThat(world.capture(id).stop()).isNull();
  }

  @Test
  void alertThatIsResolvedBeforeItsCaptureStartedRejectsItAndFreesTheTarget() throws Exception {
    world.with("CAPTURE_STOP_ON_RESOLVED", "true").with("CAPTURE_LIMIT", "1");
    world.othersSession("theirs", "sql-01");
    String id = idOf(world.alert(vm("web-01"), "one", "Fired"));

    world.alert(vm("web-01"), "one", "Resolved");
    Answer next = world.alert(vm("web-01"), "two", "Fired");

    assertThat(world.capture(id).cause().reason()).isEqualTo(Reason.STOPPED);
    assertThat(next.captures().get(0).joined()).isFalse();
  }

  @Test
  void atTheLimitOurOldestEndedSessionMakesRoomAndTheStartFollowsAtOnce() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_SESSION_RETENTION", "PT1H");
    world.with("CAPTURE_LIMIT", "3");
    String first = world.end(idOf(world.alert(vm("web-01")))).session().name();
    String second = world.end(idOf(world.alert(vm("web-02")))).session().name();
    world.othersSession("theirs", "sql-01");
    world.azure.clearRequests();

    Answer answer = world.alert(vm("sql-01"));

    assertThat(stateOf(answer)).isEqualTo(CaptureState.STARTING);
    assertThat(asked("DELETE packetCaptures/" + first)).isOne();
    assertThat(asked("DELETE .*")).isOne();
    assertThat(world.azure.sessions())
        .filteredOn(session -> !session.deleting())
        .extracting(SimulatedSession::name)
        .contains(second, "theirs", answer.captures().get(0).capture().session().name())
        .hasSize(3);
  }

  @Test
  void endedSessionOfAnInstanceOfAScaleSetMakesRoomToo() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_SESSION_RETENTION", "PT1H");
    world.with("CAPTURE_LIMIT", "1");
    String session = world.end(idOf(world.alert(INSTANCE))).session().name();

    assertThat(stateOf(world.alert(vm("web-01")))).isEqualTo(CaptureState.STARTING);
    assertThat(asked("DELETE packetCaptures/" + session)).isOne();
  }

  @Test
  void atTheLimitNeitherRunningNorForeignSessionsMakeRoom() throws Exception {
    world.with("CAPTURE_LIMIT", "2");
    world.alert(vm("web-01"));
    world.othersSession("theirs", "sql-01");
    world.azure.clearRequests();

    Answer answer = world.alert(vm("web-02"));

    assertThat(stateOf(answer)).isEqualTo(CaptureState.REQUESTED);
    assertThat(asked("DELETE .*")).isZero();
  }

  @Test
  void sessionOfOursThatNoCaptureKnowsMakesRoomOnceItIsOldAndOver() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_SESSION_RETENTION", "P30D");
    world.with("CAPTURE_LIMIT", "2");
    String orphan = world.end(idOf(world.alert(vm("web-01")))).session().name();
    world.othersSession("theirs", "sql-01");
    world.on(new MemoryCaptureStore());

    Answer soon = world.alert(vm("web-02"));
    assertThat(stateOf(soon)).isEqualTo(CaptureState.REQUESTED);
    assertThat(asked("DELETE .*")).isZero();

    world.clock.advance(Duration.ofHours(5).plusMinutes(11));
    Answer later = world.alert(vm("sql-01"));
    assertThat(stateOf(later)).isEqualTo(CaptureState.STARTING);
    assertThat(asked("DELETE packetCaptures/" + orphan)).isOne();
    assertThat(asked("DELETE .*")).isOne();
  }

  @Test
  void sessionOfAnInstanceThatNoCaptureKnowsMakesRoomOnceItIsOldAndOver() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_SESSION_RETENTION", "P30D");
    world.with("CAPTURE_LIMIT", "1");
    String orphan = world.end(idOf(world.alert(INSTANCE))).session().name();
    world.on(new MemoryCaptureStore());
    world.clock.advance(Duration.ofHours(5).plusMinutes(11));

    assertThat(stateOf(world.alert(vm("web-01")))).isEqualTo(CaptureState.STARTING);
    assertThat(asked("DELETE packetCaptures/" + orphan)).isOne();
  }

  @Test
  void sessionLeftOverFromAnEarlierCaptureOfAnInstanceGoesFirst() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_SESSION_RETENTION", "P30D");
    String stale = world.end(idOf(world.alert(INSTANCE))).session().name();
    world.on(new MemoryCaptureStore());

    assertThat(world.end(idOf(world.alert(INSTANCE))).state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(asked("DELETE packetCaptures/" + stale)).isOne();
  }

  @Test
  void twoDeploymentsNeverTouchEachOthersSessions() throws Exception {
    world.with("CAPTURE_TIME_LIMIT", "PT10S").with("CAPTURE_LIMIT", "2");
    String mine = world.end(idOf(world.alert(vm("web-01")))).session().name();
    world.clock.advance(Duration.ofHours(6));
    world.on(
        mock(
            CaptureStore.class,
            withSettings()
                .defaultAnswer(
                    call ->
                        call.getMethod().getName().equals("identity")
                            ? "another"
                            : call.getMethod().invoke(otherStore, call.getArguments()))));

    Capture theirs = world.end(idOf(world.alert(vm("web-01"))));
    String third = idOf(world.alert(vm("web-02")));

    assertThat(theirs.session().name()).isNotEqualTo(mine);
    assertThat(asked("DELETE packetCaptures/" + mine)).isZero();
    assertThat(world.capture(third).state()).isEqualTo(CaptureState.STARTING);
    assertThat(asked("DELETE packetCaptures/" + theirs.session().name())).isOne();
  }
}
