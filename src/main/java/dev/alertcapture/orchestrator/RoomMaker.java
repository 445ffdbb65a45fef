package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * At the limit our own sessions that have ended, and stand in the list to be looked at in the
 * portal, make room: the one that ended first goes first. A session is ours only if its name is the
 * one that we would give its own target, and ended only if its capture on record says so.
 */
final class RoomMaker {
  private static final int MAX_LOOKED_AT = 30;

  private final Captures captures;
  private final TargetRecords targets;
  private final Claims claims;
  private final SessionDeletion deletion;
  private final Orphans orphans;
  private final SessionNaming names;
  private final Clock clock;

  RoomMaker(
      Captures captures,
      TargetRecords targets,
      Claims claims,
      SessionDeletion deletion,
      Orphans orphans,
      SessionNaming names,
      Clock clock) {
    this.captures = captures;
    this.targets = targets;
    this.claims = claims;
    this.deletion = deletion;
    this.orphans = orphans;
    this.names = names;
    this.clock = clock;
  }

  /**
   * Deletes as many as are wanted, if there are so many. Answers whether there is more room now; a
   * deletion that somebody else is at is left to him.
   */
  boolean makeRoom(
      int wanted, String watcher, List<Seen> listed, StoredLedger ledger, Invocation call) {
    List<Seen> ours = listed.stream().filter(names::isOurs).toList();
    List<Stored> ended =
        ours.stream()
            .limit(MAX_LOOKED_AT)
            .flatMap(seen -> ended(seen).stream())
            .sorted(Comparator.comparing(stored -> stored.capture().stateSince()))
            .toList();
    int freed = 0;
    for (Stored each : ended) {
      if (freed < wanted && !call.deadline().passed() && goes(each, call)) {
        freed++;
      }
    }
    if (freed < wanted && !call.deadline().passed()) {
      freed += orphans.sweep(wanted - freed, watcher, ours, ledger, call) ? 1 : 0;
    }
    return freed > 0;
  }

  private Optional<Stored> ended(Seen seen) {
    Instant now = clock.instant();
    TargetRecord record = targets.of(names.targetOf(seen), now).record();
    return record.active() != null || record.last() == null
        ? Optional.empty()
        : captures
            .get(record.last())
            .filter(s -> !s.capture().state().isActive())
            .filter(s -> hasSession(s.capture()))
            .filter(s -> !s.capture().step().isClaimed(now));
  }

  private static boolean hasSession(Capture c) {
    return c.session() != null && c.session().phase() == Phase.ACCEPTED;
  }

  private boolean goes(Stored ended, Invocation call) {
    return claims
        .claim(ended, call)
        .flatMap(held -> deletion.delete(held, call))
        .flatMap(outcome -> claims.save(outcome.held(), outcome.seen(), call))
        .filter(left -> left.capture().session().phase() == Phase.GONE)
        .isPresent();
  }
}
