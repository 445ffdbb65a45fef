package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepRunnerTest {
  private final RacingStore store = new RacingStore();
  private final FakeSessions azure = new FakeSessions();
  private final MutableClock clock = new MutableClock(T0);
  private final AtomicLong nanos = new AtomicLong();
  private final EngineParts parts =
      TestParts.of(store, policy(), azure, clock, this::advance, Map.of(), "token");
  private final Captures captures = parts.captures;
  private final StepRunner runner = parts.runner;

  private void advance(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void anAlertIsTakenToItsEndAndForgotten() throws Exception {
    Capture c = run(accept("alert-1"));
    assertThat(c.state()).isEqualTo(CaptureState.STARTING);
    assertThat(c.wakeAt()).isEqualTo(at(10));
    advance(Duration.ofSeconds(10));
    assertThat(runIfDue(c.id()).state()).isEqualTo(CaptureState.RUNNING);
    advance(Duration.ofSeconds(3));
    Capture completed = runIfDue(c.id());
    assertThat(completed.state()).isEqualTo(CaptureState.COMPLETED);
    assertThat(completed.file().bytes()).isEqualTo(24);
    assertThat(completed.wakeAt()).as("messages are for the messenger").isEqualTo(at(10));
    tell(completed);
    advance(Duration.ofMinutes(5));
    assertThat(runIfDue(c.id()).session().phase()).isEqualTo(Phase.GONE);
    advance(Duration.ofDays(30));
    runner.runIfDue(c.id(), call());
    assertThat(captures.get(c.id())).isEmpty();
    assertThat(azure.calls())
        .containsOnlyOnce("start", "operation", "status", "delete")
        .doesNotContain("stop");
  }

  @Test
  void whatIsNotDueIsLeftAlone() throws Exception {
    Stored stored = accept("alert-1");
    advance(Duration.ofMillis(59_999));
    runner.runIfDue(stored.capture().id(), call());
    assertThat(azure.calls()).isEmpty();
    advance(Duration.ofMillis(1));
    runner.runIfDue(stored.capture().id(), call());
    assertThat(azure.calls()).contains("start");
  }

  @Test
  void whoLosesTheClaimDoesNothing() throws Exception {
    Stored stored = accept("alert-1");
    advance(Duration.ofMinutes(1));
    store.beforeNextCommit(
        () -> captures.save(stored, claimedBySomebody(stored, at(120)), null, clock.instant()));
    runner.runIfDue(stored.capture().id(), call());
    assertThat(azure.calls()).isEmpty();
    assertThat(current(stored).wakeAt()).isEqualTo(at(120));
  }

  @Test
  void whatCameOfAnExpiredClaimIsDropped() throws Exception {
    Stored stored = accept("alert-1");
    store.beforeNextCommit(
        () -> {
          clock.advance(Duration.ofSeconds(70));
          captures.save(stored, claimedBySomebody(stored, at(130)), null, clock.instant());
        });
    run(stored);
    assertThat(azure.calls()).doesNotContain("start");
    assertThat(current(stored).state()).isEqualTo(CaptureState.REQUESTED);
    assertThat(current(stored).wakeAt()).isEqualTo(at(130));
  }

  @Test
  void anAlertThatJoinsWhileTheSlotIsReservedDelaysNothing() throws Exception {
    Stored stored = accept("alert-1");
    azure.onList(
        () -> {
          azure.onList(() -> {});
          join("alert-2");
        });
    Capture c = run(stored);
    assertThat(c.state()).isEqualTo(CaptureState.STARTING);
    assertThat(c.session().phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(current(stored).joins().count()).isEqualTo(1);
  }

  @Test
  void anAlertThatJoinsDuringAStepLosesNeither() throws Exception {
    Stored stored = accept("alert-1");
    Capture c = run(stored);
    advance(Duration.ofSeconds(10));
    // The first commit is the claim, the second what came of the operation.
    store.beforeNextCommit(() -> store.beforeNextCommit(() -> join("alert-2")));
    assertThat(runIfDue(c.id()).state()).isEqualTo(CaptureState.RUNNING);
    assertThat(current(stored).joins().count()).isEqualTo(1);
  }

  @Test
  void aStartThatWasCutBeforeThePutIsMadeAgainUnderItsName() throws Exception {
    Stored intended = intended();
    advance(Duration.ofMinutes(1));
    assertThat(runIfDue(intended.capture().id()).session().phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(azure.calls()).containsSubsequence("find", "start").containsOnlyOnce("start");
    assertThat(azure.most).isEqualTo(1);
  }

  @Test
  void aStartThatWasCutAfterThePutIsAdopted() throws Exception {
    Stored intended = intended();
    azure.add(intended.capture().session().name(), VM.id());
    advance(Duration.ofMinutes(1));
    assertThat(runIfDue(intended.capture().id()).session().phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(azure.calls()).contains("find").doesNotContain("start");
  }

  @Test
  void aLeftOverSessionGoesFirstAndTheStartFollowsInTheSameCall() throws Exception {
    Stored stored = accept("alert-1");
    azure.add(new SessionNaming("alert-", store.identity()).of(VM), VM.id());
    Capture c = run(stored);
    assertThat(c.state()).isEqualTo(CaptureState.STARTING);
    assertThat(azure.calls()).containsSubsequence("delete", "find", "start");
    assertThat(clock.instant()).as("one look, a second later").isEqualTo(at(1));
  }

  @Test
  void aPutThatComesTooLateIsNotSentBeforeTheSlotIsReservedAgain() throws Exception {
    Stored stored = accept("alert-1");
    store.beforeNextCommit(() -> advance(Duration.ofSeconds(20)));
    run(stored);
    assertThat(azure.lists()).isEqualTo(2);
    assertThat(azure.calls()).containsOnlyOnce("start");
    assertThat(
            parts.targets.ledger(RowKeys.ledger("s1", "westus"), clock.instant()).ledger().slots())
        .extracting(SlotLedger.Slot::since)
        .containsExactly(at(20));
  }

  @Test
  void withoutTimeNothingIsBegunAndTheTimerHasIt() throws Exception {
    Stored stored = accept("alert-1");
    Invocation late = call();
    advance(Duration.ofSeconds(25));
    runner.run(new Claims.Held(stored, token(stored), late.deadline()), late);
    assertThat(azure.calls()).isEmpty();
    assertThat(parts.index.until(clock.instant(), 10))
        .extracting(DueIndex.Due::id)
        .containsExactly(stored.capture().id());
  }

  @Test
  void anEndedCaptureLeavesALaterOnesSessionAlone() throws Exception {
    Stored intended = intended();
    Capture ended =
        CaptureDraft.of(intended.capture()).enter(CaptureState.FAILED, T0, "failed").done();
    Stored failed = captures.save(intended, ended.with(Task.due(T0)), null, T0);
    Stored later = accept("alert-2");
    azure.add(failed.capture().session().name(), VM.id());
    advance(Duration.ofMinutes(1));
    assertThat(runIfDue(failed.capture().id()).session().phase()).isEqualTo(Phase.GONE);
    assertThat(azure.calls()).doesNotContain("delete");
    assertThat(current(later).state()).isEqualTo(CaptureState.REQUESTED);
  }

  private void tell(Capture c) throws Conflict {
    Capture told = CaptureDraft.of(c).messages(Notification::sent).done();
    captures.save(captures.get(c.id()).orElseThrow(), told, null, clock.instant());
  }

  private Stored accept(String key) {
    return ((Accepted.Fresh)
            parts.acceptance.accept(fired(key, VM), VM, "", CaptureFixture.OPTIONS, call()))
        .held()
        .stored();
  }

  private void join(String key) {
    assertThat(parts.acceptance.accept(fired(key, VM), VM, "", CaptureFixture.OPTIONS, call()))
        .isInstanceOf(Accepted.Joined.class);
  }

  /** A capture whose slot was reserved by somebody who then died. */
  private Stored intended() throws Conflict {
    Stored stored = accept("alert-1");
    String name = new SessionNaming("alert-", store.identity()).of(VM);
    Observation reserved = new Observation.Reserved(name, CaptureFixture.WATCHER);
    return captures.save(
        stored, parts.steps.after(stored.capture(), reserved, T0), token(stored), T0);
  }

  private Capture run(Stored stored) throws InterruptedException {
    Invocation call = call();
    return runner.run(new Claims.Held(stored, token(stored), call.deadline()), call);
  }

  private static String token(Stored stored) {
    return stored.capture().step().claim().token();
  }

  private static Capture claimedBySomebody(Stored stored, Instant until) {
    return stored.capture().with(stored.capture().step().claimed("somebody", until));
  }

  private Capture runIfDue(String id) throws InterruptedException {
    runner.runIfDue(id, call());
    return captures.get(id).orElseThrow().capture();
  }

  private Capture current(Stored stored) {
    return captures.get(stored.capture().id()).orElseThrow().capture();
  }

  private Invocation call() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(25), nanos::get);
    return new Invocation(deadline, Logger.getAnonymousLogger());
  }
}
