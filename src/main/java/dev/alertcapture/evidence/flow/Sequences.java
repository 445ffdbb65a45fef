package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Which bytes of a TCP flow the file has shown, by bytes and not by order: for each side its
 * highest byte and the gaps below. From that follows the {@link SegmentClass} of each segment.
 */
public final class Sequences implements Columns {
  /** A hostile file can't make a segment look at more gaps than these. */
  private static final int MAX_GAPS = 256;

  private static final int USUAL_ROUND_TRIP = 6_000;

  // Bits of a side's state.
  private static final byte STARTED = 1;
  private static final byte HAS_SYN = 2;

  private final Gaps gaps = new Gaps();
  private final IpIds ids = new IpIds();
  private final Acknowledgments acknowledgments;
  private byte[] state = {};
  private int[] initial = {};
  private int[] lowest = {};
  private int[] highest = {};
  private int[] holes = {};
  private short[] holeCount = {};
  private int[] settled = {};
  private long dropped;

  Sequences(Acknowledgments acknowledgments) {
    this.acknowledgments = acknowledgments;
  }

  @Override
  public void grow(int flows) {
    int before = state.length;
    state = Arrays.copyOf(state, 2 * flows);
    initial = Arrays.copyOf(initial, 2 * flows);
    lowest = Arrays.copyOf(lowest, 2 * flows);
    highest = Arrays.copyOf(highest, 2 * flows);
    holes = Arrays.copyOf(holes, 2 * flows);
    holeCount = Arrays.copyOf(holeCount, 2 * flows);
    settled = Arrays.copyOf(settled, 2 * flows);
    ids.grow(flows);
    Arrays.fill(holes, before, holes.length, Gaps.NONE);
  }

  @Override
  public void clear(int flow) {
    clearSide(2 * flow);
    clearSide(2 * flow + 1);
    ids.clear(flow);
  }

  private void clearSide(int i) {
    state[i] = 0;
    gaps.freeAll(holes[i]);
    holes[i] = Gaps.NONE;
    holeCount[i] = 0;
    settled[i] = 0;
  }

  /** Takes over what is known of an attempt's sender. */
  void resume(int flow, HalfOpen attempts, int attempt) {
    begin(flow, 0, attempts.sequence(attempt));
  }

  /** Begins a side with the number of its SYN. */
  private void begin(int flow, int side, int sequence) {
    int i = 2 * flow + side;
    clearSide(i);
    acknowledgments.restart(flow, side);
    state[i] = STARTED | HAS_SYN;
    initial[i] = sequence;
    lowest[i] = highest[i] = sequence + 1;
  }

  /** Begins a side whose SYN the file lacks, where it has not begun. */
  private void begin(int i, int sequence) {
    if ((state[i] & STARTED) == 0) {
      state[i] |= STARTED;
      lowest[i] = highest[i] = sequence;
    }
  }

  /** Whether a side has sent a SYN of that number, or nothing at all. */
  boolean continues(int flow, int side, int sequence) {
    int i = 2 * flow + side;
    return (state[i] & HAS_SYN) != 0 ? initial[i] == sequence : (state[i] & STARTED) == 0;
  }

  /** Says of a segment that is no copy, and of known length, what it is. */
  void next(int flow, int side, Packet p, Analysis a) {
    int i = 2 * flow + side;
    if (p.has(Packet.ACK)) {
      int j = 2 * flow + 1 - side;
      acknowledgments.next(flow, side, p, (state[j] & STARTED) != 0, highest[j], a);
    }
    if (p.has(Packet.RST)) {
      return;
    }
    boolean syn = p.has(Packet.SYN);
    if (syn && !syn(flow, side, p, a)) {
      return;
    }
    int from = syn ? p.sequence + 1 : p.sequence;
    if (p.payloadLength > 0) {
      begin(i, from);
    }
    if (isKeepAlive(i, p)) {
      a.segment = SegmentClass.KEEP_ALIVE;
    } else if (p.payloadLength > 0) {
      data(flow, side, from, p, a);
      boolean last = from + p.payloadLength == highest[i];
      highest[i] += last && p.has(Packet.FIN) ? 1 : 0;
    } else if (p.has(Packet.FIN)) {
      fin(i, from, p, a);
    }
  }

  /** Takes a SYN or SYN-ACK in; false where its number is not its side's. */
  private boolean syn(int flow, int side, Packet p, Analysis a) {
    int i = 2 * flow + side;
    boolean numbered = (state[i] & HAS_SYN) != 0;
    if (numbered && initial[i] == p.sequence) {
      a.segment = SegmentClass.CONTROL_AGAIN;
      return true;
    }
    // A SYN-ACK that comes after the client took another one is left over from an earlier try.
    boolean taken = numbered && acknowledgments.any(flow, side);
    if (p.has(Packet.ACK) && taken && acknowledgments.highest(flow, side) - initial[i] > 0) {
      return false;
    }
    begin(flow, side, p.sequence);
    a.segment = SegmentClass.NEW;
    return true;
  }

  private boolean isKeepAlive(int i, Packet p) {
    return p.payloadLength <= 1
        && (state[i] & STARTED) != 0
        && p.sequence == highest[i] - 1
        && (p.flags & (Packet.SYN | Packet.FIN)) == 0;
  }

