package dev.alertcapture.capture;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture.Cause;
import dev.alertcapture.capture.Capture.Entry;
import dev.alertcapture.capture.Capture.Joins;
import dev.alertcapture.capture.Capture.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A capture on its way to its next version: change the fields that differ, then {@link #done}. */
final class CaptureEdit {
  private static final int MAX_HISTORY = 50;
  private static final int MAX_JOINS = 10;

  private final Capture old;
  String region;
  CaptureState state;
  Instant stateSince;
  Task step;
  int consecutiveFailures;
  String waiting;
  Session session;
  Stop stop;
  Cause cause;
  CaptureFile file;
  Joins joins;
  final List<Entry> history;
  final List<Notification> notifications;

  CaptureEdit(Capture old) {
    this.old = old;
    this.region = old.region();
    this.state = old.state();
    this.stateSince = old.stateSince();
    this.step = old.step();
    this.consecutiveFailures = old.consecutiveFailures();
    this.waiting = old.waiting();
    this.session = old.session();
    this.stop = old.stop();
    this.cause = old.cause();
    this.file = old.file();
    this.joins = old.joins();
    this.history = new ArrayList<>(old.history());
    this.notifications = new ArrayList<>(old.notifications());
  }

  /** Its next step is not before then. Who is at it stays so. */
  void stepAt(Instant at) {
    step = step.moved(Times.inMillis(at));
  }

  /** Enters a state, with a line of history. */
  CaptureEdit enter(CaptureState next, Instant now, String note) {
    state = next;
    stateSince = now;
    stepAt(now);
    consecutiveFailures = 0;
    waiting = null;
    return note(now, note);
  }

  /** A line of history in the present state. The first 10 lines and the newest are kept. */
  CaptureEdit note(Instant now, String note) {
    history.add(new Entry(now, state, note));
    if (history.size() > MAX_HISTORY) {
      history.remove(10);
    }
    return this;
  }

  CaptureEdit join(Alert.Details alert) {
    List<Alert.Details> last = new ArrayList<>(joins.last());
    last.add(alert);
    joins =
        new Joins(
            joins.count() + 1,
            last.subList(Math.max(0, last.size() - MAX_JOINS), last.size()),
            joins.more());
    return this;
  }

  Capture done() {
    return new Capture(
        old.id(),
        old.target(),
        old.alert(),
        old.options(),
        joins,
        old.heldBack(),
        region,
        state,
        old.createdAt(),
        stateSince,
        step,
        consecutiveFailures,
        waiting,
        session,
        stop,
        cause,
        file,
        history,
        notifications,
        old.more());
  }
}
