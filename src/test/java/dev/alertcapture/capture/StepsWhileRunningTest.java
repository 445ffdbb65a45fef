package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.LOCAL;
import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.URL;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.collecting;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.running;
import static dev.alertcapture.capture.CaptureState.COLLECTING;
import static dev.alertcapture.capture.CaptureState.COMPLETED;
import static dev.alertcapture.capture.CaptureState.FAILED;
import static dev.alertcapture.capture.CaptureState.RUNNING;
import static dev.alertcapture.capture.StepsTable.failed;
import static dev.alertcapture.capture.StepsTable.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.capture.CaptureFile.Status;
import dev.alertcapture.capture.Observation.FileFound;
import dev.alertcapture.capture.Observation.FileNotYet;
import dev.alertcapture.capture.Observation.FilesFound;
import dev.alertcapture.capture.Observation.NoSlot;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.SessionMissing;
import dev.alertcapture.capture.Observation.StatusSeen;
import dev.alertcapture.capture.Observation.StopAccepted;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.Session.Ending;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.StepsTable.Outcome;
import dev.alertcapture.capture.StepsTable.Row;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What observations make of a capture from its session's start to its file. */
class StepsWhileRunningTest {
  // The time limit of 10 s and 10 minutes.
  private static final long OVER = 610;

  @ParameterizedTest(name = "{0}")
  @MethodSource({"runningRows", "stoppingRows", "collectingRows"})
  void anObservationMakesOfACapture(Row row) {
    assertThat(Outcome.of(row.after())).isEqualTo(row.expected());
  }

  static List<Row> runningRows() {
    Capture c = running(x -> {});
    return List.of(
        row("runs: when its limit is over", c, runs(at(2), null), 1, in(RUNNING, 13)),
        row("runs: not before Azure wants", c, runs(at(2), 20L), 1, in(RUNNING, 21)),
        row("runs over its limit: 2 s", c, runs(at(2), null), 30, in(RUNNING, 32)),
        row("runs far over its limit: 10 s", c, runs(at(2), null), 90, in(RUNNING, 100)),
        row("runs over its limit, Retry-After 0", c, runs(at(2), 0L), 30, in(RUNNING, 31)),
        row("runs since nobody knows when", c, runs(null, null), 1, in(RUNNING, 11)),
        row("runs near its end", c, runs(null, null), OVER - 1, in(RUNNING, OVER)),
        row("runs on: it is stopped", c, runs(at(2), null), OVER, in(RUNNING, OVER)),
        row("can't be asked: 1 s", c, busy(null), 1, in(RUNNING, 2)),
        row("can't be asked for long", c, busy(3600L), 1, in(RUNNING, OVER)),
        row("can't be asked at the end", c, busy(null), OVER, in(RUNNING, OVER)),
        row("has ended", c, ended(null), 20, in(COLLECTING, 20)),
        row("has ended with errors", c, ended("AgentStopped"), 20, in(COLLECTING, 20)),
        row("was deleted", c, new SessionMissing(), 20, in(COLLECTING, 20).with(Phase.GONE)),
        row("refused", c, refused(), 20, failed(20, Reason.FORBIDDEN, "403").with(Phase.ACCEPTED)),
        row("ended, file on the machine", onDisk(), ended(null), 20, completed(20, Status.LOCAL)),
        row(
            "ended with errors, file on the machine",
            onDisk(),
            ended("LocalFileFailed"),
            20,
            failed(20, Reason.SESSION_FAILED, "LocalFileFailed")
                .with(Phase.ACCEPTED)
                .with(Status.LOCAL)));
  }

