package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * The TCP analysis of tshark 4.0.17, mark by mark, so that its numbers can be compared with ours.
 * Its guesses are kept as they are: 0 stands for "unset", the thresholds of 20 ms and 3 ms, the
 * order of the rules. {@link Sequences} has our own judgement.
 */
public final class Marking implements Columns {
  private static final long FAST = 20_000_000L;
  private static final long USUAL_ROUND_TRIP = 3_000_000L;
  private static final int ANY_WINDOW = -1;

  private static final byte SCALE_UNKNOWN = -1;
  private static final byte NOT_SCALED = -2;
  private static final int LARGEST_SCALE = 14;

  /** {@link #flags}: the side's base sequence number is known. */
  private static final byte BASED = 1;

  /** {@link #flags}: the side has sent nothing but SYNs. */
  private static final byte ONLY_SYN = 2;

  /** {@link #flags}: a packet of the connection had an MPTCP option. */
  private static final byte MULTIPATH = 4;

  // Values of a side, at 2 * flow + side.
  private int[] end = {};
  private long[] endTime = {};
  private int[] contiguous = {};
  private int[] ack = {};
  private long[] ackTime = {};
  private int[] duplicates = {};
  private int[] window = {};
  private int[] base = {};
  private byte[] scale = {};
  private byte[] flags = {};
  private short[] last = {};
  private short[] multipath = {};

  // Values of a flow.
  private long[] synTime = {};
  private long[] roundTrip = {};

  @Override
  public void grow(int flows) {
    end = Arrays.copyOf(end, 2 * flows);
    endTime = Arrays.copyOf(endTime, 2 * flows);
    contiguous = Arrays.copyOf(contiguous, 2 * flows);
    ack = Arrays.copyOf(ack, 2 * flows);
    ackTime = Arrays.copyOf(ackTime, 2 * flows);
    duplicates = Arrays.copyOf(duplicates, 2 * flows);
    window = Arrays.copyOf(window, 2 * flows);
    base = Arrays.copyOf(base, 2 * flows);
    scale = Arrays.copyOf(scale, 2 * flows);
    flags = Arrays.copyOf(flags, 2 * flows);
    last = Arrays.copyOf(last, 2 * flows);
    multipath = Arrays.copyOf(multipath, 2 * flows);
    synTime = Arrays.copyOf(synTime, flows);
    roundTrip = Arrays.copyOf(roundTrip, flows);
  }

  /**
   * Does nothing: a connection of tshark's lasts over silence and jumps in time, which end a flow
   * of ours. See {@link #begin}.
   */
  @Override
  public void clear(int flow) {}

