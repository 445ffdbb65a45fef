package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Counts SYNs by second for each of the machine's ports. A flood may be larger than the log, so
 * packets are counted as they come, for 4,096 ports at most.
 */
final class FloodCounts implements Analyser {
  private static final int SETS = 512;

  private static final int WAYS = 8;
  private static final long SECOND = 1_000_000_000L;

  /** SYNs to one address and port. */
  static final class Target {
    final long high;
    final long low;
    final int port;
    long syns;
    long attempts;
    long completed;
    int floodedSeconds;
    long inFloodedSeconds;
    int firstFrame;
    int peakFrame;
    int lastFrame;
    private long second;
    private int inSecond;
    private int frameOfSecond;
    private int peak;

    Target(long high, long low, int port) {
      this.high = high;
      this.low = low;
      this.port = port;
    }

    private void syn(long atSecond, Packet p, boolean first) {
      if (atSecond != second) {
        endSecond();
        second = atSecond;
        frameOfSecond = (int) p.frame;
      }
      inSecond++;
      syns++;
      attempts += first ? 1 : 0;
      firstFrame = firstFrame == 0 ? (int) p.frame : firstFrame;
      lastFrame = (int) p.frame;
    }

    private void endSecond() {
      if (inSecond >= Thresholds.FLOOD_SYNS) {
        floodedSeconds++;
        inFloodedSeconds += inSecond;
        if (inSecond > peak) {
          peak = inSecond;
          peakFrame = frameOfSecond;
        }
      }
      inSecond = 0;
    }
  }

  private final Context context;
  private final Tables tables;
  private final Target[] targets = new Target[SETS * WAYS];

  FloodCounts(Context context) {
    this.context = context;
    tables = context.tables();
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.transport != Packet.TCP || a.copy) {
      return;
    }
    if (p.isPureSyn() && context.own().isOwn(p.destinationHigh, p.destinationLow)) {
      Target target = target(p.destinationHigh, p.destinationLow, p.destinationPort, true);
      if (target != null) {
        long second = context.sinceStart(tables.timeline.now()) / SECOND;
        target.syn(second, p, a.first || a.newAttempt);
      }
    } else if (a.connected) {
      Target target = target(p.destinationHigh, p.destinationLow, p.destinationPort, false);
      if (target != null) {
        target.completed++;
      }
    }
  }

  /** The target's counts, in place of those with the fewest SYNs where there is no room. */
  private Target target(long high, long low, int port, boolean add) {
    long mixed = (high * 0x9E37_79B9_7F4A_7C15L + low) * 0xD6E8_FEB8_6659_FD93L + port;
    int set = (int) ((mixed ^ mixed >>> 32) & SETS - 1) * WAYS;
    int free = set;
    for (int at = set; at < set + WAYS; at++) {
      if (targets[at] != null && is(targets[at], high, low, port)) {
        return targets[at];
      }
      free = syns(at) < syns(free) ? at : free;
    }
    if (add) {
      targets[free] = new Target(high, low, port);
    }
    return add ? targets[free] : null;
  }

  private long syns(int at) {
    return targets[at] == null ? 0 : targets[at].syns;
  }

  private static boolean is(Target target, long high, long low, int port) {
    return target.low == low && target.high == high && target.port == port;
  }

  @Override
  public void end() {
    long whole = context.sinceStart(tables.timeline.now()) / SECOND;
    for (Target each : targets) {
      // The last second is a part of one.
      if (each != null && each.second < whole) {
        each.endSecond();
      }
    }
  }

  /** Ports with 1,000 SYNs in each of two seconds of which 10 % were completed at most. */
  List<Target> flooded() {
    return Arrays.stream(targets)
        .filter(Objects::nonNull)
        .filter(each -> each.floodedSeconds >= Thresholds.FLOOD_SECONDS)
        .filter(each -> 10 * each.completed <= each.attempts)
        .sorted(Comparator.comparingInt(each -> each.firstFrame))
        .toList();
  }
}
