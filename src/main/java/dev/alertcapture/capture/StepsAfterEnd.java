package dev.alertcapture.capture;

import dev.alertcapture.capture.Session.Phase;
import java.time.Instant;

/** COMPLETED, FAILED and REJECTED: the session goes. */
final class StepsAfterEnd {

  void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.DeletionAccepted
        || seen instanceof Observation.SessionMissing) {
      edit.session = c.session().in(Phase.GONE);
      edit.note(now, "session deleted");
    } else if (seen instanceof Observation.TakenOver) {
      edit.session = c.session().in(Phase.GONE);
    } else if (seen instanceof Observation.Refused refused) {
      edit.session = c.session().in(Phase.KEPT);
      edit.note(now, "session not deleted: " + refused.detail());
    } else if (seen instanceof Observation.Unavailable trouble) {
      edit.nextPollAt = Steps.retry(edit, trouble.retryAfter(), now);
    } else {
      throw Steps.unexpected(c, seen);
    }
  }
}
