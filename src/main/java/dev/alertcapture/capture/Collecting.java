package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.earlier;

import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** COLLECTING: the session has ended, and its file is on its way. */
final class Collecting implements StateSteps {
  private static final Duration FILE_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration FILE_TIMEOUT_AFTER_ERROR = Duration.ofMinutes(1);
  private static final Duration MIN_LOOK_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_LOOK_DELAY = Duration.ofSeconds(30);
  private static final Duration FILES_SETTLE_DELAY = Duration.ofSeconds(30);

  private final Finish finish;

  Collecting(Finish finish) {
    this.finish = finish;
  }

  @Override
  public Action next(Capture c, Instant now) {
    return new Action.LookAtFile();
  }

  @Override
  public void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.FileFound file) {
      finish.end(edit, CaptureFile.verified(c.session().paths().storagePath(), file.bytes()), now);
    } else if (seen instanceof Observation.FilesFound found) {
      files(c, edit, found.files(), now);
    } else if (seen instanceof Observation.FileNotYet) {
      edit.consecutiveFailures = 0;
      boolean failed = c.session().ending().errors() != null;
      Instant end = c.stateSince().plus(failed ? FILE_TIMEOUT_AFTER_ERROR : FILE_TIMEOUT);
      if (now.isBefore(end)) {
        edit.stepAt(earlier(nextLook(c.stateSince(), now), end));
      } else {
        noFile(c, edit, now);
      }
    } else if (seen instanceof Observation.Refused refused) {
      unverified(c, edit, refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      Instant end = c.stateSince().plus(FILE_TIMEOUT);
      edit.stepAt(earlier(Times.retry(edit, trouble.retryAfter(), now), end));
      edit.waiting = trouble.detail();
      if (!now.isBefore(end)) {
        unverified(c, edit, trouble.detail(), now);
      }
    } else {
      throw StateSteps.unexpected(c, seen);
    }
  }

  /** Every second at first, for files that come soon; then as late as the file is, an eighth. */
  private static Instant nextLook(Instant since, Instant now) {
    Duration pause = Duration.between(since, now).dividedBy(8);
    pause = pause.compareTo(MIN_LOOK_DELAY) < 0 ? MIN_LOOK_DELAY : pause;
    return now.plus(pause.compareTo(MAX_LOOK_DELAY) > 0 ? MAX_LOOK_DELAY : pause);
  }

  /**
   * Azure does not report how many instances will send a file. The set is complete when two lists
   * 30 s apart are equal. One instance sends one.
   */
  private void files(Capture c, CaptureEdit edit, List<CaptureFile.Part> files, Instant now) {
    CaptureFile all = CaptureFile.verified(c.session().paths().storagePath(), files);
    boolean settled = all.equals(c.file()) || c.target().kind() == Target.Kind.INSTANCE;
    if (settled || !now.isBefore(c.stateSince().plus(FILE_TIMEOUT))) {
      finish.end(edit, all, now);
    } else {
      edit.file = all;
      edit.stepAt(now.plus(FILES_SETTLE_DELAY));
    }
  }

  private void noFile(Capture c, CaptureEdit edit, Instant now) {
    String errors = c.session().ending().errors();
    if (c.file() != null) {
      finish.end(edit, c.file(), now);
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
    finish.end(edit, c.file() == null ? unseen : c.file(), now);
  }
}
