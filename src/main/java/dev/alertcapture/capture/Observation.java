package dev.alertcapture.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What came of an {@link Action}. {@link Steps#after} says what it makes of the capture. */
public sealed interface Observation {
  /** What a port's trouble means to a capture. */
  static Observation of(PortException trouble) {
    return trouble.isRetryable()
        ? new Unavailable(trouble.detail(), trouble.retryAfter())
        : new Refused(trouble.reason(), trouble.detail());
  }

  /**
   * What it means to a capture that a step threw what nobody foresaw: a port that did not answer.
   */
  static Observation of(Throwable unforeseen) {
    return new Unavailable("a step went wrong, " + unforeseen.getClass().getSimpleName(), null);
  }

  /** The target's region. */
  record RegionFound(String region) implements Observation {}

  /** The slot is held, and a PUT under this name follows. */
  record Reserved(String name, String watcherId) implements Observation {}

  /** All slots are taken; by whom, in words. */
  record NoSlot(String holders) implements Observation {}

  /** A session of our name was there before the PUT. */
  record NameInUse(Sessions.Seen session, String watcherId) implements Observation {}

  /** Azure took the PUT. */
  record PutAccepted(Sessions.Started started) implements Observation {}

  /** The session is there. */
  record SessionFound(Sessions.Seen session) implements Observation {}

  /** There is no session of our name. */
  record SessionMissing() implements Observation {}

  /** How the creation fares. */
  record OperationSeen(Sessions.Operation operation) implements Observation {}

  /** Azure no longer knows the operation: the session itself must be looked at. */
  record OperationUnknown() implements Observation {}

  /** How the session fares. */
  record StatusSeen(Sessions.Status status) implements Observation {}

  /** Azure took the stop; when to look. */
  record StopAccepted(Duration retryAfter) implements Observation {}

  /** Azure took the deletion. */
  record DeletionAccepted() implements Observation {}

  /** A later capture of the same target has the session now, and sees to it. */
  record TakenOver() implements Observation {}

  /** The file is there. */
  record FileFound(long bytes) implements Observation {}

  /** Some files of a scale set's session are there, perhaps all. */
  record FilesFound(List<CaptureFile.Part> files) implements Observation {}

  /** The file is not there yet. */
  record FileNotYet() implements Observation {}

  /** It was to end before it had begun. */
  record Withdrawn() implements Observation {}

  /** Another's deletion of a session of this name may still reach Azure, until then. */
  record Fenced(Instant until) implements Observation {}

  /** Refused for good. */
  record Refused(Reason reason, String detail) implements Observation {}

  /** Could not be asked, or it is not known what came of it. */
  record Unavailable(String detail, Duration retryAfter) implements Observation {}
}
