package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Timeline;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.report.Json;
import dev.alertcapture.evidence.report.Section;
import java.util.Arrays;

/**
 * What came in each second, without copies; jumps of the file's time are left out. From 600 bins on
 * neighbours are added, so that a bin becomes 2, 4, 8 seconds.
 */
final class Seconds implements Analyser, Section {
  static final int MAX_BINS = 600;

  private static final long SECOND = 1_000_000_000L;

  /** In, out, local, other; new connections are counted beside. */
  private static final int KINDS = 4;

  private final Timeline timeline;
  private final Totals totals;
  private final long[][] bytes = new long[KINDS][MAX_BINS];
  private final long[][] packets = new long[KINDS][MAX_BINS];
  private final long[] began = new long[MAX_BINS];
  private long width = 1;
  private int used;

  Seconds(Timeline timeline, Totals totals) {
    this.timeline = timeline;
    this.totals = totals;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.copy) {
      return;
    }
    int bin = bin(p.time);
    int kind = totals.lastDirection();
    if (kind != Totals.NONE) {
      bytes[kind][bin] += p.ipLength;
      packets[kind][bin]++;
    }
    boolean syn = p.transport == Packet.TCP && a.newAttempt;
    boolean datagrams = p.transport == Packet.UDP && a.first;
    began[bin] += syn || datagrams ? 1 : 0;
  }

  private int bin(long time) {
    long second = Math.max(0, (time - timeline.start() - timeline.jumped()) / SECOND);
    while (second / width >= MAX_BINS) {
      fold();
    }
    int bin = (int) (second / width);
    used = Math.max(used, bin + 1);
    return bin;
  }

  private void fold() {
    for (int kind = 0; kind < KINDS; kind++) {
      fold(bytes[kind]);
      fold(packets[kind]);
    }
    fold(began);
    width *= 2;
    used = (used + 1) / 2;
  }

  private static void fold(long[] values) {
    for (int i = 0; i < MAX_BINS; i++) {
      values[i / 2] = (i % 2 == 0 ? 0 : values[i / 2]) + values[i];
    }
    Arrays.fill(values, MAX_BINS / 2, MAX_BINS, 0);
  }

  /** New connections and UDP flows in the busiest second; -1 where bins are longer. */
  long mostBegan() {
    return width > 1 ? -1 : Arrays.stream(began, 0, Math.max(1, used)).max().orElse(0);
  }

  long began() {
    return Arrays.stream(began).sum();
  }

  @Override
  public void write(Json json) {
    json.object("perSecond").put("secondsPerPoint", width).put("lastIsPartial", true);
    String[] names = {"in", "out", "local", "other"};
    for (int kind = 0; kind < KINDS; kind++) {
      if (Arrays.stream(packets[kind]).anyMatch(any -> any > 0)) {
        json.object(names[kind]).put("bytes", Arrays.copyOf(bytes[kind], used));
        json.put("packets", Arrays.copyOf(packets[kind], used)).endObject();
      }
    }
    json.put("newFlows", Arrays.copyOf(began, used));
    json.endObject();
  }
}
