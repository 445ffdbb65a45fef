package dev.alertcapture.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Ids of captures: the time, backwards, so that the newest sorts first; then 40 random bits. */
public final class CaptureId {
  private static final Pattern ID = Pattern.compile("[0-9a-hjkmnp-tv-z]{21}");

  // The longest time limit, and as long as a capture may take to start, stop and find its file.
  private static final Duration LONGEST_CAPTURE = Duration.ofHours(6);

  private CaptureId() {}

  public static String next(Instant now, RandomGenerator random) {
    return Base32.of(Long.MAX_VALUE - now.toEpochMilli(), 13) + Base32.of(random.nextLong(), 8);
  }

  /** Whether a capture of that id is young enough to be active still. */
  public static boolean mayBeActive(String id, Instant now) {
    return isId(id) && createdAt(id).plus(LONGEST_CAPTURE).isAfter(now);
  }

  private static Instant createdAt(String id) {
    return Instant.ofEpochMilli(Long.MAX_VALUE - Base32.number(id.substring(0, 13)));
  }

  /** Whether a text is an id, so that it may become part of a key. */
  public static boolean isId(String text) {
    return text != null && ID.matcher(text).matches();
  }
}
