package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.options.CaptureOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session of an hour may end before its time, and is looked at now and then. */
class LooksAtLongRunsTest {
  @ParameterizedTest(name = "a look after {0} s that finds it running: the next after {1} s")
  @CsvSource({
    "3, 15",
    "15, 30",
    "30, 60",
    "60, 120",
    "120, 300",
    "301, 600",
    "3000, 3300",
    // It should be over at 3603: a look at 3600 would only put that one off.
    "3300, 3603",
    "3603, 3605",
    "3605, 3607",
    // Long over: as often as Azure wants to be asked.
    "3670, 3680"
  })
  void aSessionThatRunsIsLookedAt(long seconds, long next) {
    Sessions.Status runs =
        new Sessions.Status(true, "Running", null, at(2), Duration.ofSeconds(10));

    Capture c =
        new Steps(policy())
            .after(
                withLimit(running(x -> {}), 3600), new Observation.StatusSeen(runs), at(seconds));

    assertThat(Duration.between(T0, c.step().at())).hasSeconds(next);
  }

  @ParameterizedTest
  @CsvSource({"10, 13", "21, 24", "60, 15"})
  void theFirstLookIsWhenItMayBeOverOrAfterAQuarterMinute(long timeLimit, long look) {
    Capture starting =
        CaptureFixture.in(
            CaptureState.STARTING,
            CaptureFixture.session(Session.Phase.INTENDED)
                .accepted(CaptureFixture.OPERATION, CaptureFixture.PATHS),
            c -> {});
    Steps steps = new Steps(policy());
    Capture limited = withLimit(starting, timeLimit);

    Capture c =
        steps.after(
            limited,
            new Observation.OperationSeen(
                new Sessions.Operation(Sessions.Progress.SUCCEEDED, null, null)),
            T0);

    assertThat(c.state()).isEqualTo(CaptureState.RUNNING);
    assertThat(Duration.between(T0, c.step().at())).hasSeconds(look);
  }

  private static Capture withLimit(Capture c, long seconds) {
    return new Capture(
        c.id(),
        c.target(),
        c.alert(),
        new CaptureOptions(Duration.ofSeconds(seconds), 0, 0, List.of()),
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
}
