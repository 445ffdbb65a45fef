package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Whether a sender's IPv4 ids rise in small steps, so that they tell in which order it sent its
 * packets.
 */
final class IpIds implements Columns {
  /** Of the last 20 steps, one bit each, 19 have to be small. */
  private static final int STEPS = (1 << 20) - 1;

  private static final int SMALL_STEPS = 19;
  private static final int SMALL_STEP = 1000;

  private short[] last = {};
  private int[] steps = {};

  @Override
  public void grow(int flows) {
    last = Arrays.copyOf(last, 2 * flows);
    steps = Arrays.copyOf(steps, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    steps[2 * flow] = steps[2 * flow + 1] = 0;
  }

  /** Takes in a packet that moved its side's highest byte. */
  void add(int flow, int side, Packet p) {
    if (p.version == 4) {
      int i = 2 * flow + side;
      int step = (short) (p.ipId - last[i]);
      boolean small = step >= 1 && step <= SMALL_STEP;
      steps[i] = (steps[i] << 1 | (small ? 1 : 0)) & STEPS;
      last[i] = (short) p.ipId;
    }
  }

  boolean rise(int flow, int side) {
    return Integer.bitCount(steps[2 * flow + side]) >= SMALL_STEPS;
  }
}
