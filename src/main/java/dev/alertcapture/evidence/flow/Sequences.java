package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Which bytes of a TCP flow the file has shown, by bytes and not by order: for each side its
 * highest byte and the gaps below. From that follows the {@link SegmentClass} of each segment.
 */
public final class Sequences implements Columns {
  /** A hostile file can't make a segment look at more gaps than these. */
  private static final int MOST_GAPS = 256;

  private static final int USUAL_ROUND_TRIP = 6_000;

  /** Steps of IP ids that are kept, one bit each, and how many of them have to be small. */
  private static final int STEPS = (1 << 20) - 1;

  private static final int SMALL_STEPS = 19;
  private static final int SMALL_STEP = 1000;

  // Bits of a side's state.
  private static final byte STARTED = 1;
  private static final byte HAS_SYN = 2;
  private static final byte ACKNOWLEDGED = 4;
  private static final byte SAMPLING = 8;

  private final Gaps gaps = new Gaps();
  private final Handshakes handshakes;
  private final Marking marking;
  private byte[] state = {};
  private int[] initial = {};
  private int[] lowest = {};
  private int[] highest = {};
  private int[] holes = {};
  private short[] holeCount = {};
  private int[] settled = {};
  private int[] acked = {};
  private short[] lastId = {};
  private int[] steps = {};
  private int[] sampleEnd = {};
  private long[] sampleTime = {};
  private int[] quickest = {};
  private long dropped;

