package dev.alertcapture.capture;

import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** RUNNING and COLLECTING: from the session's start until its file is there. */
final class StepsWhileRunning {
  private static final Duration STATE_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration FILE_TIMEOUT_AFTER_ERROR = Duration.ofMinutes(1);
  private static final Duration STATUS_POLL_DELAY = Duration.ofSeconds(10);
  private static final Duration FILES_SETTLE_DELAY = Duration.ofSeconds(30);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(1);

  private final Finish finish;

  StepsWhileRunning(Finish finish) {
    this.finish = finish;
  }

  void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    boolean running = c.state() == CaptureState.RUNNING;
    if (seen instanceof Observation.StatusSeen status) {
      status(c, edit, status.status(), now);
    } else if (seen instanceof Observation.StopAccepted stopped) {
      edit.stop = new Stop(c.stop().by(), c.stop().askedAt(), now);
      edit.nextPollAt = Steps.earlier(now.plus(or(stopped.retryAfter())), givesUpAt(c.stop()));
      edit.note(now, "stopping: " + c.stop().by());
    } else if (seen instanceof Observation.SessionMissing) {
      edit.session = c.session().in(Phase.GONE);
      collect(edit, Session.Ending.DELETED, now);
    } else if (seen instanceof Observation.FileFound file) {
      end(edit, CaptureFile.verified(c.session().paths().storagePath(), file.bytes()), now);
    } else if (seen instanceof Observation.FilesFound found) {
      files(c, edit, found.files(), now);
    } else if (seen instanceof Observation.FileNotYet) {
      Instant then = Steps.retry(edit, null, now);
      boolean failed = c.session().ending().errors() != null;
      if (now.isBefore(c.stateSince().plus(failed ? FILE_TIMEOUT_AFTER_ERROR : STATE_TIMEOUT))) {
        edit.nextPollAt = then;
      } else {
        noFile(c, edit, now);
      }
    } else if (seen instanceof Observation.Refused refused) {
      if (running) {
        finish.fail(edit, refused.reason(), refused.detail(), now);
      } else {
        unverified(c, edit, refused.detail(), now);
      }
    } else if (seen instanceof Observation.Unavailable trouble) {
      edit.nextPollAt = Steps.retry(edit, trouble.retryAfter(), now);
      edit.waiting = trouble.detail();
      if (running) {
        overdue(c, edit, now);
      } else if (now.isBefore(c.stateSince().plus(STATE_TIMEOUT))) {
        edit.nextPollAt = Steps.earlier(edit.nextPollAt, c.stateSince().plus(STATE_TIMEOUT));
      } else {
        unverified(c, edit, trouble.detail(), now);
      }
    } else {
      throw Steps.unexpected(c, seen);
    }
  }

  private void status(Capture c, CaptureEdit edit, Sessions.Status status, Instant now) {
    edit.consecutiveFailures = 0;
    edit.waiting = null;
    if (!status.running()) {
      collect(edit, status.ending(), now);
      return;
    }
    Instant again = now.plus(or(status.retryAfter()));
    Instant over =
        status.startedAt() == null || c.stop() != null
            ? again
            : status.startedAt().plus(c.options().timeLimit()).plus(CLOCK_SLACK);
    edit.nextPollAt = Steps.later(again, over);
    edit.waiting = "Azure says " + status.word();
    overdue(c, edit, now);
  }

  /** A session that runs on is stopped; one that can't be stopped is given up. */
  private void overdue(Capture c, CaptureEdit edit, Instant now) {
    Instant end = c.session().runningSince().plus(c.options().timeLimit()).plus(STATE_TIMEOUT);
    if (c.stop() == null && !now.isBefore(end)) {
      edit.stop = new Stop("its time limit is long over", now, null);
      edit.nextPollAt = now;
    } else if (c.stop() != null && !now.isBefore(givesUpAt(c.stop()))) {
      finish.fail(edit, Reason.STOP_TIMED_OUT, edit.waiting, now);
    } else {
      edit.nextPollAt =
          Steps.earlier(edit.nextPollAt, c.stop() == null ? end : givesUpAt(c.stop()));
    }
  }

  private static Instant givesUpAt(Stop stop) {
    return stop.askedAt().plus(STATE_TIMEOUT);
  }

  private void collect(CaptureEdit edit, Session.Ending how, Instant now) {
    edit.session = edit.session.ended(how);
    String why = how.stopReason() == null ? "" : ": " + how.stopReason();
    edit.enter(CaptureState.COLLECTING, now, "the session has ended" + why);
    Session.Paths paths = edit.session.paths();
    if (paths == null || paths.storagePath() == null) {
      String path = paths == null ? null : paths.filePath();
      end(edit, CaptureFile.local(path), now);
    }
  }

  /**
   * How many instances will send one, nobody says: all are there when no more came for a while. One
   * instance sends one.
   */
  private void files(Capture c, CaptureEdit edit, List<CaptureFile.Part> files, Instant now) {
    CaptureFile all = CaptureFile.verified(c.session().paths().storagePath(), files);
    boolean settled = all.equals(c.file()) || c.target().kind() == Target.Kind.INSTANCE;
    if (settled || !now.isBefore(c.stateSince().plus(STATE_TIMEOUT))) {
      end(edit, all, now);
    } else {
      edit.file = all;
      edit.nextPollAt = now.plus(FILES_SETTLE_DELAY);
    }
  }

  private void noFile(Capture c, CaptureEdit edit, Instant now) {
    String errors = c.session().ending().errors();
    if (c.file() != null) {
      end(edit, c.file(), now);
    } else if (c.session().phase() == Phase.GONE) {
      finish.fail(edit, Reason.SESSION_LOST, c.session().name(), now);
    } else if (errors == null) {
      finish.fail(edit, Reason.FILE_MISSING, c.session().paths().storagePath(), now);
    } else {
      finish.fail(edit, Reason.SESSION_FAILED, errors, now);
    }
  }

  private void unverified(Capture c, CaptureEdit edit, String why, Instant now) {
    CaptureFile unseen = CaptureFile.unverified(c.session().paths().storagePath(), why);
    end(edit, c.file() == null ? unseen : c.file(), now);
  }

  /** There is a file; a session that ended with errors has failed all the same. */
  private void end(CaptureEdit edit, CaptureFile file, Instant now) {
    String errors = edit.session.ending().errors();
    if (errors == null) {
      finish.complete(edit, file, now);
    } else {
      edit.file = file;
      finish.fail(edit, Reason.SESSION_FAILED, errors, now);
    }
  }

  private static Duration or(Duration retryAfter) {
    return Steps.pause(retryAfter, STATUS_POLL_DELAY);
  }
}