  static List<Row> stoppingRows() {
    Capture asked = running(x -> x.stop = new Capture.Stop("a person", T0, null));
    Capture sent = running(x -> x.stop = new Capture.Stop("a person", T0, at(1)));
    return List.of(
        row("stop taken", asked, new StopAccepted(sec(7L)), 1, in(RUNNING, 8)),
        row(
            "stop taken, Retry-After 1 h",
            asked,
            new StopAccepted(sec(3600L)),
            1,
            in(RUNNING, 600)),
        row("stop not taken, Retry-After 1 h", asked, busy(3600L), 1, in(RUNNING, 600)),
        row("still stopping, Retry-After 1 h", sent, runs(null, 3600L), 1, in(RUNNING, 600)),
        row("stop taken, Retry-After 0", asked, new StopAccepted(sec(0L)), 1, in(RUNNING, 2)),
        row("stop not taken: again", asked, busy(null), 1, in(RUNNING, 2)),
        row(
            "nothing there to stop",
            asked,
            new SessionMissing(),
            1,
            in(COLLECTING, 1).with(Phase.GONE)),
        row("still stopping: not its limit", sent, runs(at(500), null), 2, in(RUNNING, 12)),
        row("has stopped", sent, ended(null), 12, in(COLLECTING, 12)),
        row("never stops", sent, runs(null, null), 600, timedOut("Azure says Running")),
        row("can't be stopped", asked, busy(null), 600, timedOut("503")));
  }

  static List<Row> collectingRows() {
    Capture c = collecting(null);
    Capture bad = collecting("StorageFailed");
    return List.of(
        row("file there", c, new FileFound(24), 1, completed(1, Status.VERIFIED)),
        row("file not there: 1 s", c, new FileNotYet(), 1, in(COLLECTING, 2)),
        row("file not there for 8 s: 1 s", c, new FileNotYet(), 8, in(COLLECTING, 9)),
        row("file not there for 80 s: 10 s", c, new FileNotYet(), 80, in(COLLECTING, 90)),
        row("file not there for long: 30 s", c, new FileNotYet(), 400, in(COLLECTING, 430)),
        row("to the last second", c, new FileNotYet(), 599, in(COLLECTING, 600)),
        row("can't be asked for an hour", c, busy(3600L), 1, in(COLLECTING, 600)),
        row("never there", c, new FileNotYet(), 600, lost(600, Reason.FILE_MISSING, URL)),
        row("can't be asked: 1 s", c, busy(null), 1, in(COLLECTING, 2)),
        row("can't be asked for 10 min", c, busy(null), 600, completed(600, Status.UNVERIFIED)),
        row("must not look", c, refused(), 1, completed(1, Status.UNVERIFIED)),
        row("errors, but a file", bad, new FileFound(24), 1, errors(1).with(Status.VERIFIED)),
        row("errors, no file yet", bad, new FileNotYet(), 59, in(COLLECTING, 60)),
        row("errors, no file in a minute", bad, new FileNotYet(), 60, errors(60)),
        row("errors, must not look", bad, refused(), 1, errors(1).with(Status.UNVERIFIED)));
  }

  @Test
  void aSessionThatRunsOnIsToBeStopped() {
    Capture c = new Steps(policy()).after(running(x -> {}), runs(at(2), null), at(OVER));
    assertThat(c.stop().askedAt()).isEqualTo(at(OVER));
    assertThat(c.stop().sentAt()).isNull();
    assertThat(new Steps(policy()).next(c, at(OVER))).isEqualTo(new Action.StopSession());
  }

  @Test
  void aStopThatAzureTookIsNotSentAgain() {
    Capture asked = running(x -> x.stop = new Capture.Stop("a person", T0, null));
    Capture c = new Steps(policy()).after(asked, new StopAccepted(sec(7L)), at(1));
    assertThat(c.stop()).isEqualTo(new Capture.Stop("a person", T0, at(1)));
  }

  @Test
  void anAnswerEndsTheTroubles() {
    Capture troubled = running(x -> x.consecutiveFailures = 4);
    assertThat(new Steps(policy()).after(troubled, runs(at(2), null), at(3)).consecutiveFailures())
        .isZero();
  }

  @Test
  void theEndIsKeptInAzuresWords() {
    Capture c = new Steps(policy()).after(running(x -> {}), ended("CaptureFailed"), at(20));
    assertThat(c.session().ending()).isEqualTo(new Ending("TimeExceeded", "CaptureFailed"));
    Capture lost = new Steps(policy()).after(running(x -> {}), new SessionMissing(), at(20));
    assertThat(lost.session().ending()).isEqualTo(new Ending("deleted by somebody else", null));
    assertThat(lost.session().phase()).isEqualTo(Session.Phase.GONE);
  }

