package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.orchestrator.Captures.StoredLedger;
import dev.alertcapture.orchestrator.Captures.StoredTarget;
import dev.alertcapture.store.CaptureStore.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions of ours that no capture on record knows: the store was lost, or the history is gone. At
 * the limit they make room, but only where nothing of ours could still want them: the name is the
 * one that we would give their own target, no ledger holds it, Azure says that they have ended, and
 * they are older than any time limit.
 */
final class Orphans {
  private static final Duration MIN_AGE = Duration.ofHours(5).plusMinutes(10);
  private static final int MAX_LOOKED_AT = 3;
  private static final String NOBODY = "orphan";

  private final Captures captures;
  private final Sessions sessions;
  private final SessionNaming names;
  private final Clock clock;

  Orphans(Captures captures, Sessions sessions, SessionNaming names, Clock clock) {
    this.captures = captures;
    this.sessions = sessions;
    this.names = names;
    this.clock = clock;
  }

  /** Deletes some; whether there is more room now. */
  boolean sweep(String watcher, List<Seen> listed, StoredLedger ledger, Deadline deadline) {
    boolean room = false;
    List<Seen> orphans =
        listed.stream()
            .filter(names::isOurs)
            .filter(seen -> !ledger.ledger().inUse(List.of()).contains(seen.name()))
            .filter(this::isUnknown)
            .limit(MAX_LOOKED_AT)
            .toList();
    for (Seen orphan : orphans) {
      try {
        room |= isOver(watcher, orphan, deadline) && delete(watcher, orphan, ledger, deadline);
      } catch (PortException e) {
        // Whoever waits for a slot goes on waiting; this is not a reason to fail it.
      }
    }
    return room;
  }

  private boolean isUnknown(Seen seen) {
    TargetRecord record = captures.target(names.targetOf(seen)).record();
    return record.active() == null
        && Optional.ofNullable(record.last()).flatMap(captures::get).isEmpty();
  }

  private boolean isOver(String watcher, Seen seen, Deadline deadline) throws PortException {
    Instant old = clock.instant().minus(MIN_AGE);
    return sessions
        .status(watcher, seen.name(), deadline)
        .filter(status -> !status.running())
        .filter(status -> status.startedAt() != null && status.startedAt().isBefore(old))
        .isPresent();
  }

  private boolean delete(String watcher, Seen seen, StoredLedger ledger, Deadline deadline)
      throws PortException {
    Instant now = clock.instant();
    StoredTarget target = captures.target(names.targetOf(seen));
    try {
      if (!captures.mayDelete(target, NOBODY, now, StepRunner.CLAIM_TTL)) {
        return false;
      }
      sessions.delete(watcher, seen.name(), deadline);
      captures.deleted(ledger.key(), seen.name(), NOBODY, clock.instant());
      return true;
    } catch (Conflict lost) {
      return false;
    }
  }
}
