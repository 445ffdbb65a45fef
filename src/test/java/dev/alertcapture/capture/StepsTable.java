package dev.alertcapture.capture;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.policy;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.util.List;

/** Tables of what an observation makes of a capture. Times are seconds after it began. */
public final class StepsTable {
  private StepsTable() {}

  /** All that the next step and people see of a capture. */
  record Outcome(
      CaptureState state,
      long nextPollAt,
      Phase phase,
      Reason reason,
      String detail,
      CaptureFile.Status file,
      List<CaptureState> news) {

    Outcome with(Phase next) {
      return new Outcome(state, nextPollAt, next, reason, detail, file, news);
    }

    Outcome because(Reason why, String words) {
      return new Outcome(state, nextPollAt, phase, why, words, file, news);
    }

    Outcome with(CaptureFile.Status how) {
      return new Outcome(state, nextPollAt, phase, reason, detail, how, news);
    }

    Outcome telling(CaptureState... of) {
      return new Outcome(state, nextPollAt, phase, reason, detail, file, List.of(of));
    }

    static Outcome of(Capture c) {
      return new Outcome(
          c.state(),
          Duration.between(T0, c.step().at()).toSeconds(),
          c.session() == null ? null : c.session().phase(),
          c.cause() == null ? null : c.cause().reason(),
          c.cause() == null ? null : c.cause().detail(),
          c.file() == null ? null : c.file().status(),
          c.notifications().stream().map(Notification::about).toList());
    }
  }

  record Row(String says, Capture capture, Observation seen, long seconds, Outcome expected) {
    Capture after() {
      return new Steps(policy()).after(capture, seen, at(seconds));
    }

    @Override
    public String toString() {
      return says;
    }
  }

  public static Row row(String says, Capture c, Observation seen, long seconds, Outcome expected) {
    return new Row(says, c, seen, seconds, expected);
  }

  /** A capture in that state that is looked at again then, with nothing else to say of it. */
  public static Outcome in(CaptureState state, long nextPollAt) {
    return new Outcome(state, nextPollAt, null, null, null, null, List.of());
  }

  /** A capture that failed at that time, and whom nobody has been told of yet. */
  public static Outcome failed(long seconds, Reason reason, String detail) {
    return in(CaptureState.FAILED, seconds).because(reason, detail).telling(CaptureState.FAILED);
  }
}
