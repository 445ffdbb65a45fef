package dev.alertcapture.traffic;

import java.util.ArrayList;
import java.util.List;

/** Which of a side's sequence numbers have reached the other. Numbers don't wrap around here. */
final class Arrivals {
  /** A range, its end excluded. */
  record Range(long from, long to) {}

  private final List<Range> above = new ArrayList<>();
  private long through;

  void start(long at) {
    above.clear();
    through = at;
  }

  /** All before this has arrived. */
  long through() {
    return through;
  }

  /** Returns whether all of it had arrived before. */
  boolean add(long from, long to) {
    if (to <= through || above.stream().anyMatch(r -> r.from <= from && to <= r.to)) {
      return to > from;
    }
    Range whole = new Range(from, to);
    List<Range> apart = new ArrayList<>();
    for (Range each : above) {
      if (each.to < whole.from || each.from > whole.to) {
        apart.add(each);
      } else {
        whole = new Range(Math.min(each.from, whole.from), Math.max(each.to, whole.to));
      }
    }
    above.clear();
    above.addAll(apart);
    if (whole.from <= through) {
      through = whole.to;
    } else {
      above.add(0, whole);
    }
    return false;
  }

  /** The first missing range below the end of what was sent; empty where none is missing. */
  Range hole(long sent) {
    long end = above.stream().mapToLong(Range::from).min().orElse(sent);
    return new Range(through, Math.max(through, end));
  }

  /** What selective acknowledgements say: the latest first. */
  List<Range> blocks() {
    return above;
  }
}
