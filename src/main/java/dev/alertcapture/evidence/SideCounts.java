package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Columns;
import java.util.Arrays;

/** Frames and bytes that each side of a flow, or of an attempt, has sent. */
final class SideCounts implements Columns {
  private int[] frames = {};
  private long[] bytes = {};

  @Override
  public void grow(int flows) {
    frames = Arrays.copyOf(frames, 2 * flows);
    bytes = Arrays.copyOf(bytes, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    frames[2 * flow] = frames[2 * flow + 1] = 0;
    bytes[2 * flow] = bytes[2 * flow + 1] = 0;
  }

  void add(int flow, int side, int length) {
    frames[2 * flow + side]++;
    bytes[2 * flow + side] += length;
  }

  /** Takes over what another flow or attempt had. */
  void take(int flow, SideCounts others, int other) {
    for (int side = 0; side < 2; side++) {
      frames[2 * flow + side] = others.frames[2 * other + side];
      bytes[2 * flow + side] = others.bytes[2 * other + side];
    }
  }

  int capacity() {
    return frames.length / 2;
  }

  int frames(int flow, int side) {
    return frames[2 * flow + side];
  }

  long bytes(int flow, int side) {
    return bytes[2 * flow + side];
  }
}
