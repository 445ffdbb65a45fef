package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Watches receive windows close and open, and in how many seconds the other side sends. */
final class ZeroWindows implements Analyser, Columns {
  private static final int MAX = 16_384;
  private static final int END = Packet.FIN | Packet.RST;
  private static final long SECOND = 1_000_000_000L;

  private final Tables tables;
  private final FlowLog log;
  private final Rows rows = new Rows();
  private ZeroWindow[] windows = {};
  private int[] lastSecond = {};
  private int[] seconds = {};
  private int count;

  ZeroWindows(Context context) {
    tables = context.tables();
    log = context.log();
    tables.flows.add(this);
    log.add(rows);
  }

  @Override
  public void grow(int flows) {
    windows = Arrays.copyOf(windows, 2 * flows);
    lastSecond = Arrays.copyOf(lastSecond, 2 * flows);
    seconds = Arrays.copyOf(seconds, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      windows[i] = null;
      lastSecond[i] = -1;
      seconds[i] = 0;
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.transport != Packet.TCP || a.flow == Analysis.NONE || a.copy) {
      return;
    }
    int i = 2 * a.flow + a.side;
    int j = 2 * a.flow + 1 - a.side;
    if (p.payloadLength > 0) {
      int second = (int) (Math.max(0, p.time - tables.timeline.start()) / SECOND);
      seconds[i] += second == lastSecond[i] ? 0 : 1;
      lastSecond[i] = second;
    }
    if ((p.flags & END) != 0) {
      open(windows[i], p.time);
      open(windows[j], p.time);
    } else if (p.window != 0) {
      open(windows[i], p.time);
    } else if ((a.marks & Marks.ZERO_WINDOW) != 0 && lives(a)) {
      if (windows[i] == null && count < MAX) {
        windows[i] = new ZeroWindow();
        count++;
      }
      if (windows[i] != null) {
        windows[i].closed(p.time, (int) p.frame);
      }
    }
  }

  private static void open(ZeroWindow window, long time) {
    if (window != null) {
      window.open(time);
    }
  }

  /** Once a side has ended the connection, its windows mean nothing. */
  private boolean lives(Analysis a) {
    return (tables.handshakes.sent(a.flow) & (Handshakes.FIN | Handshakes.RST)) == 0;
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    for (int side = 0; side < 2 && row != FlowLog.NONE; side++) {
      ZeroWindow window = windows[2 * flow + side];
      if (window != null) {
        window.end(tables.timeline.now());
        int end = side == log.clientSide(row) ? 0 : 1;
        rows.windows[2 * row + end] = window;
        rows.seconds[2 * row + end] = seconds[2 * flow + 1 - side];
      }
    }
  }

  /** The closed windows of an end of a row's connection; null where there are none. */
  ZeroWindow of(int row, int end) {
    return rows.windows[2 * row + end];
  }

  /** In how many seconds the other end of one with closed windows sent data or probes. */
  int secondsOfOther(int row, int end) {
    return rows.seconds[2 * row + end];
  }

  private static final class Rows implements Columns {
    private ZeroWindow[] windows = {};
    private int[] seconds = {};

    @Override
    public void grow(int size) {
      windows = Arrays.copyOf(windows, 2 * size);
      seconds = Arrays.copyOf(seconds, 2 * size);
    }

    @Override
    public void clear(int row) {
      windows[2 * row] = windows[2 * row + 1] = null;
      seconds[2 * row] = seconds[2 * row + 1] = 0;
    }
  }
}
