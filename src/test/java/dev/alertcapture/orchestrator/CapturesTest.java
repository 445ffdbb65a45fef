package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.NAME;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.details;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.SlotLedger.Slot;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturesTest {
  private static final String ID = "0000000000000000000aa";
  private static final String OTHER = "0000000000000000000bb";

  private final RacingStore store = new RacingStore();
  private final MutableClock clock = new MutableClock(T0);
  private final EngineParts parts = TestParts.of(store, policy(), new FakeSessions(), clock);
  private final Captures captures = parts.captures;

  @Test
  void aNewCaptureTakesItsTargetAndIsDueOnce() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    assertThat(captures.get(ID)).contains(stored);
    assertThat(parts.targets.of(VM, clock.instant()).record().active()).isEqualTo(ID);
    assertThat(dueRows()).containsExactly("d:" + T0.plusSeconds(60).toEpochMilli() + ":" + ID);
  }

  @Test
  void ofTwoNewCapturesOfATargetOneIsWritten() throws Conflict {
    store.beforeNextCommit(() -> insert(fresh(OTHER, VM)));
    assertLost("t:" + Base32.hash(VM.key()), () -> insert(fresh(ID, VM)));
    assertThat(captures.get(ID)).isEmpty();
    assertThat(dueRows()).hasSize(1);
    assertThat(parts.targets.of(VM, clock.instant()).record().active()).isEqualTo(OTHER);
  }

  @Test
  void aCaptureIsDueExactlyOnceHoweverOftenItIsSaved() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    for (long seconds : List.of(5L, 5L, 3L, 60L, 60L)) {
      stored = captures.save(stored, dueAt(stored, at(seconds)), null, T0);
      assertThat(dueRows()).containsExactly("d:" + at(seconds).toEpochMilli() + ":" + ID);
      assertThat(captures.get(ID)).contains(stored);
    }
  }

  @Test
  void aSaveThatLosesMovesNothing() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    store.beforeNextCommit(() -> captures.save(stored, dueAt(stored, at(7)), null, T0));
    assertLost("c:" + ID, () -> captures.save(stored, dueAt(stored, at(5)), null, T0));
    assertThat(dueRows()).containsExactly("d:" + at(7).toEpochMilli() + ":" + ID);
    assertThat(captures.get(ID).orElseThrow().capture().wakeAt()).isEqualTo(at(7));
  }

  @Test
  void theLongestDueComesFirstAndTheFutureNotAtAll() throws Conflict {
    insertDue("0000000000000000000cc", "c", 30);
    insertDue("0000000000000000000dd", "d", 10);
    insertDue("0000000000000000000ee", "e", 20);
    assertThat(due(at(20), 10)).containsExactly("0000000000000000000dd", "0000000000000000000ee");
    assertThat(due(at(20).minusMillis(1), 10)).containsExactly("0000000000000000000dd");
    assertThat(due(at(30), 1)).containsExactly("0000000000000000000dd");
  }

  @Test
  void theNewestCaptureIsListedFirst() throws Conflict {
    insert(fresh("1000000000000000000aa", vm("old")));
    insert(fresh("0000000000000000000zz", vm("new")));
    assertThat(captures.newest(10).captures())
        .extracting(c -> c.target().name())
        .containsExactly("new", "old");
    assertThat(captures.newest(1).captures())
        .extracting(c -> c.target().name())
        .containsExactly("new");
  }

  @Test
  void aJoinIsOnCaptureAndTargetOrOnNeither() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    StoredTarget target = parts.targets.of(VM, clock.instant());
    Capture joined = stored.capture().joined(details("alert-2"));
    store.beforeNextCommit(() -> captures.save(stored, dueAt(stored, at(7)), null, T0));
    assertLost(
        "c:" + ID,
        () ->
            captures.join(
                stored, joined, target, target.record().answered(details("alert-2"), ID, T0)));
    assertThat(parts.targets.of(VM, clock.instant())).isEqualTo(target);

    Stored again = captures.get(ID).orElseThrow();
    Capture next = again.capture().joined(details("alert-2"));
    captures.join(again, next, target, target.record().answered(details("alert-2"), ID, T0));
    assertThat(captures.get(ID).orElseThrow().capture()).isEqualTo(next);
    assertThat(parts.targets.of(VM, clock.instant()).record().captureOf("alert-2", T0))
        .isEqualTo(ID);
    assertThat(dueRows()).containsExactly("d:" + at(7).toEpochMilli() + ":" + ID);
  }

  @Test
  void aCompletedCaptureLeavesItsTargetToCool() throws Conflict {
    Stored stored = insert(running());
    captures.save(stored, ending(stored, CaptureState.COMPLETED), null, at(20));
    TargetRecord record = parts.targets.of(VM, clock.instant()).record();
    assertThat(record.active()).isNull();
    assertThat(record.coolUntil()).isEqualTo(at(320));
    assertThat(record.region()).isEqualTo("westus");
  }

  @Test
  void aFailedCaptureLeavesItsTargetFree() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    captures.save(stored, ending(stored, CaptureState.REJECTED), null, at(20));
    TargetRecord record = parts.targets.of(VM, clock.instant()).record();
    assertThat(record.active()).isNull();
    assertThat(record.coolUntil()).isNull();
    // No session of it ever ran, so the region may be a mere claim of the alert.
    assertThat(record.region()).isNull();
  }

  @Test
  void aCaptureReleasesItsTargetOnceAndNoOthers() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    StoredTarget target = parts.targets.of(VM, clock.instant());
    captures.insert(fresh(OTHER, VM), target, target.record().taken(OTHER));
    captures.save(stored, ending(stored, CaptureState.FAILED), null, at(20));
    assertThat(parts.targets.of(VM, clock.instant()).record().active()).isEqualTo(OTHER);
  }

  @Test
  void anEndAndAnAlertThatTakesTheTargetCannotBothWin() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    StoredTarget target = parts.targets.of(VM, clock.instant());
    store.beforeNextCommit(
        () -> captures.insert(fresh(OTHER, VM), target, target.record().taken(OTHER)));
    assertLost(
        target.key(),
        () -> captures.save(stored, ending(stored, CaptureState.FAILED), null, at(20)));
    assertThat(captures.get(ID)).contains(stored);
  }

  @Test
  void aFailureKeepsTheSlotSinceAListNeedNotShowTheSessionYet() throws Conflict {
    Stored stored = insert(CaptureFixture.starting(Phase.INTENDED));
    hold(ID);
    captures.save(stored, ending(stored, CaptureState.FAILED), null, at(20));
    assertThat(slots()).extracting(Slot::name).containsExactly(NAME);
  }

  @Test
  void aSessionThatIsGoneGivesItsSlotBack() throws Conflict {
    Stored stored = insert(CaptureFixture.failed());
    hold(ID);
    captures.save(stored, gone(stored.capture()), null, at(20));
    assertThat(slots()).isEmpty();
  }

  @Test
  void aSessionThatWasTakenOverLeavesItsSlotToTheOther() throws Conflict {
    Stored stored = insert(CaptureFixture.failed());
    hold(OTHER);
    captures.save(stored, gone(stored.capture()), null, at(20));
    assertThat(slots()).extracting(Slot::captureId).containsExactly(OTHER);
  }

  @Test
  void aForgottenCaptureLeavesNoRow() throws Conflict {
    Stored stored = insert(fresh(ID, VM));
    Stored next = captures.save(stored, dueAt(stored, at(5)), null, T0);
    assertLost("c:" + ID, () -> captures.forget(stored));
    assertThat(dueRows()).hasSize(1);
    captures.forget(next);
    assertThat(captures.get(ID)).isEmpty();
    assertThat(dueRows()).isEmpty();
  }

  @Test
  void theHeartbeatIsTheLastOnes() {
    Heartbeats heartbeats = new Heartbeats(store, T0);
    heartbeats.timer(T0);
    heartbeats.timer(at(30));
    store.beforeNextCommit(() -> heartbeats.timer(at(60)));
    heartbeats.timer(at(61));
    assertThat(heartbeats.lastTimer()).contains(at(60));
  }

  private List<String> due(Instant now, int limit) {
    return parts.index.until(now, limit).stream().map(DueIndex.Due::id).toList();
  }

  private static Capture dueAt(Stored stored, Instant at) {
    return stored.capture().with(Task.due(at));
  }

  private Stored insert(Capture c) throws Conflict {
    StoredTarget target = parts.targets.of(c.target(), clock.instant());
    return captures.insert(c, target, target.record().taken(c.id()));
  }

  private void insertDue(String id, String name, long seconds) throws Conflict {
    insert(fresh(id, vm(name)).with(Task.due(at(seconds))));
  }

  private static Capture running() {
    return CaptureFixture.runningCapture();
  }

  private static Capture ending(Stored stored, CaptureState state) {
    return CaptureDraft.of(stored.capture()).enter(state, at(20), "the end").done();
  }

  private static Capture gone(Capture c) {
    return CaptureDraft.of(c).phase(Phase.GONE).done();
  }

  private void hold(String captureId) throws Conflict {
    StoredLedger ledger = parts.targets.ledger(RowKeys.ledger("s1", "westus"), clock.instant());
    store.commit(List.of(ledger.write(ledger.ledger().with(new Slot(NAME, captureId, T0)))));
  }

  private List<Slot> slots() {
    return parts.targets.ledger(RowKeys.ledger("s1", "westus"), clock.instant()).ledger().slots();
  }

  private List<String> dueRows() {
    return store.scan("d:", "d;", 100).stream().map(Row::key).toList();
  }

  private static void assertLost(String key, RacingStore.Other act) {
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(act::act)
        .extracting(Conflict::key)
        .isEqualTo(key);
  }
}
