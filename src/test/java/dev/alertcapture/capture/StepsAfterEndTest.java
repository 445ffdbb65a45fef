package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.completed;
import static dev.alertcapture.capture.CaptureFixture.failed;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.capture.Notification.Status;
import dev.alertcapture.capture.Observation.DeletionAccepted;
import dev.alertcapture.capture.Observation.FileNotYet;
import dev.alertcapture.capture.Observation.NotTold;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.SessionMissing;
import dev.alertcapture.capture.Observation.TakenOver;
import dev.alertcapture.capture.Observation.Told;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What observations make of a capture that has ended: its messages and its session. */
class StepsAfterEndTest {
  private static final long DAY = Duration.ofDays(1).toSeconds();

  /** One deletion: what came of it, and the session and the next look at it after that. */
  record Deletion(Observation seen, Phase phase, long lookAt, int lines) {}

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
    assertThat(c.lookAt()).isEqualTo(at(row.lookAt()));
    assertThat(c.history()).hasSize(old.history().size() + row.lines());
    assertThat(c.state()).isEqualTo(CaptureState.FAILED);
    assertThat(c.cause()).isEqualTo(old.cause());
  }

  /** One try at a message: how often it was tried before, and what is planned after it. */
  record Try(int before, long now, Observation seen, Status status, long nextTryAt) {}

  static List<Try> tries() {
    return List.of(
        new Try(0, 1, new Told(1), Status.SENT, 0),
        new Try(0, 1, not(null, false), Status.PENDING, 6),
        new Try(1, 10, not(null, false), Status.PENDING, 20),
        new Try(9, 100, not(null, false), Status.PENDING, 100 + 5 * 512),
        new Try(10, 100, not(null, false), Status.PENDING, 3700),
        new Try(90, 100, not(null, false), Status.PENDING, 3700),
        new Try(0, 1, not(Duration.ofSeconds(30), false), Status.PENDING, 31),
        new Try(0, 1, not(Duration.ofSeconds(1), false), Status.PENDING, 6),
        new Try(30, DAY - 3600, not(null, false), Status.PENDING, DAY),
        new Try(30, DAY - 3599, not(null, false), Status.GIVEN_UP, DAY + 1),
        new Try(0, 1, not(null, true), Status.GIVEN_UP, 0));
  }

  @ParameterizedTest
  @MethodSource("tries")
  void aTryMakesOfTheMessage(Try row) {
    Notification other = Notification.due("slack", CaptureState.COMPLETED, T0);
    Notification old =
        new Notification(
            "webhook", CaptureState.COMPLETED, Status.PENDING, row.before(), T0, T0, null);
    Capture c =
        new Steps(policy())
            .after(
                completed(x -> x.notifications.addAll(List.of(other, old))),
                row.seen(),
                at(row.now()));
    assertThat(c.notifications().get(0)).isEqualTo(other);
    Notification message = c.notifications().get(1);
    assertThat(message.status()).isEqualTo(row.status());
    assertThat(message.nextTryAt()).isEqualTo(at(row.nextTryAt()));
    assertThat(message.attempts()).isEqualTo(row.before() + 1);
    assertThat(message.detail()).isEqualTo(row.seen() instanceof Told ? null : "503");
  }

  @Test
  void newsOfTheStartIsToldWhileItRuns() {
    Notification news = Notification.due("webhook", CaptureState.RUNNING, T0);
    Capture told =
        new Steps(policy())
            .after(CaptureFixture.running(c -> c.notifications.add(news)), new Told(0), at(1));
    assertThat(told.state()).isEqualTo(CaptureState.RUNNING);
    assertThat(told.notifications()).containsExactly(news.sent());
  }

  @Test
  void anObservationThatNoActionBringsAboutIsAMistake() {
    assertThatThrownBy(() -> new Steps(policy()).after(failed(c -> {}), new FileNotYet(), T0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Observation not(Duration retryAfter, boolean forGood) {
    return new NotTold(1, "503", retryAfter, forGood);
  }
}