  @Test
  void aFileIsKnownByPathAndSize() {
    Capture c = new Steps(policy()).after(collecting(null), new FileFound(24), at(1));
    assertThat(c.file()).isEqualTo(CaptureFile.verified(URL, 24));
    Capture hidden = new Steps(policy()).after(collecting(null), refused(), at(1));
    assertThat(hidden.file()).isEqualTo(CaptureFile.unverified(URL, "403"));
  }

  private static Capture collectingFrom(String target) {
    Capture c = collecting(null);
    return new Capture(
        c.id(),
        Target.parse(SCALE_SET + target).orElseThrow(),
        c.alert(),
        c.options(),
        c.joins(),
        c.heldBack(),
        c.region(),
        c.state(),
        c.createdAt(),
        c.stateSince(),
        c.step(),
        c.consecutiveFailures(),
        c.waiting(),
        c.session(),
        c.stop(),
        c.cause(),
        c.file(),
        c.history(),
        c.notifications(),
        c.more());
  }

  private static Observation files(String... names) {
    return new FilesFound(
        Arrays.stream(names).map(name -> new CaptureFile.Part(URL + name, 100)).toList());
  }

  @Test
  void theFilesOfAScaleSetAreAllThereWhenNoMoreCameForAWhile() {
    Steps steps = new Steps(policy());
    Capture one = steps.after(collectingFrom("web-vmss"), files("a"), at(1));
    assertThat(one.state()).isEqualTo(COLLECTING);
    assertThat(one.step().at()).isEqualTo(at(31));

    Capture two = steps.after(one, files("a", "b"), at(31));
    assertThat(two.state()).isEqualTo(COLLECTING);

    Capture same = steps.after(two, files("a", "b"), at(61));
    assertThat(same.state()).isEqualTo(COMPLETED);
    assertThat(same.file().bytes()).isEqualTo(200);
    assertThat(same.file().parts())
        .extracting(CaptureFile.Part::path)
        .containsExactly(URL + "a", URL + "b");
  }

  @Test
  void filesThatKeepComingAreWaitedForTenMinutes() {
    Capture late = new Steps(policy()).after(collectingFrom("web-vmss"), files("a"), at(600));
    assertThat(late.state()).isEqualTo(COMPLETED);
  }

  @Test
  void anInstanceSendsOneFile() {
    Capture c =
        new Steps(policy()).after(collectingFrom("web-vmss/virtualMachines/2"), files("a"), at(1));
    assertThat(c.state()).isEqualTo(COMPLETED);
  }

  @Test
  void anObservationThatNoActionBringsAboutIsAMistake() {
    assertThatThrownBy(() -> new Steps(policy()).after(collecting(null), new NoSlot("10"), T0))
        .isInstanceOf(IllegalStateException.class);
  }

  private static final String SCALE_SET =
      "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/";

  private static Capture onDisk() {
    return running(x -> x.session = x.session.accepted(null, LOCAL).running(T0));
  }

  private static Duration sec(Long seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private static Observation busy(Long retryAfter) {
    return new Unavailable("503", sec(retryAfter));
  }

  private static Observation refused() {
    return new Refused(Reason.FORBIDDEN, "403");
  }

  private static Observation runs(Instant startedAt, Long retryAfter) {
    return new StatusSeen(new Sessions.Status(true, "Running", null, startedAt, sec(retryAfter)));
  }

  private static Observation ended(String errors) {
    return new StatusSeen(
        new Sessions.Status(false, "Stopped", new Ending("TimeExceeded", errors), at(2), null));
  }

  private static Outcome in(CaptureState state, long nextPollAt) {
    return StepsTable.in(state, nextPollAt).with(Phase.ACCEPTED);
  }

  private static Outcome completed(long seconds, Status file) {
    return in(COMPLETED, seconds).with(file).telling(COMPLETED);
  }

  private static Outcome lost(long seconds, Reason reason, String detail) {
    return in(FAILED, seconds).because(reason, detail).telling(FAILED);
  }

  private static Outcome errors(long seconds) {
    return lost(seconds, Reason.SESSION_FAILED, "StorageFailed");
  }

  private static Outcome timedOut(String detail) {
    return lost(600, Reason.STOP_TIMED_OUT, detail);
  }
}
