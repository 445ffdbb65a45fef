package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.target.Target;
import java.util.Locale;

/**
 * The one name that a target's sessions have, for this deployment: {@code {prefix}{vm}-{hash}}, at
 * most 80 characters of {@code [A-Za-z0-9._-]} (arm-facts section 2), the machine's in lower case.
 * The hash is of target and store, so Azure itself keeps a target from having two of our sessions,
 * and two deployments never have the same.
 */
final class SessionName {
  private static final int MOST_CHARS = 80;
  private static final int HASH_CHARS = 10;

  private SessionName() {}

  static String of(String prefix, Target target, String storeIdentity) {
    String machine = target.shortName().toLowerCase(Locale.ROOT).replaceAll("[^A-Za-z0-9._-]", "-");
    int room = MOST_CHARS - HASH_CHARS - 1 - prefix.length();
    String start = prefix + machine.substring(0, Math.min(machine.length(), room));
    // Azure wants a letter, a digit or an underscore first.
    start = start.matches("[A-Za-z0-9_].*") ? start : "c" + start.substring(1);
    return start + "-" + Base32.hash(target.key() + "\n" + storeIdentity).substring(0, HASH_CHARS);
  }
}
