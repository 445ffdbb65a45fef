package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.earlier;
import static dev.alertcapture.capture.Times.later;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** RUNNING: packets are being captured. */
final class Running implements StateSteps {
  private static final Duration OVERTIME = Duration.ofMinutes(10);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration STATUS_POLL_DELAY = Duration.ofSeconds(10);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(1);

  // The byte limit, the agent, a stopped machine or a person may end a session before its time.
  private static final List<Duration> FIRST_LOOKS =
      List.of(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));
  private static final Duration LATER_LOOKS = Duration.ofMinutes(5);

  // A session that is over says so within seconds; each look is a request of its own, which Azure
  // counts as a read, so for a while there is no reason to wait for Retry-After.
  private static final Duration END_POLL_DELAY = Duration.ofSeconds(2);
  private static final Duration END_POLL_FOR = Duration.ofMinutes(1);

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
    edit.stepAt(nextStep(c, status, now));
    edit.waiting = "Azure says " + status.word();
    overdue(c, edit, now);
  }

  private static Instant nextStep(Capture c, Sessions.Status status, Instant now) {
    Instant again = now.plus(or(status.retryAfter()));
    if (c.stop() != null) {
      return again;
    }
    if (status.startedAt() == null) {
      return again;
    }
    Instant over = status.startedAt().plus(c.options().timeLimit()).plus(CLOCK_SLACK);
    if (over.isAfter(now)) {
      return later(again, nextLook(c.session().runningSince(), now, over));
    }
    return now.isBefore(over.plus(END_POLL_FOR)) ? earlier(again, now.plus(END_POLL_DELAY)) : again;
  }

  /**
   * When a session that began at a time is looked at next.
   *
   * @param over when it should have ended: a look just before that would only delay the one then
   */
  static Instant nextLook(Instant since, Instant now, Instant over) {
    Instant look = nextLook(since, now);
    return look.plus(STATUS_POLL_DELAY).isAfter(over) ? over : look;
  }

  private static Instant nextLook(Instant since, Instant now) {
    for (Duration first : FIRST_LOOKS) {
      if (since.plus(first).isAfter(now)) {
        return since.plus(first);
      }
    }
    long looks = Duration.between(since, now).dividedBy(LATER_LOOKS);
    return since.plus(LATER_LOOKS.multipliedBy(looks + 1));
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
