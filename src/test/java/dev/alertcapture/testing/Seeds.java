package dev.alertcapture.testing;

import java.util.stream.LongStream;

/**
 * The seeds of a randomised test: a few in each build, many in an ordeal ({@code -Pordeal}, or
 * CI=true), or the one that {@code -Dseed=N} gives, to see a failure again.
 */
public final class Seeds {
  private Seeds() {}

  /** Whether this build takes the time for the long tests. */
  public static boolean ordeal() {
    return Boolean.getBoolean("ordeal");
  }

  /** The seeds to try. */
  public static LongStream of(int few, int many) {
    Long only = Long.getLong("seed");
    return only != null ? LongStream.of(only) : LongStream.range(0, ordeal() ? many : few);
  }

  /** The one seed of a test that draws much from it. */
  public static long one() {
    return Long.getLong("seed", 0);
  }
}
