package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.NAME;
import static dev.alertcapture.capture.CaptureFixture.OPERATION;
import static dev.alertcapture.capture.CaptureFixture.PATHS;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.WATCHER;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.following;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.starting;
import static dev.alertcapture.capture.CaptureState.RUNNING;
import static dev.alertcapture.capture.CaptureState.STARTING;
import static dev.alertcapture.capture.StepsTable.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Observation.NameInUse;
import dev.alertcapture.capture.Observation.NoSlot;
import dev.alertcapture.capture.Observation.OperationSeen;
import dev.alertcapture.capture.Observation.OperationUnknown;
import dev.alertcapture.capture.Observation.PutAccepted;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.Reserved;
import dev.alertcapture.capture.Observation.SessionFound;
import dev.alertcapture.capture.Observation.SessionMissing;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Sessions.Operation;
import dev.alertcapture.capture.Sessions.Progress;
import dev.alertcapture.capture.Sessions.Provisioning;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.capture.Sessions.Started;
import dev.alertcapture.capture.StepsTable.Outcome;
import dev.alertcapture.capture.StepsTable.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What observations make of a capture whose PUT may have been sent, ten minutes at most. */
class StepsStartingTest {
  private static final Observation BUSY = new Unavailable("503", null);
  private static final Observation FORBIDDEN = new Refused(Reason.FORBIDDEN, "403");
  private static final Observation FULL = new NoSlot("10 sessions");

  private final Steps steps = new Steps(policy());

  @ParameterizedTest(name = "{0}")
  @MethodSource({"puts", "adoptions", "operations"})
  void anObservationMakesOfACapture(Row row) {
    assertThat(Outcome.of(row.after())).isEqualTo(row.expected());
  }

  static List<Row> puts() {
    Capture intended = starting(Phase.INTENDED);
    Capture absent = starting(Phase.ABSENT);
    return List.of(
        row("accepted", intended, put(7), 1, in(8, Phase.ACCEPTED)),
        row("accepted, Retry-After 1 h", intended, put(3600), 1, in(600, Phase.ACCEPTED)),
        row("accepted, Retry-After 0", intended, put(0), 1, in(2, Phase.ACCEPTED)),
        row("accepted, no word when to look", intended, put(null), 1, in(11, Phase.ACCEPTED)),
        row("refused", intended, FORBIDDEN, 1, failed(1, Phase.INTENDED, Reason.FORBIDDEN, "403")),
        row("cut: look soon", intended, BUSY, 1, in(2, Phase.INTENDED)),
        row("cut for 10 min", intended, BUSY, 600, tooLate(Phase.INTENDED, "503")),
        row("not there: reserve again", intended, new SessionMissing(), 1, in(1, Phase.ABSENT)),
        row(
            "not there after 10 min",
            intended,
            new SessionMissing(),
            600,
            tooLate(Phase.ABSENT, "its session is not there")),
        row("a slot again", absent, new Reserved(NAME, WATCHER), 5, in(0, Phase.INTENDED)),
        row("no slot any more", absent, FULL, 5, in(10, Phase.ABSENT)),
        row("no slot for 10 min", absent, FULL, 600, tooLate(Phase.ABSENT, "10 sessions")));
  }

  static List<Row> adoptions() {
    Capture c = starting(Phase.INTENDED);
    Capture adopted = starting(Phase.ACCEPTED);
    Outcome lost = failed(9, Phase.ACCEPTED, Reason.SESSION_LOST, NAME);
    Outcome bad = failed(1, Phase.ACCEPTED, Reason.START_FAILED, "its session says Failed");
    return List.of(
        row("being made", c, found(Provisioning.UPDATING), 1, in(6, Phase.ACCEPTED)),
        row("made", c, found(Provisioning.SUCCEEDED), 1, runs(13)),
        row("failed", c, found(Provisioning.FAILED), 1, bad),
        row("made for 10 min", c, found(Provisioning.UPDATING), 600, tooLate("starting")),
        row("made after 10 min", c, found(Provisioning.SUCCEEDED), 601, runs(601)),
        row("seen in the list", starting(Phase.ABSENT), listed(), 1, runs(13)),
        row("was there and is gone", adopted, new SessionMissing(), 9, lost));
  }

