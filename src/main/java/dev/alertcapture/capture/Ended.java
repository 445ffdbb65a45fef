package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.later;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/** COMPLETED, FAILED and REJECTED: its session goes, and in the end its history. */
final class Ended implements StateSteps {
  // As long as a message is tried.
  private static final Duration DELETION_TIMEOUT = Duration.ofHours(24);
  private static final Duration MESSAGES_RECHECK_DELAY = Duration.ofHours(1);

  private final CapturePolicy policy;

  Ended(CapturePolicy policy) {
    this.policy = policy;
  }

  @Override
  public Action next(Capture c, Instant now) {
    if (hasSession(c)) {
      // Only a completed one is worth a look in the portal; what failed must not hold a slot.
      Duration stays =
          c.state() == CaptureState.COMPLETED ? policy.sessionRetention() : Duration.ZERO;
      Instant deleteAt = c.stateSince().plus(stays);
      return deleteAt.isAfter(now) ? new Action.Wait(deleteAt) : new Action.DeleteSession();
    }
    Instant over = c.stateSince().plus(policy.historyRetention());
    if (over.isAfter(now)) {
      return new Action.Wait(over);
    }
    // However short the history, a capture is not forgotten with a message to send.
    return c.notifications().stream().anyMatch(Notification::isPending)
        ? new Action.Wait(now.plus(MESSAGES_RECHECK_DELAY))
        : new Action.Forget();
  }

  private static boolean hasSession(Capture c) {
    return c.session() != null
        && c.session().phase() != Phase.GONE
        && c.session().phase() != Phase.KEPT;
  }

  @Override
  public void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.DeletionAccepted
        || seen instanceof Observation.SessionMissing) {
      edit.session = c.session().in(Phase.GONE);
      edit.note(now, "session deleted");
    } else if (seen instanceof Observation.TakenOver) {
      edit.session = c.session().in(Phase.GONE);
    } else if (seen instanceof Observation.Fenced fenced) {
      edit.stepAt(later(now, fenced.until()));
    } else if (seen instanceof Observation.Refused refused) {
      keep(c, edit, refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      if (now.isBefore(c.stateSince().plus(policy.sessionRetention()).plus(DELETION_TIMEOUT))) {
        edit.stepAt(Times.retry(edit, trouble.retryAfter(), now));
      } else {
        keep(c, edit, trouble.detail(), now);
      }
    } else {
      throw StateSteps.unexpected(c, seen);
    }
  }

  private static void keep(Capture c, CaptureEdit edit, String why, Instant now) {
    edit.session = c.session().in(Phase.KEPT);
    edit.note(now, "session not deleted: " + why);
  }
}
