package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.target.Target;

/** The names that this deployment gives its sessions. */
record SessionNames(String prefix, String storeIdentity) {

  String of(Target target) {
    return SessionName.of(prefix, target, storeIdentity);
  }

  /** Whether a session is ours: its name is the one that we would give its own target. */
  boolean isOurs(Seen seen) {
    return Target.parse(seen.target()).filter(t -> of(t).equals(seen.name())).isPresent();
  }

  /** The target of a session of ours. */
  Target targetOf(Seen ours) {
    return Target.parse(ours.target()).orElseThrow();
  }
}
