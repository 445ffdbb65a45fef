package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.packet.TcpOptions;

/**
 * What one side of a connection sent again, by what its receiver said of it. Made when a side first
 * needs one; most never do.
 */
final class Tally {
  /** A box said that the packet is too big. */
  static final int TOO_BIG = 0;

  /** The receiver's window had no room for it when it was first sent. */
  static final int BEYOND_WINDOW = 1;

  /** The receiver had acknowledged it already. */
  static final int ACKNOWLEDGED = 2;

  /** The receiver reported it as a duplicate (D-SACK, RFC 2883). */
  static final int REPORTED = 3;

  /** The receiver lacked it, for it acknowledged what came after it (SACK, RFC 2018). */
  static final int HOLE = 4;

  /** Nothing tells whether it had arrived. */
  static final int OPEN = 5;

  /** Never seen before and sent after what comes behind it: lost before the point of capture. */
  static final int LATE_GAP = 6;

  /** The receiver lacked it at first, and reported a duplicate then: it was overtaken. */
  static final int OVERTAKEN = 7;

  static final int KINDS = 8;

  /** So many resends wait for the receiver's report. */
  private static final int RECENT = 16;

  private static final int MAX_BLOCKS = 4;
  private static final long SECOND = 1_000_000_000L;

  private final int[] times = new int[KINDS];
  private final long[] bytes = new long[KINDS];
  private final int[] firstFrame = new int[KINDS];
  private final int[] lastFrame = new int[KINDS];
  private final int[] largestFrame = new int[KINDS];
  private final int[] largest = new int[KINDS];

  private long reportedFirst;
  private long reportedLast;

  final FlatRate rate = new FlatRate();

  private final int[] recentFrom = new int[RECENT];
  private final int[] recentTo = new int[RECENT];
  private final long[] recentTime = new long[RECENT];
  private final byte[] recentKind = new byte[RECENT];
  private int recents;

  private final Range tooBig = new Range();
  private final Range beyond = new Range();
  private final int[] blockFrom = new int[MAX_BLOCKS];
  private final int[] blockTo = new int[MAX_BLOCKS];
  private int blocks;
  private int selectiveEnd;

  /** A packet with these bytes is too big for somebody on the way. */
  void tooBig(int from, int to) {
    tooBig.add(from, to);
  }

  /** Bytes were sent that the receiver's window did not have room for. */
  void beyondWindow(int from, int to) {
    beyond.add(from, to);
  }

  /** Takes in the selective acknowledgment of the receiver. */
  void selective(TcpOptions options, int acknowledgment) {
    boolean duplicate = isDuplicate(options, acknowledgment);
    if (duplicate) {
      report(options.blockFrom[0], options.blockTo[0]);
    }
    blocks = 0;
    for (int i = duplicate ? 1 : 0; i < options.blocks; i++) {
      int end = options.blockTo[i];
      selectiveEnd = blocks == 0 || end - selectiveEnd > 0 ? end : selectiveEnd;
      blockFrom[blocks] = options.blockFrom[i];
      blockTo[blocks++] = end;
    }
  }

  private static boolean isDuplicate(TcpOptions options, int acknowledgment) {
    boolean below = options.blockTo[0] - acknowledgment <= 0;
    boolean inside =
        options.blocks > 1
            && options.blockFrom[0] - options.blockFrom[1] >= 0
            && options.blockTo[0] - options.blockTo[1] <= 0;
    return below || inside;
  }

  /** The latest resend that a report is about had arrived before. */
  private void report(int from, int to) {
    for (int i = recents - 1; i >= Math.max(0, recents - RECENT); i--) {
      int at = i % RECENT;
      boolean undecided = recentKind[at] == OPEN || recentKind[at] == HOLE;
      if (undecided && from - recentTo[at] < 0 && to - recentFrom[at] > 0) {
        int size = recentTo[at] - recentFrom[at];
        times[recentKind[at]]--;
        bytes[recentKind[at]] -= size;
        int frame = lastFrame[recentKind[at]];
        int kind = recentKind[at] == HOLE ? OVERTAKEN : REPORTED;
        recentKind[at] = (byte) kind;
        count(kind, size, frame);
        reportedFirst = times(REPORTED, OVERTAKEN) == 1 ? recentTime[at] : reportedFirst;
        reportedLast = recentTime[at];
        return;
      }
    }
  }

  /** A segment that was sent before. */
  void again(Packet p, boolean acknowledged, int frame) {
    int from = p.sequence;
    int to = from + p.payloadLength;
    int kind = OPEN;
    if (tooBig.meets(from, to)) {
      kind = TOO_BIG;
    } else if (beyond.meets(from, to)) {
      kind = BEYOND_WINDOW;
    } else if (acknowledged) {
      kind = ACKNOWLEDGED;
    } else if (isInHole(from, to)) {
      kind = HOLE;
    }
    count(kind, p.payloadLength, frame);
    int at = recents++ % RECENT;
    recents = recents == Integer.MAX_VALUE ? RECENT : recents;
    recentFrom[at] = from;
    recentTo[at] = to;
    recentTime[at] = p.time;
    recentKind[at] = (byte) kind;
  }

  private boolean isInHole(int from, int to) {
    if (blocks == 0 || to - selectiveEnd > 0) {
      return false;
    }
    for (int i = 0; i < blocks; i++) {
      if (from - blockTo[i] < 0 && to - blockFrom[i] > 0) {
        return false;
      }
    }
    return true;
  }

  /** A segment that fills a gap and was sent after what is above it. */
  void lateGap(Packet p, int frame) {
    count(LATE_GAP, p.payloadLength, frame);
  }

  private void count(int kind, int size, int frame) {
    times[kind]++;
    bytes[kind] += size;
    if (frame == 0) {
      return;
    }
    firstFrame[kind] = firstFrame[kind] == 0 ? frame : firstFrame[kind];
    lastFrame[kind] = frame;
    if (size > largest[kind]) {
      largest[kind] = size;
      largestFrame[kind] = frame;
    }
  }

  /** Of the file's last second, a report may be missing: such resends are not counted. */
  void forgetOpen(long end) {
    for (int i = Math.max(0, recents - RECENT); i < recents; i++) {
      int at = i % RECENT;
      if (recentKind[at] == OPEN && recentTime[at] > end - SECOND) {
        recentKind[at] = KINDS;
        times[OPEN]--;
        bytes[OPEN] -= recentTo[at] - recentFrom[at];
      }
    }
  }

  int times(int... some) {
    int sum = 0;
    for (int kind : some) {
      sum += times[kind];
    }
    return sum;
  }

  long bytes(int... some) {
    long sum = 0;
    for (int kind : some) {
      sum += bytes[kind];
    }
    return sum;
  }

  /** When the first of those was sent that were reported as duplicates. */
  long reportedFirst() {
    return reportedFirst;
  }

  long reportedLast() {
    return reportedLast;
  }

  void cite(Cited cited, int flow, int... some) {
    for (int kind : some) {
      if (times[kind] > 0) {
        cited.add(firstFrame[kind], flow, 0);
        cited.add(largestFrame[kind], flow, largest[kind]);
        cited.add(lastFrame[kind], flow, 0);
      }
    }
  }

  /** A range of sequence numbers; one that does not touch it takes its place. */
  private static final class Range {
    private int from;
    private int to;

    void add(int begin, int end) {
      boolean joins = from != to && begin - to <= 0 && end - from >= 0;
      from = joins && from - begin < 0 ? from : begin;
      to = joins && to - end > 0 ? to : end;
    }

    boolean meets(int begin, int end) {
      return from != to && begin - to < 0 && end - from > 0;
    }
  }
}
