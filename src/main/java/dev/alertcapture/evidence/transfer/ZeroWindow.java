package dev.alertcapture.evidence.transfer;

/** The times in which one side told a receive window of 0: its application did not read. */
final class ZeroWindow {
  private static final long NONE = Long.MIN_VALUE;

  private long since = NONE;
  private long total;
  private int spans;
  private long longest;
  private int firstFrame;
  private int lastFrame;
  private int longestFrame;
  private int spanFrame;
  private boolean stillClosed;

  void closed(long time, int frame) {
    if (since == NONE) {
      since = time;
      spans++;
      spanFrame = frame;
      firstFrame = firstFrame == 0 ? frame : firstFrame;
    }
    lastFrame = frame;
  }

  /** A window again, a reset, or nothing more to come. */
  void open(long time) {
    if (since != NONE) {
      long span = Math.max(0, time - since);
      total += span;
      longestFrame = longestFrame == 0 || span > longest ? spanFrame : longestFrame;
      longest = Math.max(longest, span);
      since = NONE;
    }
  }

  /** The connection's part of the file is over. */
  void end(long time) {
    stillClosed = since != NONE;
    open(time);
  }

  /** Nanoseconds in all. */
  long total() {
    return total;
  }

  int spans() {
    return spans;
  }

  boolean isStillClosed() {
    return stillClosed;
  }

  int firstFrame() {
    return firstFrame;
  }

  int lastFrame() {
    return lastFrame;
  }

  /** The first frame of the longest time. */
  int longestFrame() {
    return longestFrame;
  }
}
