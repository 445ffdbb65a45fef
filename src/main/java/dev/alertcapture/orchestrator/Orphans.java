package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sessions of ours that no capture on record knows: the store was lost, or the history is gone. At
 * the limit they make room, but only where nothing of ours could still want them: the name is the
 * one that we would give their own target, no ledger holds it, Azure says that they have ended, and
 * they are older than any time limit.
 */
final class Orphans {
  private static final Duration MIN_AGE = Duration.ofHours(5).plusMinutes(10);
  private static final int MAX_LOOKED_AT = 3;
  private static final String NO_CAPTURE = "orphan";

  private final CaptureStore store;
  private final Captures captures;
  private final TargetRecords targets;
  private final Sessions sessions;
  private final SessionNaming names;
  private final Clock clock;
  private final Supplier<String> tokens;

  Orphans(
      CaptureStore store,
      Captures captures,
      TargetRecords targets,
      Sessions sessions,
      SessionNaming names,
      Clock clock,
      Supplier<String> tokens) {
    this.store = store;
    this.captures = captures;
    this.targets = targets;
    this.sessions = sessions;
    this.names = names;
    this.clock = clock;
    this.tokens = tokens;
  }

  /** Deletes some; whether there is more room now. */
  boolean sweep(int wanted, String watcher, List<Seen> ours, StoredLedger ledger, Invocation call) {
    List<Seen> orphans =
        ours.stream()
            .filter(seen -> !ledger.ledger().inUse(List.of()).contains(seen.name()))
            .filter(this::isUnknown)
            .limit(Math.min(wanted, MAX_LOOKED_AT))
            .toList();
    boolean room = false;
    for (Seen orphan : orphans) {
      try {
        room |=
            isOver(watcher, orphan, call.deadline()) && delete(watcher, orphan, ledger.key(), call);
      } catch (PortException e) {
        // Whoever waits for a slot goes on waiting; this is not a reason to fail it.
      }
    }
    return room;
  }

  /** A capture that this version can't read is a capture all the same. */
  private boolean isUnknown(Seen seen) {
    TargetRecord record = targets.of(names.targetOf(seen), clock.instant()).record();
    return record.active() == null
        && (record.last() == null || captures.find(record.last()).isEmpty());
  }

  private boolean isOver(String watcher, Seen seen, Deadline deadline) throws PortException {
    Instant old = clock.instant().minus(MIN_AGE);
    return sessions
        .status(watcher, seen.name(), deadline)
        .filter(status -> !status.running())
        .filter(status -> status.startedAt() != null && status.startedAt().isBefore(old))
        .isPresent();
  }

  private boolean delete(String watcher, Seen seen, String ledgerKey, Invocation call)
      throws PortException {
    Instant now = clock.instant();
    String token = tokens.get();
    Deadline actBy = Claims.actBy(call.deadline());
    StoredTarget target = targets.of(names.targetOf(seen), now);
    if (target.record().active() != null || target.record().fencedUntil(now) != null) {
      return false;
    }
    try {
      store.commit(List.of(target.write(target.record().fenced(token, now))));
      sessions.delete(watcher, seen.name(), actBy);
      over(seen, ledgerKey, token);
      return true;
    } catch (Conflict lost) {
      return false;
    }
  }

  /** The fence falls and the name counts no more, in one transaction. */
  private void over(Seen seen, String ledgerKey, String token) throws Conflict {
    Instant now = clock.instant();
    StoredTarget target = targets.of(names.targetOf(seen), now);
    StoredLedger ledger = targets.ledger(ledgerKey, now);
    List<Write> writes = new ArrayList<>();
    writes.add(target.write(target.record().unfenced(token)));
    if (!ledger.damaged()) {
      writes.add(ledger.write(ledger.ledger().deleted(seen.name(), NO_CAPTURE, now)));
    }
    store.commit(writes);
  }
}
