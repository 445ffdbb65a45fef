package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.target.Target;
import java.util.Locale;

/**
 * The names that this deployment gives its sessions, one for each target: {@code
 * {prefix}{vm}-{hash}}, at most 80 characters of {@code [A-Za-z0-9._-]} (docs/design/azure.md,
 * "Model"), the machine's in lower case. The hash is of target and store, so Azure itself keeps a
 * target from having two of our sessions, and two deployments never have the same.
 */
record SessionNaming(String prefix, String storeIdentity) {
  private static final int MAX_CHARS = 80;
  private static final int HASH_CHARS = 10;

  String of(Target target) {
    String machine = target.shortName().toLowerCase(Locale.ROOT).replaceAll("[^A-Za-z0-9._-]", "-");
    int room = MAX_CHARS - HASH_CHARS - 1 - prefix.length();
    String start = prefix + machine.substring(0, Math.min(machine.length(), room));
    // Azure wants a letter, a digit or an underscore first.
    start = start.matches("[A-Za-z0-9_].*") ? start : "c" + start.substring(1);
    return start + "-" + Base32.hash(target.key() + "\n" + storeIdentity).substring(0, HASH_CHARS);
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
