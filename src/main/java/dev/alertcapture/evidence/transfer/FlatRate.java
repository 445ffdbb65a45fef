package dev.alertcapture.evidence.transfer;

/**
 * Whether a side's new bytes are the same each second while it has to send others again: so looks a
 * rate limit that drops what is above it.
 */
final class FlatRate {
  private static final int SECONDS = 5;
  private static final int NONE = -1;

  private int second = NONE;
  private boolean partial = true;
  private long fresh;
  private int resends;
  private int run;
  private long least;
  private long most;
  private long sum;
  private int longest;
  private long longestSum;

  /** A segment came in a second of the file. */
  void add(int in, int newBytes, boolean again) {
    if (in != second) {
      finish();
      run = in == second + 1 ? run : 0;
      partial = second == NONE;
      second = in;
      fresh = 0;
      resends = 0;
    }
    fresh += newBytes;
    resends += again ? 1 : 0;
  }

  private void finish() {
    if (partial || resends == 0) {
      run = 0;
      return;
    }
    long low = run == 0 ? fresh : Math.min(least, fresh);
    long high = run == 0 ? fresh : Math.max(most, fresh);
    boolean flat = run > 0 && (high - low) * 10 < high;
    run = flat ? run + 1 : 1;
    sum = flat ? sum + fresh : fresh;
    least = flat ? low : fresh;
    most = flat ? high : fresh;
    if (run > longest) {
      longest = run;
      longestSum = sum;
    }
  }

  /** Bytes a second, 0 where they are not flat for five seconds running. */
  long bytesPerSecond() {
    return longest < SECONDS ? 0 : longestSum / longest;
  }
}
