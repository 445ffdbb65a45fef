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
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Duration;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * All sessions of a target have one name, so an ended capture that deletes its own could hit a
 * later one's. The target's fence keeps them apart.
 */
class DeletionFenceTest {
  private static final String OLDER = "2000000000000000000aa";
  private static final String OLD = "1000000000000000000aa";

  private final RacingStore store = new RacingStore();
  private final FakeSessions azure = new FakeSessions();
  private final MutableClock clock = new MutableClock(T0);
  private final EngineParts parts = TestParts.of(store, policy(), azure, clock);

  @Test
  void theFenceStandsWhileADeletionMayReachAzureAndFallsWithItsResult() throws Conflict {
    Claims.Held held = claim(ended(OLD));
    SessionDeletion.Outcome outcome = parts.deletion.delete(held, call()).orElseThrow();
    assertThat(record().fence()).isEqualTo(new Fence(held.token(), at(60)));
    assertThat(azure.calls()).containsExactly("delete");

    Claims.Held left = parts.claims.save(outcome.held(), outcome.seen(), call()).orElseThrow();
    assertThat(left.capture().session().phase()).isEqualTo(Phase.GONE);
    assertThat(record().fence()).isNull();
  }

  @Test
  void anEndedCaptureLeavesALaterOnesSessionAlone() throws Conflict {
    Claims.Held held = claim(ended(OLD));
    accept("alert-2");
    assertThat(seen(held)).isEqualTo(new Observation.TakenOver());
    assertThat(azure.calls()).isEmpty();
    assertThat(record().fence()).isNull();
  }

  @Test
  void aCaptureThatComesMeanwhileStopsTheDeletion() throws Conflict {
    Claims.Held held = claim(ended(OLD));
    store.beforeNextCommit(() -> accept("alert-2"));
    assertThat(seen(held)).isInstanceOf(Observation.Fenced.class);
    assertThat(azure.calls()).isEmpty();
    assertThat(seen(held)).isEqualTo(new Observation.TakenOver());
  }

  @Test
  void aCaptureThatComesDuringADeletionLetsItPass() throws Conflict {
    seen(claim(ended(OLD)));
    clock.advance(Duration.ofSeconds(20));
    assertThat(accept("alert-2").step().at()).isEqualTo(at(60));
  }

  @Test
  void aCaptureThatComesAfterALostDeletionWaitsForItAtMostItsTime() throws Conflict {
    seen(claim(ended(OLD)));
    clock.advance(Duration.ofSeconds(60));
    assertThat(accept("alert-2").step().at()).isEqualTo(at(60));
  }

  @Test
  void twoDeletionsOfOneNameAreNeverUnderWayAtOnce() throws Conflict {
    Stored older = ended(OLDER);
    Stored old = ended(OLD);
    Claims.Held first = claim(older);
    seen(first);
    clock.advance(Duration.ofSeconds(5));
    assertThat(seen(claim(old))).isEqualTo(new Observation.Fenced(at(60)));
    assertThat(record().fence().token()).isEqualTo(first.token());
    assertThat(azure.calls()).containsExactly("delete");
  }

  @Test
  void nobodyTakesDownAnothersFence() throws Conflict {
    Stored older = ended(OLDER);
    Claims.Held second = claim(ended(OLD));
    Claims.Held first = claim(older);
    seen(first);
    parts.claims.save(second, new Observation.TakenOver(), call());
    assertThat(record().fence().token()).isEqualTo(first.token());
  }

  @Test
  void aRecordThatCanNotBeReadIsFencedUntilAnyDeletionIsOver() throws Conflict {
    StoredTarget target = parts.targets.of(VM, clock.instant());
    store.commit(
        java.util.List.of(
            new dev.alertcapture.store.CaptureStore.Write.Insert(target.key(), "{\"active\":")));
    assertThat(accept("alert-1").step().at()).isEqualTo(at(60));
    assertThat(record().active()).isNotNull();
  }

  private Observation seen(Claims.Held held) {
    return parts.deletion.delete(held, call()).orElseThrow().seen();
  }

  private Claims.Held claim(Stored stored) {
    return parts.claims.claim(stored, call()).orElseThrow();
  }

  private static Invocation call() {
    return new Invocation(
        Deadline.in(Duration.ofSeconds(30), System::nanoTime), Logger.getAnonymousLogger());
  }

  private Capture accept(String key) {
    Accepted accepted =
        parts.acceptance.accept(fired(key, VM), VM, "", CaptureFixture.OPTIONS, call());
    assertThat(accepted).isInstanceOf(Accepted.Fresh.class);
    return ((Accepted.Fresh) accepted).held().capture();
  }

  /** A capture on record that has ended and whose session is still there. */
  private Stored ended(String id) throws Conflict {
    Capture ended =
        CaptureDraft.of(CaptureFixture.fresh(id, VM))
            .session(CaptureFixture.running())
            .state(CaptureState.FAILED)
            .done()
            .with(Task.due(T0));
    StoredTarget target = parts.targets.of(VM, clock.instant());
    return parts.captures.insert(ended, target, target.record());
  }

  private TargetRecord record() {
    return parts.targets.of(VM, clock.instant()).record();
  }
}
