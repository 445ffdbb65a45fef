package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.failed;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.capture.Observation.DeletionAccepted;
import dev.alertcapture.capture.Observation.FileNotYet;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.SessionMissing;
import dev.alertcapture.capture.Observation.TakenOver;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What observations make of a capture that has ended: its session. */
class StepsAfterEndTest {
  /** One deletion: what came of it, and the session and the next look at it after that. */
  record Deletion(Observation seen, Phase phase, long nextPollAt, int lines) {}

  static List<Deletion> deletions() {
    return List.of(
        new Deletion(new DeletionAccepted(), Phase.GONE, 0, 1),
        new Deletion(new SessionMissing(), Phase.GONE, 0, 1),
        new Deletion(new TakenOver(), Phase.GONE, 0, 0),
        new Deletion(new Refused(Reason.FORBIDDEN, "403"), Phase.KEPT, 0, 1),
        new Deletion(new Unavailable("409", null), Phase.ACCEPTED, 8, 0),
        new Deletion(new Unavailable("429", Duration.ofSeconds(60)), Phase.ACCEPTED, 67, 0));
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void aDeletionMakesOfTheSession(Deletion row) {
    Capture old = failed(c -> {});
    Capture c = new Steps(policy()).after(old, row.seen(), at(7));
    assertThat(c.session().phase()).isEqualTo(row.phase());
    assertThat(c.step().at()).isEqualTo(at(row.nextPollAt()));
    assertThat(c.history()).hasSize(old.history().size() + row.lines());
    assertThat(c.state()).isEqualTo(CaptureState.FAILED);
    assertThat(c.cause()).isEqualTo(old.cause());
  }

  @Test
  void anObservationThatNoActionBringsAboutIsAMistake() {
    assertThatThrownBy(() -> new Steps(policy()).after(failed(c -> {}), new FileNotYet(), T0))
        .isInstanceOf(IllegalStateException.class);
  }
}