  Sequences(Handshakes handshakes, Marking marking) {
    this.handshakes = handshakes;
    this.marking = marking;
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
    acked = Arrays.copyOf(acked, 2 * flows);
    lastId = Arrays.copyOf(lastId, 2 * flows);
    steps = Arrays.copyOf(steps, 2 * flows);
    sampleEnd = Arrays.copyOf(sampleEnd, 2 * flows);
    sampleTime = Arrays.copyOf(sampleTime, 2 * flows);
    quickest = Arrays.copyOf(quickest, 2 * flows);
    Arrays.fill(holes, before, holes.length, Gaps.NONE);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      clearSide(i);
      quickest[i] = -1;
    }
  }

  private void clearSide(int i) {
    state[i] = 0;
    gaps.freeAll(holes[i]);
    holes[i] = Gaps.NONE;
    holeCount[i] = 0;
    settled[i] = 0;
    steps[i] = 0;
  }

  /** Takes over what is known of an attempt's sender. */
  void resume(int flow, HalfOpen attempts, int attempt) {
    start(2 * flow, attempts.sequence(attempt));
  }

  private void start(int i, int sequence) {
    clearSide(i);
    state[i] = STARTED | HAS_SYN;
    initial[i] = sequence;
    lowest[i] = highest[i] = sequence + 1;
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
      acknowledge(flow, side, p, a);
    }
    if (p.has(Packet.RST)) {
      return;
    }
    int from = p.sequence;
    if (p.has(Packet.SYN)) {
      boolean same = (state[i] & HAS_SYN) != 0 && initial[i] == p.sequence;
      if (!same) {
        start(i, p.sequence);
      }
      a.segment = same ? SegmentClass.CONTROL_AGAIN : SegmentClass.NEW;
      from++;
    }
    boolean fin = p.has(Packet.FIN);
    if (p.payloadLength == 0) {
      if (isKeepAlive(i, p)) {
        a.segment = SegmentClass.KEEP_ALIVE;
      } else if (fin) {
        fin(i, from, p, a);
      }
      return;
    }
    if ((state[i] & STARTED) == 0) {
      state[i] |= STARTED;
      lowest[i] = highest[i] = from;
    }
    if (isKeepAlive(i, p)) {
      a.segment = SegmentClass.KEEP_ALIVE;
      return;
    }
    data(flow, i, from, p, a);
    if (fin && from + p.payloadLength == highest[i]) {
      highest[i]++;
    }
  }

  private boolean isKeepAlive(int i, Packet p) {
    return p.payloadLength <= 1
        && (state[i] & STARTED) != 0
        && p.sequence == highest[i] - 1
        && (p.flags & (Packet.SYN | Packet.FIN)) == 0;
  }

  private void fin(int i, int from, Packet p, Analysis a) {
    if ((state[i] & STARTED) == 0) {
      state[i] |= STARTED;
      lowest[i] = highest[i] = from;
    }
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

  private void data(int flow, int i, int from, Packet p, Analysis a) {
    int end = from + p.payloadLength;
    int above = from - highest[i];
    if (above >= 0) {
      a.segment = SegmentClass.NEW;
      a.newBytes = p.payloadLength;
      if (above > 0) {
        hole(i, from, p);
      }
      advance(i, end, p);
      return;
    }
    int top = end - highest[i] < 0 ? end : highest[i];
    int below = top - from;
    holes[i] = gaps.fill(holes[i], from, top, p.time, p.ipId);
    holeCount[i] += (short) gaps.nodes;
    settle(i);
    boolean under = (state[i] & HAS_SYN) == 0 && from - lowest[i] < 0;
    int missing = gaps.filled + (under ? Math.min(below, lowest[i] - from) : 0);
    a.newBytes = missing + Math.max(0, end - highest[i]);
    a.againBytes = below - missing;
    // One byte below, and more: what follows a keep-alive or a probe that was accepted.
    if (under) {
      a.segment = SegmentClass.BEFORE;
    } else if (below == 1 && p.payloadLength > 1) {
      a.segment = SegmentClass.NEW;
    } else if (2L * gaps.filled > below) {
      a.segment = SegmentClass.GAP;
      a.holeAge = Math.max(0, p.time - gaps.aboveTime);
      a.late = late(flow, i, p, a.holeAge);
    } else {
      a.segment = SegmentClass.AGAIN;
      // An acknowledgment may be of either sending (Karn).
      state[i] &= ~SAMPLING;
    }
    if (end - highest[i] > 0) {
      advance(i, end, p);
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
    if (++holeCount[i] > MOST_GAPS) {
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

  private void advance(int i, int end, Packet p) {
    highest[i] = end;
    if (p.version == 4) {
      int step = (short) (p.ipId - lastId[i]);
      boolean small = step >= 1 && step <= SMALL_STEP;
      steps[i] = (steps[i] << 1 | (small ? 1 : 0)) & STEPS;
      lastId[i] = (short) p.ipId;
    }
    if ((state[i] & SAMPLING) == 0) {
      state[i] |= SAMPLING;
      sampleEnd[i] = end;
      sampleTime[i] = p.time;
    }
  }

  /** Whether the sender sent this later than what came above it, or the network overtook it. */
  private boolean late(int flow, int i, Packet p, long age) {
    if (p.version == 4 && Integer.bitCount(steps[i]) >= SMALL_STEPS) {
      return (short) (p.ipId - gaps.aboveId) > 0;
    }
    int roundTrip = roundTrip(flow, i & 1);
    return age > (roundTrip < 0 ? USUAL_ROUND_TRIP : roundTrip) * 500L;
  }

  private void acknowledge(int flow, int side, Packet p, Analysis a) {
    int j = 2 * flow + 1 - side;
    int ack = p.acknowledgment;
    boolean beyond = (state[j] & STARTED) != 0 && ack - highest[j] > 0;
    if (beyond && marking.scaleKnown(flow) && ack - highest[j] > marking.window(flow, side)) {
      a.nonsenseAck = true;
      return;
    }
    if ((state[j] & ACKNOWLEDGED) == 0 || ack - acked[j] > 0) {
      a.advances = (state[j] & ACKNOWLEDGED) != 0;
      state[j] |= ACKNOWLEDGED;
      acked[j] = ack;
    }
    if ((state[j] & SAMPLING) != 0 && ack - sampleEnd[j] >= 0) {
      state[j] &= ~SAMPLING;
      int took = Handshakes.micros(p.time - sampleTime[j]);
      int of = 2 * flow + side;
      quickest[of] = quickest[of] < 0 ? took : Math.min(quickest[of], took);
    }
  }

  /**
   * Microseconds from the point of capture to a side and back: the handshake's, else the least in
   * which the side acknowledged data; -1 unknown.
   */
  public int roundTrip(int flow, int side) {
    int leg = handshakes.leg(flow, side);
    return leg < 0 ? quickest[2 * flow + side] : leg;
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

  /** Whether the other side has acknowledged anything. */
  public boolean acknowledged(int flow, int side) {
    return (state[2 * flow + side] & ACKNOWLEDGED) != 0;
  }

  /** The highest acknowledgment of a side's bytes, by the other side. */
  public int acknowledgedTo(int flow, int side) {
    return acked[2 * flow + side];
  }

  /** Bytes in gaps of a side that the other side has acknowledged: the capture missed them. */
  public long missed(int flow, int side) {
    int i = 2 * flow + side;
    if ((state[i] & (STARTED | ACKNOWLEDGED)) != (STARTED | ACKNOWLEDGED)) {
      return 0;
    }
    return gaps.below(holes[i], acked[i]) + settled[i];
  }

  /** Bytes above a side's highest one that the other side has acknowledged. */
  public int acknowledgedBeyond(int flow, int side) {
    int i = 2 * flow + side;
    boolean known = (state[i] & (STARTED | ACKNOWLEDGED)) == (STARTED | ACKNOWLEDGED);
    return known ? Math.max(0, acked[i] - highest[i]) : 0;
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
