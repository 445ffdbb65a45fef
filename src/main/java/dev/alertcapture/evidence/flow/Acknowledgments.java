package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * How far the bytes of each side of a TCP flow were acknowledged, and how long that took: one
 * segment a side is timed at once.
 */
public final class Acknowledgments implements Columns {
  // Bits of a side's state.
  private static final byte ACKNOWLEDGED = 1;
  private static final byte TIMING = 2;

  private final Handshakes handshakes;
  private final Marking marking;
  private byte[] state = {};
  private int[] highest = {};
  private int[] timedEnd = {};
  private long[] timedSince = {};
  private int[] quickest = {};

  Acknowledgments(Handshakes handshakes, Marking marking) {
    this.handshakes = handshakes;
    this.marking = marking;
  }

  @Override
  public void grow(int flows) {
    state = Arrays.copyOf(state, 2 * flows);
    highest = Arrays.copyOf(highest, 2 * flows);
    timedEnd = Arrays.copyOf(timedEnd, 2 * flows);
    timedSince = Arrays.copyOf(timedSince, 2 * flows);
    quickest = Arrays.copyOf(quickest, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    state[2 * flow] = state[2 * flow + 1] = 0;
    quickest[2 * flow] = quickest[2 * flow + 1] = -1;
  }

  /** A side begins anew with another sequence number. */
  void restart(int flow, int side) {
    state[2 * flow + side] = 0;
  }

  /** Bytes of a side were sent for the first time, up to a sequence number. */
  void sent(int flow, int side, int end, long time) {
    int i = 2 * flow + side;
    if ((state[i] & TIMING) == 0) {
      state[i] |= TIMING;
      timedEnd[i] = end;
      timedSince[i] = time;
    }
  }

  /** Bytes of a side were sent again, so that nobody knows what is acknowledged (Karn). */
  void sentAgain(int flow, int side) {
    state[2 * flow + side] &= ~TIMING;
  }

  /**
   * Takes in the acknowledgment of a segment that is no copy, before {@link Marking} has its
   * window.
   *
   * @param seen whether the file has bytes of the other side, which end at {@code end}
   */
  void next(int flow, int side, Packet p, boolean seen, int end, Analysis a) {
    int j = 2 * flow + 1 - side;
    int ack = p.acknowledgment;
    boolean known = (state[j] & ACKNOWLEDGED) != 0;
    int expected = known && highest[j] - end > 0 ? highest[j] : end;
    long window = marking.scaleKnown(flow) ? marking.window(flow, side) : -1;
    if (seen && window >= 0 && ack - expected > window) {
      a.nonsenseAck = true;
      return;
    }
    if (!known || ack - highest[j] > 0) {
      a.advances = known;
      state[j] |= ACKNOWLEDGED;
      highest[j] = ack;
    }
    if ((state[j] & TIMING) != 0 && ack - timedEnd[j] >= 0) {
      state[j] &= ~TIMING;
      int took = Handshakes.micros(p.time - timedSince[j]);
      int of = 2 * flow + side;
      quickest[of] = quickest[of] < 0 ? took : Math.min(quickest[of], took);
    }
  }

  /** Whether the other side has acknowledged anything of a side. */
  public boolean any(int flow, int side) {
    return (state[2 * flow + side] & ACKNOWLEDGED) != 0;
  }

  /** The highest acknowledgment of a side's bytes, by the other side. */
  public int highest(int flow, int side) {
    return highest[2 * flow + side];
  }

  /**
   * Microseconds from the point of capture to a side and back: the handshake's, else the least in
   * which the side acknowledged data; -1 unknown.
   */
  public int roundTrip(int flow, int side) {
    int leg = handshakes.leg(flow, side);
    return leg < 0 ? quickest[2 * flow + side] : leg;
  }
}
