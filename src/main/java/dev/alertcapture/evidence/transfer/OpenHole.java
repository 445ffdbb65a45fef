package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.packet.Packet;

/** Bytes that are missing below others that came. */
final class OpenHole {
  private static final int TIMESTAMPS = 12;

  private final long since;
  private final int frame;
  private long above;
  private boolean large;
  private boolean selective;
  private long size;

  /**
   * @param since when the first byte above it came
   */
  OpenHole(long since, int frame) {
    this.since = since;
    this.frame = frame;
  }

  void above(Packet p, boolean full) {
    above += p.payloadLength;
    large |= full;
  }

  /** The receiver acknowledged what is above. */
  void selective() {
    selective = true;
  }

  /** Bytes from the first missing one to the highest that came. */
  void size(int toHighest) {
    size = toHighest - above;
  }

  /** Only whole segments are missing, and only smaller ones came. */
  boolean isOfWholeSegments(int segmentSize) {
    if (large || !selective || size <= 0) {
      return false;
    }
    int whole = segmentSize > 0 ? segmentSize : 1460;
    return size % whole == 0 || size % (whole - TIMESTAMPS) == 0;
  }

  long since() {
    return since;
  }

  /** The first frame above it. */
  int frame() {
    return frame;
  }
}
