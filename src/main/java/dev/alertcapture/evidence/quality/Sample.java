package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.List;

/** Counts frames, and keeps the first four and the last of them. */
final class Sample {
  private static final int FIRST = 4;

  private final int[] first = new int[FIRST];
  private int last;
  private long count;

  void add(Packet packet) {
    if (count < FIRST) {
      first[(int) count] = (int) packet.frame;
    } else {
      last = (int) packet.frame;
    }
    count++;
  }

  long count() {
    return count;
  }

  /** At most five, ascending. */
  List<Integer> frames() {
    List<Integer> frames = new ArrayList<>();
    for (int i = 0; i < Math.min(FIRST, count); i++) {
      frames.add(first[i]);
    }
    if (last > 0) {
      frames.add(last);
    }
    return List.copyOf(frames);
  }
}
