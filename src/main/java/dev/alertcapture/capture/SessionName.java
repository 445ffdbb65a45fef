package dev.alertcapture.capture;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    return start + "-" + hash(target.key() + "\n" + storeIdentity).substring(0, HASH_CHARS);
  }

  /** 32 characters of SHA-256 in base32, lower case: for names and keys. */
  static String hash(String text) {
    try {
      byte[] all =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      StringBuilder out = new StringBuilder();
      for (int bit = 0; out.length() < 32; bit += 5) {
        int two = ((all[bit / 8] & 0xff) << 8) | (all[bit / 8 + 1] & 0xff);
        out.append(Base32.DIGITS.charAt(two >> (11 - bit % 8) & 31));
      }
      return out.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
