package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * The file's time: now is the highest time so far. Over a minute without a frame is a jump, and
 * parts the file into pieces: no flow lasts from one piece into the next.
 */
public final class Timeline {
  private static final long JUMP = 60_000_000_000L;
  private static final long BACK = 1_000_000L;
  private static final int MAX_PIECES = 4096;

  /** A packet with a time came. */
  private boolean begun;

  private long start;
  private long now;
  private long frames;
  private long backwards;
  private long firstBackwards;
  private long jumped;
  private int piece;
  private long[] pieceStarts = new long[1];
  private long[] pieceEnds = new long[1];

  /** Counts a packet in; one without a time gets the time that it is. */
  void add(Packet p) {
    if (!p.timed) {
      p.time = now;
    }
    frames++;
    if (!begun) {
      begun = p.timed;
      start = now = p.time;
      pieceStarts[0] = p.time;
      pieceEnds[0] = p.time;
      return;
    }
    if (p.time < now) {
      if (now - p.time > BACK) {
        firstBackwards = backwards++ == 0 ? p.frame : firstBackwards;
      }
      return;
    }
    if (p.time - now > JUMP) {
      jump(p.time);
    }
    now = p.time;
    pieceEnds[piece] = now;
  }

  private void jump(long to) {
    if (piece + 1 == MAX_PIECES) {
      return;
    }
    jumped += to - now;
    piece++;
    if (piece == pieceStarts.length) {
      pieceStarts = Arrays.copyOf(pieceStarts, 2 * piece);
      pieceEnds = Arrays.copyOf(pieceEnds, 2 * piece);
    }
    pieceStarts[piece] = to;
  }

  /** The time of the first frame, in nanoseconds since 1970 as all times here. */
  public long start() {
    return start;
  }

  /** The highest time so far. */
  public long now() {
    return now;
  }

  /** How long the file's jumps are in all. */
  public long jumped() {
    return jumped;
  }

  /**
   * The piece that the last packet is in, from 0; the last one has the rest of a file with 4,096.
   */
  public int piece() {
    return piece;
  }

  public long pieceStart(int of) {
    return pieceStarts[of];
  }

  /** The highest time in a piece, so far. */
  public long pieceEnd(int of) {
    return pieceEnds[of];
  }

  /** Packets with a time of over 1 ms before now. */
  public long backwards() {
    return backwards;
  }

  /** The first frame of those, 0 for none. */
  public long firstBackwards() {
    return firstBackwards;
  }

  /** All packets. */
  public long frames() {
    return frames;
  }
}
