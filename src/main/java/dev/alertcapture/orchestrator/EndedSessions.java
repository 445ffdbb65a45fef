package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.orchestrator.Captures.Stored;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Our own sessions that have ended and still stand in a list, kept to be looked at in the portal.
 * At the limit they make room. A session is ours only if its name is the one that we would give its
 * own target, and ended only if its capture on record says so.
 */
final class EndedSessions {
  private static final int MAX_LOOKED_AT = 30;

  private final Captures captures;
  private final SessionNaming names;

  EndedSessions(Captures captures, SessionNaming names) {
    this.captures = captures;
    this.names = names;
  }

  /** The captures whose sessions may go, the one that ended first in front. */
  List<String> among(List<Seen> listed) {
    return listed.stream()
        .limit(MAX_LOOKED_AT)
        .flatMap(seen -> ended(seen).stream())
        .sorted(Comparator.comparing(Capture::stateSince))
        .map(Capture::id)
        .toList();
  }

  private Optional<Capture> ended(Seen seen) {
    return Optional.of(seen)
        .filter(names::isOurs)
        .map(ours -> captures.target(names.targetOf(ours)).record())
        .filter(record -> record.active() == null && record.last() != null)
        .flatMap(record -> captures.get(record.last()))
        .map(Stored::capture)
        .filter(c -> !c.state().isActive())
        .filter(c -> c.session() != null && c.session().phase() == Phase.ACCEPTED);
  }
}
