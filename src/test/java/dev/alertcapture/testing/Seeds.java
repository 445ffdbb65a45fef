package dev.alertcapture.testing;

import java.util.OptionalLong;
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

  /** The seed on the command line. */
  public static OptionalLong given() {
    Long seed = Long.getLong("seed");
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  /** The seeds to try. */
  public static LongStream of(int few, int many) {
    OptionalLong only = given();
    return only.isPresent()
        ? LongStream.of(only.getAsLong())
        : LongStream.range(0, ordeal() ? many : few);
  }
}