  private void fin(int i, int from, Packet p, Analysis a) {
    begin(i, from);
    int above = from - highest[i];
    if (above < 0) {
      a.segment = SegmentClass.CONTROL_AGAIN;
      return;
    }
    a.segment = SegmentClass.NEW;
    if (above > 0) {
      hole(i, from, p);
    }
    highest[i] = from + 1;
  }

  private void data(int flow, int side, int from, Packet p, Analysis a) {
    int i = 2 * flow + side;
    int end = from + p.payloadLength;
    int above = from - highest[i];
    if (above < 0) {
      below(flow, side, from, p, a);
    } else {
      a.segment = SegmentClass.NEW;
      a.newBytes = p.payloadLength;
      if (above > 0) {
        hole(i, from, p);
      }
    }
    if (end - highest[i] > 0) {
      highest[i] = end;
      ids.add(flow, side, p);
      acknowledgments.sent(flow, side, end, p.time);
    }
  }

  /** Judges a segment that begins below its side's highest byte. */
  private void below(int flow, int side, int from, Packet p, Analysis a) {
    int i = 2 * flow + side;
    int end = from + p.payloadLength;
    int beyond = Math.max(0, end - highest[i]);
    int below = p.payloadLength - beyond;
    holes[i] = gaps.fill(holes[i], from, end - beyond, p.time, p.ipId);
    holeCount[i] += (short) gaps.nodes;
    settle(i);
    boolean before = (state[i] & HAS_SYN) == 0 && from - lowest[i] < 0;
    int missing = gaps.filled + (before ? Math.min(below, lowest[i] - from) : 0);
    a.newBytes = missing + beyond;
    a.againBytes = below - missing;
    if (before) {
      a.segment = SegmentClass.BEFORE;
    } else if (below == 1 && beyond > 0) {
      // What follows a keep-alive, or a probe that was accepted.
      a.segment = SegmentClass.NEW;
    } else if (2L * missing > below) {
      a.segment = SegmentClass.GAP;
      a.holeAge = Math.max(0, p.time - gaps.aboveTime);
      a.late = isLate(flow, side, p, a.holeAge);
    } else {
      a.segment = SegmentClass.AGAIN;
      acknowledgments.sentAgain(flow, side);
    }
  }

  /** Notes that the bytes from the highest up to a segment are missing. */
  private void hole(int i, int to, Packet p) {
    int added = gaps.add(holes[i], highest[i], to, p.time, p.ipId);
    if (added == Gaps.NONE) {
      settled[i] += to - highest[i];
      dropped++;
      return;
    }
    holes[i] = added;
    if (++holeCount[i] > MAX_GAPS) {
      holes[i] = gaps.dropLowest(holes[i]);
      holeCount[i]--;
      settle(i);
    }
  }

  /** A gap without a node counts as missed, whatever comes later. */
  private void settle(int i) {
    if (gaps.lost > 0) {
      settled[i] += gaps.lost;
      gaps.lost = 0;
      dropped++;
    }
  }

  /** Whether the sender sent this later than what came above it, or the network overtook it. */
  private boolean isLate(int flow, int side, Packet p, long age) {
    if (p.version == 4 && ids.rise(flow, side)) {
      return (short) (p.ipId - gaps.aboveId) > 0;
    }
    int roundTrip = acknowledgments.roundTrip(flow, side);
    return age > (roundTrip < 0 ? USUAL_ROUND_TRIP : roundTrip) * 500L;
  }

  /** Whether the file has a byte, SYN or FIN of a side. */
  public boolean started(int flow, int side) {
    return (state[2 * flow + side] & STARTED) != 0;
  }

  /** Whether the file has a side's SYN, so that its first byte is the connection's first. */
  public boolean fromStart(int flow, int side) {
    return (state[2 * flow + side] & HAS_SYN) != 0;
  }

  /** The sequence number behind a side's highest byte. */
  public int highest(int flow, int side) {
    return highest[2 * flow + side];
  }

  /** The sequence number of a side's first byte in the file. */
  public int lowest(int flow, int side) {
    return lowest[2 * flow + side];
  }

  /** Bytes in gaps of a side that the other side has acknowledged: the capture missed them. */
  public long missed(int flow, int side) {
    int i = 2 * flow + side;
    if (!started(flow, side) || !acknowledgments.any(flow, side)) {
      return 0;
    }
    return gaps.below(holes[i], acknowledgments.highest(flow, side)) + settled[i];
  }

  /**
   * Sequence numbers above a side's highest byte that the other side has acknowledged; one of them
   * may be a FIN.
   */
  public int missedAbove(int flow, int side) {
    if (!started(flow, side) || !acknowledgments.any(flow, side)) {
      return 0;
    }
    return Math.max(0, acknowledgments.highest(flow, side) - highest[2 * flow + side]);
  }

  /** How many gaps a side has now. */
  public int gaps(int flow, int side) {
    return holeCount[2 * flow + side];
  }

  /** Gaps that there was no memory for, in all flows: they count as missed. */
  public long droppedGaps() {
    return dropped;
  }
}