  /** Begins a connection at an index. */
  void begin(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      end[i] = 0;
      endTime[i] = 0;
      contiguous[i] = 0;
      ack[i] = 0;
      ackTime[i] = 0;
      duplicates[i] = 0;
      window[i] = ANY_WINDOW;
      base[i] = 0;
      scale[i] = SCALE_UNKNOWN;
      flags[i] = 0;
      last[i] = 0;
      multipath[i] = 0;
    }
    synTime[flow] = -1;
    roundTrip[flow] = -1;
  }

  /** Begins a connection of which the SYNs of an attempt were seen before. */
  void resume(int flow, HalfOpen attempts, int attempt) {
    begin(flow);
    int i = 2 * flow;
    base[i] = attempts.sequence(attempt);
    end[i] = contiguous[i] = attempts.sequence(attempt) + 1;
    endTime[i] = attempts.began(attempt);
    ackTime[i] = synTime[flow] = attempts.last(attempt);
    window[i] = attempts.window(attempt);
    flags[i] = BASED | ONLY_SYN;
    int told = attempts.windowScale(attempt);
    scale[i] = told < 0 ? NOT_SCALED : (byte) Math.min(told, LARGEST_SCALE);
    scale[i + 1] = told < 0 ? NOT_SCALED : SCALE_UNKNOWN;
  }

  /** The marks of a flow's next segment, whose length has to be known. */
  int next(int flow, int side, Packet p) {
    int i = 2 * flow + side;
    int j = 2 * flow + 1 - side;
    boolean syn = p.has(Packet.SYN);
    int marks = syn ? base(flow, i, p) : 0;
    if ((flags[i] & BASED) == 0) {
      base[i] = syn ? p.sequence : p.sequence - 1;
      flags[i] |= BASED;
    }
    if (p.has(Packet.ACK) && (flags[j] & BASED) == 0) {
      base[j] = p.acknowledgment - 1;
      flags[j] |= BASED;
    }
    marks |= windowMarks(i, j, p);
    if (p.acknowledgment != ack[i]) {
      duplicates[i] = 0;
    }
    marks |= unseen(j, p);
    boolean advances = p.payloadLength > 0 || (p.flags & (Packet.SYN | Packet.FIN)) != 0;
    if (advances && (marks & Marks.KEEP_ALIVE) == 0) {
      marks |= again(flow, i, j, p);
    }
    update(flow, i, j, p, marks);
    return marks;
  }

  /** A SYN of another number than its side's: a new connection, or a reused port at least. */
  private int base(int flow, int i, Packet p) {
    boolean other = (flags[i] & BASED) != 0 && base[i] != p.sequence;
    if (!p.has(Packet.ACK)) {
      if (other) {
        begin(flow);
      } else if ((flags[i] & BASED) != 0) {
        end[i] = contiguous[i];
      }
      synTime[flow] = p.time;
    } else if (other) {
      base[i] = p.sequence;
    }
    return other ? Marks.REUSED_PORTS : 0;
  }

  private int windowMarks(int i, int j, Packet p) {
    int length = p.payloadLength;
    if (length == 1 && p.sequence == end[i] && window[j] == 0) {
      return Marks.ZERO_WINDOW_PROBE;
    }
    boolean plain = (p.flags & (Packet.SYN | Packet.FIN | Packet.RST)) == 0;
    int marks = 0;
    if (p.window == 0 && plain) {
      marks |= Marks.ZERO_WINDOW;
    }
    if (end[i] != 0 && p.sequence - end[i] > 0 && !p.has(Packet.RST)) {
      marks |= Marks.LOST_SEGMENT;
    }
    if (!plain) {
      return marks;
    }
    if (length <= 1 && p.sequence == end[i] - 1) {
      marks |= Marks.KEEP_ALIVE;
    }
    if (length > 0) {
      boolean full =
          scale[j] != SCALE_UNKNOWN
              && window[j] != ANY_WINDOW
              && p.sequence + length == ack[j] + (window[j] << shift(j));
      return full ? marks | Marks.WINDOW_FULL : marks;
    }
    boolean repeats = p.sequence == end[i] && p.acknowledgment == ack[i];
    return repeats ? marks | acknowledgmentMarks(i, j, p) : marks;
  }

  /** A segment without payload that stands and acknowledges where its side's last one did. */
  private int acknowledgmentMarks(int i, int j, Packet p) {
    if (p.window != window[i]) {
      return p.window == 0 ? 0 : Marks.WINDOW_UPDATE;
    }
    if (p.window == 0) {
      return (last[j] & Marks.ZERO_WINDOW_PROBE) == 0 ? 0 : Marks.ZERO_WINDOW_PROBE_ACK;
    }
    if ((last[j] & Marks.KEEP_ALIVE) != 0) {
      return Marks.KEEP_ALIVE_ACK;
    }
    if ((flags[i] & MULTIPATH) != 0 && multipath[i] != (short) p.options.multipath) {
      return 0;
    }
    duplicates[i] = duplicates[i] == -1 ? 1 : duplicates[i] + 1;
    return Marks.DUPLICATE_ACK;
  }

  private int shift(int i) {
    return (flags[i] & ONLY_SYN) != 0 || scale[i] < 0 ? 0 : scale[i];
  }

  /** An acknowledgment of bytes that the file does not have. */
  private int unseen(int j, Packet p) {
    if (!p.has(Packet.ACK) || contiguous[j] == 0 || p.acknowledgment - contiguous[j] <= 0) {
      return 0;
    }
    if (contiguous[j] - end[j] < 0) {
      contiguous[j] = end[j];
      return Marks.ACK_LOST_SEGMENT;
    }
    boolean mark = duplicates[j] == 0;
    duplicates[j] = -1;
    return mark ? Marks.ACK_LOST_SEGMENT : 0;
  }

  private int again(int flow, int i, int j, Packet p) {
    int length = p.payloadLength;
    if (length > 0 && ack[j] != 0 && p.sequence + length - ack[j] <= 0) {
      return Marks.SPURIOUS_RETRANSMISSION | Marks.RETRANSMISSION;
    }
    boolean old = end[i] != 0 && p.sequence - end[i] < 0;
    if (!old || (length > 1 && p.sequence == end[i] - 1)) {
      return 0;
    }
    long sinceAck = p.time - ackTime[j];
    boolean asked = Integer.compareUnsigned(duplicates[j], 2) >= 0 && ack[j] == p.sequence;
    if (asked && sinceAck >= 0 && sinceAck < FAST) {
      return Marks.FAST_RETRANSMISSION | Marks.RETRANSMISSION;
    }
    long sinceEnd = p.time - endTime[i];
    long limit = roundTrip[flow] <= 0 ? USUAL_ROUND_TRIP : roundTrip[flow];
    boolean soon = sinceEnd >= 0 && sinceEnd < limit;
    return soon && following(p) != end[i] ? Marks.OUT_OF_ORDER : Marks.RETRANSMISSION;
  }

  /** The sequence number behind a segment. */
  private static int following(Packet p) {
    boolean control = (p.flags & (Packet.SYN | Packet.FIN)) != 0;
    return p.sequence + p.payloadLength + (control ? 1 : 0);
  }

  private void update(int flow, int i, int j, Packet p, int marks) {
    int following = following(p);
    if ((marks & Marks.ZERO_WINDOW_PROBE) == 0) {
      if (end[i] == 0 || following - end[i] > 0) {
        end[i] = following;
        endTime[i] = p.time;
      }
      if (contiguous[i] == 0 || p.sequence == contiguous[i]) {
        contiguous[i] = end[i];
      }
    }
    window[i] = p.window;
    ack[i] = p.acknowledgment;
    ackTime[i] = p.time;
    last[i] = (short) marks;
    if (p.options.multipath != 0) {
      flags[i] |= MULTIPATH;
      flags[j] |= MULTIPATH;
    }
    multipath[i] = (short) p.options.multipath;
    if (p.has(Packet.SYN)) {
      flags[i] |= ONLY_SYN;
      scale(i, j, p);
    } else if (p.has(Packet.ACK)) {
      flags[i] &= ~ONLY_SYN;
      if (roundTrip[flow] <= 0 && synTime[flow] >= 0) {
        roundTrip[flow] = p.time - synTime[flow];
      }
    }
  }

  private void scale(int i, int j, Packet p) {
    if (p.options.windowScale >= 0) {
      scale[i] = (byte) Math.min(p.options.windowScale, LARGEST_SCALE);
    } else if (scale[i] == SCALE_UNKNOWN) {
      scale[i] = scale[j] = NOT_SCALED;
    }
    if (p.has(Packet.ACK) && scale[j] == NOT_SCALED) {
      scale[i] = NOT_SCALED;
    }
  }

  /** The acknowledgment number of a side's last segment, 0 for none. */
  public int acknowledged(int flow, int side) {
    return ack[2 * flow + side];
  }

  /** The window of a side's last segment in bytes, -1 where it has sent none. */
  public long window(int flow, int side) {
    int i = 2 * flow + side;
    return window[i] < 0 ? -1 : (long) window[i] << shift(i);
  }

  /** Whether both sides' window scale is known, if only to be none. */
  public boolean scaleKnown(int flow) {
    return scale[2 * flow] != SCALE_UNKNOWN && scale[2 * flow + 1] != SCALE_UNKNOWN;
  }
}
