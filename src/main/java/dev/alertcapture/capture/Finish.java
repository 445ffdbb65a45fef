package dev.alertcapture.capture;

import dev.alertcapture.capture.Capture.Cause;
import java.time.Instant;

/** Takes a capture to its end, and puts on record whom to tell. */
final class Finish {
  private final CapturePolicy policy;

  Finish(CapturePolicy policy) {
    this.policy = policy;
  }

  private void complete(CaptureEdit edit, CaptureFile file, Instant now) {
    edit.file = file;
    String size = file.bytes() < 0 ? "" : ", " + file.bytes() + " bytes";
    int number = file.parts().size();
    String path = number == 1 ? file.parts().get(0).path() : file.path();
    String files = number < 2 ? "file: " : number + " files that begin with ";
    enter(edit, CaptureState.COMPLETED, files + path + size, now);
  }

  /** There is a file; a session that ended with errors has failed all the same. */
  void end(CaptureEdit edit, CaptureFile file, Instant now) {
    String errors = edit.session.ending().errors();
    if (errors == null) {
      complete(edit, file, now);
    } else {
      edit.file = file;
      fail(edit, Reason.SESSION_FAILED, errors, now);
    }
  }

  void fail(CaptureEdit edit, Reason reason, String detail, Instant now) {
    edit.cause = new Cause(reason, detail);
    enter(edit, CaptureState.FAILED, reason.message(), now);
  }

  void reject(CaptureEdit edit, Reason reason, String detail, Instant now) {
    edit.cause = new Cause(reason, detail);
    enter(edit, CaptureState.REJECTED, reason.message(), now);
  }

  /** Enters a state and puts the messages about it on record, if people want them. */
  void enter(CaptureEdit edit, CaptureState state, String note, Instant now) {
    edit.enter(state, now, note);
    if (policy.tellOf().contains(state)) {
      for (String channel : policy.channels()) {
        edit.notifications.add(Notification.due(channel, state, now));
      }
    }
  }
}
