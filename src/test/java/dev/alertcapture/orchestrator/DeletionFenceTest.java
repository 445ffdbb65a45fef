package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.orchestrator.Captures.StoredTarget;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * All sessions of a target have one name, so an ended capture that deletes its own could hit a
 * later one's. The target's record keeps them apart.
 */
class DeletionFenceTest {
  private static final Duration TAKES = Duration.ofSeconds(60);
  private static final String OLDER = "2000000000000000000aa";
  private static final String OLD = "1000000000000000000aa";

  private final RacingStore store = new RacingStore();
  private final Captures captures = new Captures(store, policy());
  private final MutableClock clock = new MutableClock(T0);
  private final Acceptance acceptance =
      new Acceptance(captures, new Steps(policy()), policy(), clock, new Random(1));

  @Test
  void anEndedCaptureMayDeleteWhatNobodyElseHas() throws Conflict {
    assertThat(captures.mayDelete(ended(OLD).capture(), T0, TAKES)).isTrue();
    assertThat(record().deletingCapture()).isEqualTo(OLD);
    assertThat(record().deletingUntil()).isEqualTo(at(60));
  }

  @Test
  void anEndedCaptureLeavesALaterOnesSessionAlone() throws Conflict {
    Capture old = ended(OLD).capture();
    accept("alert-2");
    assertThat(captures.mayDelete(old, T0, TAKES)).isFalse();
    assertThat(record().deletingCapture()).isNull();
  }

  @Test
  void aCaptureThatComesMeanwhileStopsTheDeletion() throws Conflict {
    Capture old = ended(OLD).capture();
    store.beforeNextCommit(() -> accept("alert-2"));
    assertThatExceptionOfType(Conflict.class).isThrownBy(() -> captures.mayDelete(old, T0, TAKES));
    assertThat(captures.mayDelete(old, T0, TAKES)).isFalse();
  }

  @Test
  void aCaptureThatComesDuringADeletionLetsItPass() throws Conflict {
    captures.mayDelete(ended(OLD).capture(), T0, TAKES);
    clock.advance(Duration.ofSeconds(20));
    assertThat(accept("alert-2").nextPollAt()).isEqualTo(at(60));
  }

  @Test
  void aCaptureThatComesAfterADeletionStartsAtOnce() throws Conflict {
    Stored old = ended(OLD);
    captures.mayDelete(old.capture(), T0, TAKES);
    captures.save(old, gone(old.capture()), T0);
    assertThat(record().deletingCapture()).isNull();
    assertThat(accept("alert-2").nextPollAt()).isEqualTo(T0);
  }

  @Test
  void aCaptureThatComesAfterACutDeletionWaitsForItAtMostItsTime() throws Conflict {
    captures.mayDelete(ended(OLD).capture(), T0, TAKES);
    clock.advance(Duration.ofSeconds(60));
    assertThat(accept("alert-2").nextPollAt()).isEqualTo(at(60));
  }

  @Test
  void aDeletionThatIsRepeatedIsFencedAnew() throws Conflict {
    Capture old = ended(OLD).capture();
    captures.mayDelete(old, T0, TAKES);
    assertThat(captures.mayDelete(old, at(61), TAKES)).isTrue();
    assertThat(record().deletingUntil()).isEqualTo(at(121));
  }

  @Test
  void twoDeletionsOfOneNameAreNeverUnderWayAtOnce() throws Conflict {
    Capture older = ended(OLDER).capture();
    Stored old = ended(OLD);
    captures.mayDelete(older, T0, TAKES);
    // Else the end of the second would lift the fence while the first is still on its way.
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> captures.mayDelete(old.capture(), at(5), TAKES));
    assertThat(record().deletingCapture()).isEqualTo(OLDER);
    assertThat(captures.mayDelete(old.capture(), at(60), TAKES)).isTrue();
  }

  private Capture accept(String key) {
    Accepted accepted = acceptance.accept(fired(key, VM), VM, CaptureFixture.OPTIONS);
    assertThat(accepted).isInstanceOf(Accepted.Fresh.class);
    return ((Accepted.Fresh) accepted).stored().capture();
  }

  /** A capture on record that has ended and whose session is still there. */
  private Stored ended(String id) throws Conflict {
    Capture ended =
        CaptureDraft.of(CaptureFixture.fresh(id, VM))
            .session(CaptureFixture.running())
            .state(CaptureState.FAILED)
            .done();
    StoredTarget target = captures.target(VM);
    return captures.insert(ended, target, target.record());
  }

  private static Capture gone(Capture c) {
    return CaptureDraft.of(c).phase(Phase.GONE).done();
  }

  private TargetRecord record() {
    return captures.target(VM).record();
  }
}
