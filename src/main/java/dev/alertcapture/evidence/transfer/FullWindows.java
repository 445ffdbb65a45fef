package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** W-FULL: a transfer is as fast as its receiver's window and the round trip let it be. */
final class FullWindows implements Analyser, Columns, Rule {
  private static final int MAX = 16_384;

  private final Tables tables;
  private final FlowLog log;
  private final Words words;
  private Marked[] marked = {};
  private final List<Limited> limited = new ArrayList<>();
  private int count;

  /** The segments of a side that filled its receiver's window. */
  private static final class Marked {
    private int times;
    private long firstTime;
    private long lastTime;
    private long firstPayload;
    private long lastPayload;
    private long window;
    private int firstFrame;
    private int lastFrame;
  }

  /** A sender that its receiver's window limits; rates are bytes a second. */
  private record Limited(int row, int end, Marked marked, long roundTripMicros, long rate) {}

  FullWindows(Context context) {
    tables = context.tables();
    log = context.log();
    words = context.words();
    tables.flows.add(this);
  }

  @Override
  public void grow(int flows) {
    marked = Arrays.copyOf(marked, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    marked[2 * flow] = marked[2 * flow + 1] = null;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if ((a.marks & Marks.WINDOW_FULL) == 0 || a.copy || a.flow == Analysis.NONE) {
      return;
    }
    int i = 2 * a.flow + a.side;
    if (marked[i] == null) {
      if (count == MAX) {
        return;
      }
      count++;
      marked[i] = new Marked();
      marked[i].firstTime = p.time;
      marked[i].firstPayload = tables.traffic.payload(a.flow, a.side);
      marked[i].firstFrame = (int) p.frame;
    }
    marked[i].times++;
    marked[i].lastTime = p.time;
    marked[i].lastPayload = tables.traffic.payload(a.flow, a.side);
    marked[i].lastFrame = (int) p.frame;
    marked[i].window = Math.max(marked[i].window, tables.marking.window(a.flow, 1 - a.side));
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    for (int side = 0; side < 2 && row != FlowLog.NONE; side++) {
      Marked of = marked[2 * flow + side];
      if (of != null && of.times >= Thresholds.WINDOW_FULL_TIMES) {
        limited(row, flow, side, of);
      }
    }
  }

  private void limited(int row, int flow, int side, Marked of) {
    int there = tables.acknowledgments.roundTrip(flow, 1 - side);
    int here = tables.handshakes.leg(flow, side);
    // The capture is near one end, so that one of the two legs is about nothing.
    long micros = (long) Math.max(0, there) + Math.max(0, here);
    long nanos = of.lastTime - of.firstTime;
    long payload = of.lastPayload - of.firstPayload;
    boolean most = 2 * payload >= tables.traffic.payload(flow, side);
    if (!most || there < 0 || micros == 0 || nanos <= 0) {
      return;
    }
    double rate = payload * 1e9 / nanos;
    double limit = of.window * 1e6 / micros;
    if (2 * rate >= limit && rate <= 2 * limit) {
      int end = side == log.clientSide(row) ? 0 : 1;
      limited.add(new Limited(row, end, of, micros, (long) rate));
    }
  }

  @Override
  public void tell(Findings findings) {
    limited.sort(
        Comparator.comparingLong(
                (Limited each) -> each.marked.firstPayload - each.marked.lastPayload)
            .thenComparingInt(each -> each.marked.firstFrame));
    List<String> told = new ArrayList<>();
    for (Limited each : limited) {
      String way = way(each);
      if (told.size() < Thresholds.FOLD && !told.contains(way)) {
        told.add(way);
        findings.add(finding(each, way));
      }
    }
  }

  private String way(Limited of) {
    boolean toServer = of.end == 0;
    String server = words.service(log.server(of.row), log.serverPort(of.row), log.name(of.row));
    String client = words.address(log.client(of.row));
    return toServer ? client + " to " + server : server + " to " + client;
  }

  private Finding finding(Limited of, String way) {
    Marked marked = of.marked;
    String say =
        "What goes from "
            + way
            + " is limited by the receive window: "
            + Say.bytes(marked.window)
            + " at "
            + Say.micros(of.roundTripMicros)
            + " make "
            + Say.rate(of.rate)
            + ".";
    Cited cited = new Cited();
    cited.add(marked.firstFrame, of.row, 0);
    cited.add(marked.lastFrame, of.row, 1);
    int from = of.end == 0 ? log.client(of.row) : log.server(of.row);
    int to = of.end == 0 ? log.server(of.row) : log.client(of.row);
    String filter =
        words.is("src", from) + " && " + words.is("dst", to) + " && tcp.analysis.window_full";
    boolean serves = log.peer(of.row) == log.server(of.row);
    String name = serves ? words.name(log.name(of.row)) : null;
    return new Finding(Id.W_FULL, Severity.INFO, say)
        .about(Subject.of(words.address(log.peer(of.row)), log.serverPort(of.row), "tcp", name))
        .next("Let the receiver offer a larger window, or use several connections.")
        .number("windowBytes", marked.window)
        .number("roundTripMicros", of.roundTripMicros)
        .number("bytesPerSecond", of.rate)
        .threshold(Thresholds.WINDOW_FULL.says(), Thresholds.WINDOW_FULL.why())
        .proof(marked.times, 0, cited, filter, true);
  }
}
