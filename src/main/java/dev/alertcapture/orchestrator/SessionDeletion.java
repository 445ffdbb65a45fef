package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.orchestrator.Claims.Held;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes the session of a capture. An ended one's has the name that a later capture's session
 * would have, so it is deleted under the fence of its target (docs/design/store.md, "The fence").
 */
final class SessionDeletion {
  private final Captures captures;
  private final Claims claims;
  private final Sessions sessions;
  private final Clock clock;

  SessionDeletion(Captures captures, Claims claims, Sessions sessions, Clock clock) {
    this.captures = captures;
    this.claims = claims;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** What became of a deletion: the capture as it is held now, and what was seen. */
  record Outcome(Held held, Observation seen) {}

  /** Deletes, under the claim of whoever calls; empty where the step is no longer his. */
  Optional<Outcome> delete(Held held, Invocation call) {
    if (held.capture().state().isActive()) {
      return Optional.of(new Outcome(held, send(held.capture(), held.actBy())));
    }
    Instant now = clock.instant();
    Deadline actBy = Claims.actBy(call.deadline());
    try {
      Optional<Stored> fenced = captures.fence(held.stored(), held.token(), now);
      if (fenced.isEmpty()) {
        return Optional.of(new Outcome(held, new Observation.TakenOver()));
      }
      Held fencing = new Held(fenced.get(), held.token(), actBy);
      return Optional.of(new Outcome(fencing, send(fencing.capture(), actBy)));
    } catch (Conflict lost) {
      Instant until = captures.fencedUntil(held.capture(), now);
      return until != null
          ? Optional.of(new Outcome(held, new Observation.Fenced(until)))
          : claims
              .reread(held)
              .map(again -> new Outcome(again, new Observation.Fenced(clock.instant())));
    }
  }

  private Observation send(Capture c, Deadline deadline) {
    Session s = c.session();
    try {
      return sessions.delete(s.watcherId(), s.name(), deadline)
          ? new Observation.DeletionAccepted()
          : new Observation.SessionMissing();
    } catch (PortException e) {
      return Observation.of(e);
    }
  }
}
