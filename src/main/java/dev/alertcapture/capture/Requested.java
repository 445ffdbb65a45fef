package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.earlier;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/**
 * REQUESTED: it has no slot, and no PUT was ever sent. A session that an earlier capture left under
 * its name goes first.
 */
final class Requested implements StateSteps {
  private static final Duration SLOT_RETRY_DELAY = Duration.ofSeconds(5);
  private static final Duration SESSION_POLL_DELAY = Duration.ofSeconds(1);
  private static final String STILL_THERE = "the old session is still there";

  private final CapturePolicy policy;
  private final Finish finish;

  Requested(CapturePolicy policy, Finish finish) {
    this.policy = policy;
    this.finish = finish;
  }

  @Override
  public Action next(Capture c, Instant now) {
    if (c.stop() != null) {
      return new Action.Reject();
    }
    if (c.region() == null) {
      return new Action.FindRegion();
    }
    if (c.session() == null) {
      return new Action.Start();
    }
    return c.session().phase() == Phase.STALE
        ? new Action.DeleteSession()
        : new Action.LookForSession();
  }

  @Override
  public void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.Withdrawn) {
      finish.reject(edit, Reason.STOPPED, c.stop().by(), now);
    } else if (seen instanceof Observation.RegionFound found) {
      edit.region = found.region();
      edit.consecutiveFailures = 0;
    } else if (seen instanceof Observation.Reserved reserved) {
      edit.enter(CaptureState.STARTING, now, "slot reserved for session " + reserved.name());
      edit.session = Session.named(reserved.name(), reserved.watcherId(), Phase.INTENDED, now);
    } else if (seen instanceof Observation.NoSlot full) {
      wait(c, edit, Reason.LIMIT_REACHED, full.holders(), now.plus(SLOT_RETRY_DELAY), now);
    } else if (seen instanceof Observation.NameInUse inUse) {
      leftOver(c, edit, inUse, now);
    } else if (seen instanceof Observation.SessionFound) {
      wait(c, edit, Reason.UNAVAILABLE, STILL_THERE, now.plus(SESSION_POLL_DELAY), now);
    } else if (seen instanceof Observation.SessionMissing) {
      gone(c, edit, now);
    } else if (seen instanceof Observation.DeletionAccepted) {
      edit.session = c.session().in(Phase.STALE_DELETED);
      edit.stepAt(now.plus(SESSION_POLL_DELAY));
    } else if (seen instanceof Observation.Refused refused) {
      finish.fail(edit, refused.reason(), refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      Instant then = Times.retry(edit, trouble.retryAfter(), now);
      wait(c, edit, Reason.UNAVAILABLE, trouble.detail(), then, now);
    } else {
      throw StateSteps.unexpected(c, seen);
    }
  }

  private void leftOver(Capture c, CaptureEdit edit, Observation.NameInUse inUse, Instant now) {
    Sessions.Seen seen = inUse.session();
    if (!c.target().id().equalsIgnoreCase(seen.target())) {
      finish.fail(edit, Reason.NAME_TAKEN, seen.name() + " captures on " + seen.target(), now);
      return;
    }
    edit.session = Session.named(seen.name(), inUse.watcherId(), Phase.STALE, null);
    edit.note(now, "deleting session " + seen.name() + ", left over from an earlier capture");
    wait(c, edit, Reason.UNAVAILABLE, STILL_THERE, now, now);
  }

  private void gone(Capture c, CaptureEdit edit, Instant now) {
    edit.session = null;
    edit.note(now, "the old session is gone");
    if (c.session().phase() == Phase.STALE) {
      // A list has just shown it; without a pause one that lags would be asked again at once.
      wait(c, edit, Reason.UNAVAILABLE, STILL_THERE, now.plus(SESSION_POLL_DELAY), now);
    }
  }

  private void wait(
      Capture c, CaptureEdit edit, Reason reason, String detail, Instant until, Instant now) {
    Instant end = c.createdAt().plus(policy.queueTimeout());
    if (now.isBefore(end)) {
      edit.waiting = detail;
      edit.stepAt(earlier(until, end));
    } else {
      finish.reject(edit, reason, detail, now);
    }
  }
}
