package dev.alertcapture.capture;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/** REQUESTED and STARTING: from acceptance until the session is known to exist. */
final class StepsBeforeRunning {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration SLOT_RETRY_DELAY = Duration.ofSeconds(5);
  private static final Duration SESSION_POLL_DELAY = Duration.ofSeconds(1);
  private static final Duration OPERATION_POLL_DELAY = Duration.ofSeconds(10);

  // Recordings: packets flow 1 to 16 s after the PUT, mostly within 2.
  private static final Duration PACKETS_FLOW_AFTER = Duration.ofSeconds(3);

  private static final String STILL_THERE = "the old session is still there";

  private final CapturePolicy policy;
  private final Finish finish;

  StepsBeforeRunning(CapturePolicy policy, Finish finish) {
    this.policy = policy;
    this.finish = finish;
  }

  void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    boolean requested = c.state() == CaptureState.REQUESTED;
    if (seen instanceof Observation.RegionFound found) {
      edit.region = found.region();
      edit.consecutiveFailures = 0;
    } else if (seen instanceof Observation.Reserved reserved) {
      reserve(c, edit, reserved, now);
    } else if (seen instanceof Observation.NoSlot full) {
      wait(c, edit, Reason.LIMIT_REACHED, full.holders(), now.plus(SLOT_RETRY_DELAY), now);
    } else if (seen instanceof Observation.NameInUse inUse) {
      if (requested) {
        leftOver(c, edit, inUse, now);
      } else {
        adopt(c, edit, inUse.session(), now);
      }
    } else if (seen instanceof Observation.PutAccepted put) {
      Sessions.Started started = put.started();
      edit.session = c.session().accepted(started.operationUrl(), started.paths());
      Instant end = c.stateSince().plus(START_TIMEOUT);
      edit.nextPollAt = Steps.earlier(now.plus(or(started.retryAfter())), end);
    } else if (seen instanceof Observation.SessionFound found) {
      if (requested) {
        wait(c, edit, Reason.UNAVAILABLE, STILL_THERE, now.plus(SESSION_POLL_DELAY), now);
      } else {
        adopt(c, edit, found.session(), now);
      }
    } else if (seen instanceof Observation.SessionMissing) {
      missing(c, edit, now);
    } else if (seen instanceof Observation.DeletionAccepted) {
      edit.session = c.session().in(Phase.STALE_DELETED);
      edit.nextPollAt = now.plus(SESSION_POLL_DELAY);
    } else if (seen instanceof Observation.OperationSeen operation) {
      operation(c, edit, operation.operation(), now);
    } else if (seen instanceof Observation.OperationUnknown) {
      edit.session = c.session().accepted(null, c.session().paths());
    } else if (seen instanceof Observation.Refused refused) {
      finish.fail(edit, refused.reason(), refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      Instant then = Steps.retry(edit, trouble.retryAfter(), now);
      wait(c, edit, Reason.UNAVAILABLE, trouble.detail(), then, now);
    } else {
      throw Steps.unexpected(c, seen);
    }
  }

  private static void reserve(
      Capture c, CaptureEdit edit, Observation.Reserved reserved, Instant now) {
    if (c.state() == CaptureState.REQUESTED) {
      edit.enter(CaptureState.STARTING, now, "slot reserved for session " + reserved.name());
    }
    edit.waiting = null;
    edit.session = Session.named(reserved.name(), reserved.watcherId(), Phase.INTENDED, now);
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

  private void missing(Capture c, CaptureEdit edit, Instant now) {
    if (c.state() == CaptureState.REQUESTED) {
      edit.session = null;
      edit.note(now, "the old session is gone");
      if (c.session().phase() == Phase.STALE) {
        // A list has just shown it; without a pause one that lags would be asked again at once.
        wait(c, edit, Reason.UNAVAILABLE, STILL_THERE, now.plus(SESSION_POLL_DELAY), now);
      }
    } else if (c.session().phase() == Phase.ACCEPTED) {
      finish.fail(edit, Reason.SESSION_LOST, c.session().name(), now);
    } else {
      edit.session = c.session().in(Phase.ABSENT);
      wait(c, edit, Reason.START_TIMED_OUT, "its session is not there", now, now);
    }
  }

  /** What stands in STARTING under our name is ours: REQUESTED saw that there was none. */
  private void adopt(Capture c, CaptureEdit edit, Sessions.Seen seen, Instant now) {
    edit.session = c.session().accepted(null, seen.paths());
    switch (seen.provisioning()) {
      case SUCCEEDED -> run(c, edit, now);
      case FAILED -> finish.fail(edit, Reason.START_FAILED, "its session says Failed", now);
      case UPDATING ->
          wait(c, edit, Reason.START_TIMED_OUT, "starting", now.plus(SLOT_RETRY_DELAY), now);
    }
  }

  private void operation(Capture c, CaptureEdit edit, Sessions.Operation seen, Instant now) {
    switch (seen.progress()) {
      case SUCCEEDED -> run(c, edit, now);
      case FAILED -> finish.fail(edit, Reason.START_FAILED, seen.error(), now);
      case IN_PROGRESS ->
          wait(c, edit, Reason.START_TIMED_OUT, "starting", now.plus(or(seen.retryAfter())), now);
    }
  }

  private void run(Capture c, CaptureEdit edit, Instant now) {
    Instant putAt = edit.session.putAt() == null ? now : edit.session.putAt();
    edit.session = edit.session.running(now);
    finish.enter(edit, CaptureState.RUNNING, "session " + edit.session.name() + " is there", now);
    Instant mayBeOver = putAt.plus(c.options().timeLimit()).plus(PACKETS_FLOW_AFTER);
    edit.nextPollAt = c.stop() == null ? Steps.later(now, mayBeOver) : now;
  }

  private void wait(
      Capture c, CaptureEdit edit, Reason reason, String detail, Instant until, Instant now) {
    boolean requested = c.state() == CaptureState.REQUESTED;
    Instant end =
        requested ? c.createdAt().plus(policy.queueTimeout()) : c.stateSince().plus(START_TIMEOUT);
    if (now.isBefore(end)) {
      edit.waiting = detail;
      edit.nextPollAt = Steps.earlier(until, end);
    } else if (requested) {
      finish.reject(edit, reason, detail, now);
    } else {
      finish.fail(edit, Reason.START_TIMED_OUT, detail, now);
    }
  }

  private static Duration or(Duration retryAfter) {
    return Steps.pause(retryAfter, OPERATION_POLL_DELAY);
  }
}
