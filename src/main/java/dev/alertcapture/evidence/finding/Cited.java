package dev.alertcapture.evidence.finding;

import java.util.Arrays;
import java.util.List;

/**
 * The frames that prove a finding: the first, the last, the worst by the rule's own measure, and
 * the last before and the first after the worst from other flows. Frames are given in any order.
 */
public final class Cited {
  private int[] frames = new int[8];
  private int[] flows = new int[8];
  private int count;
  private int worst = -1;
  private long measure = Long.MIN_VALUE;

  /** A frame that the finding's filter finds, of a flow, with how bad it is. */
  public void add(int frame, int flow, long bad) {
    if (frame <= 0) {
      return;
    }
    if (count == frames.length) {
      frames = Arrays.copyOf(frames, 2 * count);
      flows = Arrays.copyOf(flows, 2 * count);
    }
    frames[count] = frame;
    flows[count] = flow;
    if (worst < 0 || bad > measure || (bad == measure && frame < frames[worst])) {
      worst = count;
      measure = bad;
    }
    count++;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** At most five frames, ascending and distinct. */
  public List<Integer> frames() {
    if (count == 0) {
      return List.of();
    }
    int first = Integer.MAX_VALUE;
    int last = 0;
    int before = 0;
    int after = Integer.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      int frame = frames[i];
      first = Math.min(first, frame);
      last = Math.max(last, frame);
      if (flows[i] != flows[worst]) {
        before = frame < frames[worst] ? Math.max(before, frame) : before;
        after = frame > frames[worst] ? Math.min(after, frame) : after;
      }
    }
    int[] all = {
      first,
      before == 0 ? first : before,
      frames[worst],
      after == Integer.MAX_VALUE ? last : after,
      last
    };
    return Arrays.stream(all).sorted().distinct().boxed().toList();
  }

  /** The lowest frame, 0 for none. */
  public int first() {
    List<Integer> all = frames();
    return all.isEmpty() ? 0 : all.get(0);
  }
}
