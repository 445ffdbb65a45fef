package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.NAME;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.requested;
import static dev.alertcapture.capture.CaptureState.REJECTED;
import static dev.alertcapture.capture.CaptureState.REQUESTED;
import static dev.alertcapture.capture.CaptureState.STARTING;
import static dev.alertcapture.capture.StepsTable.failed;
import static dev.alertcapture.capture.StepsTable.in;
import static dev.alertcapture.capture.StepsTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.capture.Observation.DeletionAccepted;
import dev.alertcapture.capture.Observation.FileNotYet;
import dev.alertcapture.capture.Observation.NameInUse;
import dev.alertcapture.capture.Observation.NoSlot;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.RegionFound;
import dev.alertcapture.capture.Observation.Reserved;
import dev.alertcapture.capture.Observation.SessionFound;
import dev.alertcapture.capture.Observation.SessionMissing;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Sessions.Provisioning;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.capture.StepsTable.Outcome;
import dev.alertcapture.capture.StepsTable.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What observations make of a capture that waits for its slot, two minutes at most. */
class StepsRequestedTest {
  private static final String OTHER = CaptureFixture.vm("db-01").id();
  private static final Observation BUSY = new Unavailable("503", null);
  private static final Observation FORBIDDEN = new Refused(Reason.FORBIDDEN, "403");
  private static final Observation FULL = new NoSlot("10 sessions");

  private final Steps steps = new Steps(policy());

  @ParameterizedTest(name = "{0}")
  @MethodSource({"slots", "troubles", "leftOvers"})
  void anObservationMakesOfACapture(Row row) {
    assertThat(Outcome.of(row.after())).isEqualTo(row.expected());
  }

  static List<Row> slots() {
    Capture c = requested(x -> {});
    Outcome full = in(REJECTED, 120).because(Reason.LIMIT_REACHED, "10 sessions");
    return List.of(
        row("a region", requested(x -> x.region = null), found("uksouth"), 1, in(REQUESTED, 0)),
        row("a slot", c, new Reserved(NAME, WATCHER), 3, in(STARTING, 3).with(Phase.INTENDED)),
        row("no slot: 5 s", c, FULL, 3, in(REQUESTED, 8)),
        row("no slot near the end", c, FULL, 118, in(REQUESTED, 120)),
        row("no slot to the end", c, FULL, 120, full));
  }

  static List<Row> troubles() {
    Capture c = requested(x -> {});
    Outcome out = in(REJECTED, 120).because(Reason.UNAVAILABLE, "503");
    return List.of(
        row("refused", c, FORBIDDEN, 1, failed(1, Reason.FORBIDDEN, "403")),
        row("busy: 1 s", c, BUSY, 1, in(REQUESTED, 2)),
        row(
            "busy again: 2 s",
            requested(x -> x.consecutiveFailures = 1),
            BUSY,
            1,
            in(REQUESTED, 3)),
        row(
            "busy the 6th time: 30 s",
            requested(x -> x.consecutiveFailures = 5),
            BUSY,
            1,
            in(REQUESTED, 31)),
        row(
            "busy ever so often",
            requested(x -> x.consecutiveFailures = 99),
            BUSY,
            1,
            in(REQUESTED, 31)),
        row("busy: as Azure says", c, busy(20), 1, in(REQUESTED, 21)),
        row("busy: to the queue's end", c, busy(3600), 1, in(REQUESTED, 120)),
        row("busy to the end", c, BUSY, 120, out));
  }

  static List<Row> leftOvers() {
    Capture c = requested(x -> {});
    Capture old = requested(Phase.STALE);
    Capture leaving = requested(Phase.STALE_DELETED);
    Outcome still = in(REJECTED, 120).because(Reason.UNAVAILABLE, "the old session is still there");
    Outcome taken = failed(1, Reason.NAME_TAKEN, NAME + " captures on " + OTHER);
    Outcome stale = in(REQUESTED, 1).with(Phase.STALE);
    return List.of(
        row("ours: it is deleted first", c, inUse(VM.id()), 1, stale),
        row("ours, and the queue is over", c, inUse(VM.id()), 120, still.with(Phase.STALE)),
        row("in other letters", c, inUse(VM.id().toUpperCase(Locale.ROOT)), 1, stale),
        row("somebody else's: never touched", c, inUse(OTHER), 1, taken),
        row(
            "nobody's",
            c,
            inUse(null),
            1,
            failed(1, Reason.NAME_TAKEN, NAME + " captures on null")),
        row("going", old, new DeletionAccepted(), 1, in(REQUESTED, 2).with(Phase.STALE_DELETED)),
        row("kept", old, FORBIDDEN, 1, failed(1, Reason.FORBIDDEN, "403").with(Phase.STALE)),
        row("can't be deleted now", old, BUSY, 1, in(REQUESTED, 2).with(Phase.STALE)),
        row("still there: 1 s", leaving, there(), 2, in(REQUESTED, 3).with(Phase.STALE_DELETED)),
        row("never goes", leaving, there(), 120, still.with(Phase.STALE_DELETED)),
        row(
            "already gone: 1 s, or a list that lags would make us spin",
            old,
            new SessionMissing(),
            2,
            in(REQUESTED, 3)),
        row("gone", leaving, new SessionMissing(), 2, in(REQUESTED, 0)));
  }

  @Test
  void theIntentIsDatedFromTheReservation() {
    Capture c = steps.after(requested(x -> x.waiting = "10"), new Reserved(NAME, WATCHER), at(9));
    assertThat(c.session()).isEqualTo(Session.named(NAME, WATCHER, Phase.INTENDED, at(9)));
    assertThat(c.stateSince()).isEqualTo(at(9));
    assertThat(c.waiting()).isNull();
  }

  @Test
  void aRegionThatIsFoundIsKept() {
    Capture c = steps.after(requested(x -> x.region = null), found("uksouth"), at(1));
    assertThat(c.region()).isEqualTo("uksouth");
  }

  @Test
  void whatItWaitsForIsSaid() {
    assertThat(steps.after(requested(x -> {}), FULL, at(1)).waiting()).isEqualTo("10 sessions");
  }

  @Test
  void anObservationThatNoActionBringsAboutIsAMistake() {
    assertThatThrownBy(() -> steps.after(requested(x -> {}), new FileNotYet(), T0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Observation found(String region) {
    return new RegionFound(region);
  }

  private static Observation busy(long retryAfter) {
    return new Unavailable("503", Duration.ofSeconds(retryAfter));
  }

  private static Seen seen(String target) {
    return new Seen(NAME, target, Provisioning.SUCCEEDED, CaptureFixture.PATHS);
  }

  private static Observation inUse(String target) {
    return new NameInUse(seen(target), WATCHER);
  }

  private static Observation there() {
    return new SessionFound(seen(VM.id()));
  }
}
