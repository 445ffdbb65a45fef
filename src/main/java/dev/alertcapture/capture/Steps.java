package dev.alertcapture.capture;

import dev.alertcapture.capture.Session.Phase;
import java.time.Duration;
import java.time.Instant;

/**
 * The state machine: what a capture needs next, and what an observation makes of it. Both are pure
 * functions of their arguments; nobody else decides anything about a capture.
 *
 * <p>Deadlines need no timer of their own: whatever would make a capture wait longer than its state
 * allows makes it leave the state instead.
 */
public final class Steps {
  private static final Duration MIN_POLL_DELAY = Duration.ofSeconds(1);
  private static final Duration MAX_STAY = Duration.ofSeconds(2);

  private final CapturePolicy policy;
  private final Finish finish;
  private final StepsBeforeRunning beforeRunning;
  private final StepsWhileRunning whileRunning;
  private final StepsAfterEnd afterEnd = new StepsAfterEnd();

  /** The machine under a policy. */
  public Steps(CapturePolicy policy) {
    this.policy = policy;
    this.finish = new Finish(policy);
    this.beforeRunning = new StepsBeforeRunning(policy, finish);
    this.whileRunning = new StepsWhileRunning(finish);
  }

  /** What a capture needs now. */
  public Action next(Capture c, Instant now) {
    if (!c.state().isActive()) {
      return nextAfterEnd(c, now);
    }
    if (c.nextPollAt().isAfter(now)) {
      boolean starts = c.state() == CaptureState.REQUESTED || c.state() == CaptureState.STARTING;
      boolean soon = !c.nextPollAt().isAfter(now.plus(MAX_STAY));
      return starts && soon
          ? new Action.Stay(c.nextPollAt())
          : new Action.Wait(earlier(c.nextPollAt(), nextMessage(c)));
    }
    return switch (c.state()) {
      case REQUESTED -> nextRequested(c);
      case STARTING -> nextStarting(c.session());
      case RUNNING ->
          c.stop() != null && c.stop().sentAt() == null
              ? new Action.StopSession()
              : new Action.QueryStatus();
      default -> new Action.LookAtFile();
    };
  }

  private static Action nextRequested(Capture c) {
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

  private static Action nextStarting(Session session) {
    return switch (session.phase()) {
      case ABSENT -> new Action.Start();
      case ACCEPTED ->
          session.operationUrl() == null
              ? new Action.LookForSession()
              : new Action.FollowOperation();
      default -> new Action.LookForSession();
    };
  }

  /** When the next message is to be sent, which may be over. */
  private static Instant nextMessage(Capture c) {
    return c.notifications().stream()
        .filter(message -> message.status() == Notification.Status.PENDING)
        .map(Notification::nextTryAt)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private Action nextAfterEnd(Capture c, Instant now) {
    Instant until = nextMessage(c);
    Session session = c.session();
    if (session != null && session.phase() != Phase.GONE && session.phase() != Phase.KEPT) {
      // Only a completed one is worth a look in the portal; what failed must not hold a slot.
      Duration stays =
          c.state() == CaptureState.COMPLETED ? policy.sessionRetention() : Duration.ZERO;
      Instant deleteAt = later(c.stateSince().plus(stays), c.nextPollAt());
      if (!deleteAt.isAfter(now)) {
        return new Action.DeleteSession();
      }
      until = earlier(until, deleteAt);
    }
    // However short the history, a capture is not forgotten with work left to do.
    if (until.equals(Instant.MAX)) {
      Instant over = c.stateSince().plus(policy.historyRetention());
      return over.isAfter(now) ? new Action.Wait(over) : new Action.Forget();
    }
    return new Action.Wait(until);
  }

  /** What an observation makes of a capture. */
  public Capture after(Capture c, Observation seen, Instant now) {
    CaptureEdit edit = c.edit();
    switch (c.state()) {
      case REQUESTED, STARTING -> beforeRunning.after(c, edit, seen, now);
      case RUNNING, COLLECTING -> whileRunning.after(c, edit, seen, now);
      default -> afterEnd.after(c, edit, seen, now);
    }
    return edit.done();
  }

  /** What a message's next version makes of a capture. When it is due is left to the caller. */
  public static Capture after(Capture c, Notification message) {
    CaptureEdit edit = c.edit();
    edit.notifications.replaceAll(old -> old.isSameAs(message) ? message : old);
    return edit.done();
  }

  /**
   * What the wish to end early makes of a capture: one that waits is rejected, one that starts or
   * runs is stopped by its next step, any other is left as it is.
   */
  public Capture stop(Capture c, String by, Instant now) {
    CaptureEdit edit = c.edit();
    if (c.state() == CaptureState.REQUESTED) {
      finish.reject(edit, Reason.STOPPED, by, now);
    } else if (c.state() == CaptureState.STARTING || c.state() == CaptureState.RUNNING) {
      if (c.stop() != null) {
        return c;
      }
      edit.stop = new Capture.Stop(by, now, null);
      edit.note(now, "to be stopped: " + by);
      edit.nextPollAt = c.state() == CaptureState.RUNNING ? now : c.nextPollAt();
    } else {
      return c;
    }
    return edit.done().due(now);
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** How long to leave Azure alone: as it says, but a second at least, so that we never spin. */
  static Duration pause(Duration retryAfter, Duration otherwise) {
    if (retryAfter == null) {
      return otherwise;
    }
    return retryAfter.compareTo(MIN_POLL_DELAY) < 0 ? MIN_POLL_DELAY : retryAfter;
  }

  /** When to ask again: after 1, 2, 4 … 30 s, or later where Azure says so. */
  static Instant retry(CaptureEdit edit, Duration retryAfter, Instant now) {
    Duration pause = Duration.ofSeconds(Math.min(30, 1L << Math.min(edit.consecutiveFailures, 5)));
    edit.consecutiveFailures++;
    return now.plus(retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause);
  }

  /** An observation that no action of this state brings about. */
  static IllegalStateException unexpected(Capture c, Observation seen) {
    return new IllegalStateException(
        "capture " + c.id() + " in " + c.state() + " can't make anything of " + seen);
  }
}
