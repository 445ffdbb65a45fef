package dev.alertcapture.capture;

import dev.alertcapture.capture.Capture.Cause;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A capture as a test of another package wants it, whatever the state machine would make of it. */
public final class CaptureDraft {
  private final CaptureEdit edit;

  private CaptureDraft(Capture from) {
    this.edit = from.edit();
  }

  public static CaptureDraft of(Capture from) {
    return new CaptureDraft(from);
  }

  public CaptureDraft state(CaptureState state) {
    edit.state = state;
    return this;
  }

  public CaptureDraft enter(CaptureState state, Instant now, String note) {
    edit.enter(state, now, note);
    return this;
  }

  public CaptureDraft session(Session session) {
    edit.session = session;
    return this;
  }

  public CaptureDraft phase(Session.Phase phase) {
    edit.session = edit.session.in(phase);
    return this;
  }

  public CaptureDraft region(String region) {
    edit.region = region;
    return this;
  }

  public CaptureDraft cause(Reason reason, String detail) {
    edit.cause = new Cause(reason, detail);
    return this;
  }

  public CaptureDraft stepAt(Instant at) {
    edit.stepAt(at);
    return this;
  }

  public CaptureDraft dueAt(Instant at) {
    edit.step = Task.due(at);
    return this;
  }

  /** With one more message that is due. */
  public CaptureDraft tell(String channel, Instant now) {
    edit.notifications.add(Notification.due(channel, edit.state, now));
    return this;
  }

  public CaptureDraft messages(UnaryOperator<Notification> change) {
    edit.notifications.replaceAll(change);
    return this;
  }

  public Capture done() {
    return edit.done();
  }
}
