package dev.alertcapture.capture;

import static dev.alertcapture.capture.Times.earlier;
import static dev.alertcapture.capture.Times.later;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/** STARTING: slot and name are on record, the PUT may have been sent. */
final class Starting implements StateSteps {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
  private static final Duration OPERATION_POLL_DELAY = Duration.ofSeconds(10);

  // Recordings: packets flow 1 to 16 s after the PUT, mostly within 2.
  private static final Duration PACKETS_FLOW_AFTER = Duration.ofSeconds(3);

  private final Finish finish;

  Starting(Finish finish) {
    this.finish = finish;
  }

  @Override
  public Action next(Capture c, Instant now) {
    return switch (c.session().phase()) {
      case ABSENT -> new Action.Start();
      case ACCEPTED ->
          c.session().operationUrl() == null
              ? new Action.LookForSession()
              : new Action.FollowOperation();
      default -> new Action.LookForSession();
    };
  }

  @Override
  public void after(Capture c, CaptureEdit edit, Observation seen, Instant now) {
    if (seen instanceof Observation.Reserved reserved) {
      edit.waiting = null;
      edit.session = Session.named(reserved.name(), reserved.watcherId(), Phase.INTENDED, now);
    } else if (seen instanceof Observation.NoSlot full) {
      wait(c, edit, full.holders(), now.plus(RETRY_DELAY), now);
    } else if (seen instanceof Observation.NameInUse inUse) {
      adopt(c, edit, inUse.session(), now);
    } else if (seen instanceof Observation.PutAccepted put) {
      Sessions.Started started = put.started();
      edit.session = c.session().accepted(started.operationUrl(), started.paths());
      edit.stepAt(earlier(now.plus(or(started.retryAfter())), end(c)));
    } else if (seen instanceof Observation.SessionFound found) {
      adopt(c, edit, found.session(), now);
    } else if (seen instanceof Observation.SessionMissing) {
      missing(c, edit, now);
    } else if (seen instanceof Observation.OperationSeen operation) {
      operation(c, edit, operation.operation(), now);
    } else if (seen instanceof Observation.OperationUnknown) {
      edit.session = c.session().accepted(null, c.session().paths());
    } else if (seen instanceof Observation.Refused refused) {
      finish.fail(edit, refused.reason(), refused.detail(), now);
    } else if (seen instanceof Observation.Unavailable trouble) {
      wait(c, edit, trouble.detail(), Times.retry(edit, trouble.retryAfter(), now), now);
    } else {
      throw StateSteps.unexpected(c, seen);
    }
  }

  private void missing(Capture c, CaptureEdit edit, Instant now) {
    if (c.session().phase() == Phase.ACCEPTED) {
      finish.fail(edit, Reason.SESSION_LOST, c.session().name(), now);
    } else {
      edit.session = c.session().in(Phase.ABSENT);
      wait(c, edit, "its session is not there", now, now);
    }
  }

  /** What stands here under our name is ours: REQUESTED saw that there was none. */
  private void adopt(Capture c, CaptureEdit edit, Sessions.Seen seen, Instant now) {
    edit.session = c.session().accepted(null, seen.paths());
    switch (seen.provisioning()) {
      case SUCCEEDED -> run(c, edit, now);
      case FAILED -> finish.fail(edit, Reason.START_FAILED, "its session says Failed", now);
      case UPDATING -> wait(c, edit, "starting", now.plus(RETRY_DELAY), now);
    }
  }

  private void operation(Capture c, CaptureEdit edit, Sessions.Operation seen, Instant now) {
    switch (seen.progress()) {
      case SUCCEEDED -> run(c, edit, now);
      case FAILED -> finish.fail(edit, Reason.START_FAILED, seen.error(), now);
      case IN_PROGRESS -> wait(c, edit, "starting", now.plus(or(seen.retryAfter())), now);
    }
  }

  private void run(Capture c, CaptureEdit edit, Instant now) {
    Instant putAt = edit.session.putAt() == null ? now : edit.session.putAt();
    edit.session = edit.session.running(now);
    finish.enter(edit, CaptureState.RUNNING, "session " + edit.session.name() + " is there", now);
    Instant mayBeOver = putAt.plus(c.options().timeLimit()).plus(PACKETS_FLOW_AFTER);
    Instant look = Running.nextLook(now, now, mayBeOver);
    edit.stepAt(c.stop() == null ? later(now, look) : now);
  }

  private static Instant end(Capture c) {
    return c.stateSince().plus(START_TIMEOUT);
  }

  private void wait(Capture c, CaptureEdit edit, String detail, Instant until, Instant now) {
    if (now.isBefore(end(c))) {
      edit.waiting = detail;
      edit.stepAt(earlier(until, end(c)));
    } else {
      finish.fail(edit, Reason.START_TIMED_OUT, detail, now);
    }
  }

  private static Duration or(Duration retryAfter) {
    return Times.delay(retryAfter, OPERATION_POLL_DELAY);
  }
}
