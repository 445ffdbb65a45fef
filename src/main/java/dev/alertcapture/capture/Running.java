package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.earlier;
import static dev.alertcapture.capture.Times.later;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/** RUNNING: packets are being captured. */
final class Running implements StateSteps {
  private static final Duration OVERTIME = Duration.ofMinutes(10);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration STATUS_POLL_DELAY = Duration.ofSeconds(10);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(1);

  private final Finish finish;

  Running(Finish finish) {
    this.finish = finish;
  }

  @Override
  public Action next(Capture c, Instant now) {
    return c.stop() != null && c.stop().sentAt() == null
        ? new Action.StopSession()
        : new Action.QueryStatus();
  }

  @Override
  public void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.StatusSeen status) {
      status(c, edit, status.status(), now);
    } else if (seen instanceof Observation.StopAccepted stopped) {
      edit.stop = c.stop().sent(now);
      edit.stepAt(earlier(now.plus(or(stopped.retryAfter())), givesUpAt(c.stop())));
      edit.note(now, "stopping: " + c.stop().by());
    } else if (seen instanceof Observation.SessionMissing) {
      edit.session = c.session().in(Phase.GONE);
      collect(edit, Session.Ending.DELETED, now);
    } else if (seen instanceof Observation.Refused refused) {
      finish.fail(edit, refused.reason(), refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      edit.stepAt(Times.retry(edit, trouble.retryAfter(), now));
      edit.waiting = trouble.detail();
      overdue(c, edit, now);
    } else {
      throw StateSteps.unexpected(c, seen);
    }
  }

  private void status(Capture c, CaptureEdit edit, Sessions.Status status, Instant now) {
    edit.consecutiveFailures = 0;
    edit.waiting = null;
    if (!status.running()) {
      collect(edit, status.ending(), now);
      return;
    }
    if (c.stop() != null && c.stop().sentAt() == null) {
      // Asked for while the status was on its way.
      edit.stepAt(now);
      return;
    }
    Instant again = now.plus(or(status.retryAfter()));
    Instant over =
        status.startedAt() == null || c.stop() != null
            ? again
            : status.startedAt().plus(c.options().timeLimit()).plus(CLOCK_SLACK);
    edit.stepAt(later(again, over));
    edit.waiting = "Azure says " + status.word();
    overdue(c, edit, now);
  }

  /** A session that runs on is stopped; one that can't be stopped is given up. */
  private void overdue(Capture c, CaptureEdit edit, Instant now) {
    Instant end = c.session().runningSince().plus(c.options().timeLimit()).plus(OVERTIME);
    if (c.stop() == null && !now.isBefore(end)) {
      edit.stop = new Capture.Stop("its time limit is long over", now, null);
      edit.stepAt(now);
    } else if (c.stop() != null && !now.isBefore(givesUpAt(c.stop()))) {
      finish.fail(edit, Reason.STOP_TIMED_OUT, edit.waiting, now);
    } else {
      edit.stepAt(earlier(edit.step.at(), c.stop() == null ? end : givesUpAt(c.stop())));
    }
  }

  private static Instant givesUpAt(Capture.Stop stop) {
    return stop.askedAt().plus(STOP_TIMEOUT);
  }

  private void collect(CaptureEdit edit, Session.Ending how, Instant now) {
    edit.session = edit.session.ended(how);
    String why = how.stopReason() == null ? "" : ": " + how.stopReason();
    edit.enter(CaptureState.COLLECTING, now, "the session has ended" + why);
    Session.Paths paths = edit.session.paths();
    if (paths == null || paths.storagePath() == null) {
      finish.end(edit, CaptureFile.local(paths == null ? null : paths.filePath()), now);
    }
  }

  private static Duration or(Duration retryAfter) {
    return Times.delay(retryAfter, STATUS_POLL_DELAY);
  }
}