  static List<Row> operations() {
    Capture c = following();
    return List.of(
        row("under way", c, operation(Progress.IN_PROGRESS, 7), 10, in(17, Phase.ACCEPTED)),
        row(
            "Retry-After 0: 1 s",
            c,
            operation(Progress.IN_PROGRESS, 0),
            10,
            in(11, Phase.ACCEPTED)),
        row("no word when", c, operation(Progress.IN_PROGRESS, null), 10, in(20, Phase.ACCEPTED)),
        row("near the end", c, operation(Progress.IN_PROGRESS, 7), 599, in(600, Phase.ACCEPTED)),
        row("never ends", c, operation(Progress.IN_PROGRESS, 7), 600, tooLate("starting")),
        row(
            "failed",
            c,
            operation(Progress.FAILED, null),
            10,
            failed(10, Phase.ACCEPTED, Reason.START_FAILED, "no agent")),
        row("done", c, operation(Progress.SUCCEEDED, null), 10, runs(13)),
        row("done when all is over", c, operation(Progress.SUCCEEDED, null), 40, runs(40)),
        row("unknown: look", c, new OperationUnknown(), 10, in(0, Phase.ACCEPTED)),
        row("busy", c, BUSY, 10, in(11, Phase.ACCEPTED)),
        row("refused", c, FORBIDDEN, 10, failed(10, Phase.ACCEPTED, Reason.FORBIDDEN, "403")));
  }

  @Test
  void aSecondReservationDoesNotMakeTheStartLast() {
    Capture c = steps.after(starting(Phase.ABSENT), new Reserved(NAME, WATCHER), at(9));
    assertThat(c.stateSince()).isEqualTo(T0);
    assertThat(c.session().putAt()).isEqualTo(at(9));
  }

  @Test
  void aPutLeavesOperationAndPathsOnRecord() {
    Session session = steps.after(starting(Phase.INTENDED), put(null), at(1)).session();
    assertThat(session.operationUrl()).isEqualTo(OPERATION);
    assertThat(session.paths()).isEqualTo(PATHS);
  }

  @Test
  void anOperationThatAzureForgotIsNotFollowedAgain() {
    Capture c = steps.after(following(), new OperationUnknown(), at(1));
    assertThat(steps.next(c, at(1))).isEqualTo(new Action.LookForSession());
    assertThat(c.session().paths()).isEqualTo(PATHS);
  }

  @Test
  void aSessionThatIsMadeRunsFromThenOn() {
    Session session =
        steps.after(following(), operation(Progress.SUCCEEDED, null), at(8)).session();
    assertThat(session.runningSince()).isEqualTo(at(8));
    assertThat(session.operationUrl()).isNull();
    assertThat(session.paths()).isEqualTo(PATHS);
  }

  private static Duration sec(Integer seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private static Seen seen(Provisioning how) {
    return new Seen(NAME, VM.id(), how, PATHS);
  }

  private static Observation listed() {
    return new NameInUse(seen(Provisioning.SUCCEEDED), WATCHER);
  }

  private static Observation found(Provisioning how) {
    return new SessionFound(seen(how));
  }

  private static Observation put(Integer retryAfter) {
    return new PutAccepted(new Started(OPERATION, sec(retryAfter), PATHS));
  }

  private static Observation operation(Progress progress, Integer retryAfter) {
    return new OperationSeen(new Operation(progress, sec(retryAfter), "no agent"));
  }

  private static Outcome in(long nextPollAt, Phase phase) {
    return StepsTable.in(STARTING, nextPollAt).with(phase);
  }

  private static Outcome failed(long seconds, Phase phase, Reason reason, String detail) {
    return StepsTable.failed(seconds, reason, detail).with(phase);
  }

  private static Outcome tooLate(Phase phase, String detail) {
    return failed(600, phase, Reason.START_TIMED_OUT, detail);
  }

  private static Outcome tooLate(String detail) {
    return tooLate(Phase.ACCEPTED, detail);
  }

  private static Outcome runs(long nextPollAt) {
    return StepsTable.in(RUNNING, nextPollAt).with(Phase.ACCEPTED).telling(RUNNING);
  }
}
