package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * How users are served: for each TCP flow the time from the client's first data to the server's
 * first after it, and what the server had to send again.
 */
final class Service implements Analyser {
  private static final int UNKNOWN = -1;

  private final Context context;
  private final Flow flow = new Flow();
  private final Row row = new Row();

  Service(Context context) {
    this.context = context;
    context.tables().flows.add(flow);
    context.log().add(row);
  }

  /** By flow. */
  private static final class Flow implements Columns {
    private long[] asked = {};
    private int[] took = {};
    private long[] again = {};

    @Override
    public void grow(int flows) {
      asked = Arrays.copyOf(asked, flows);
      took = Arrays.copyOf(took, flows);
      again = Arrays.copyOf(again, 2 * flows);
    }

    @Override
    public void clear(int at) {
      asked[at] = 0;
      took[at] = UNKNOWN;
      again[2 * at] = again[2 * at + 1] = 0;
    }
  }

  /** By row of the log. */
  private static final class Row implements Columns {
    private int[] took = {};
    private long[] again = {};

    @Override
    public void grow(int rows) {
      took = Arrays.copyOf(took, rows);
      again = Arrays.copyOf(again, rows);
    }

    @Override
    public void clear(int at) {
      took[at] = UNKNOWN;
      again[at] = 0;
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy || p.transport != Packet.TCP || p.payloadLength == 0) {
      return;
    }
    flow.again[2 * a.flow + a.side] += a.againBytes;
    int client = context.tables().flows.client(a.flow);
    if (client == a.side && flow.asked[a.flow] == 0) {
      flow.asked[a.flow] = p.time;
    } else if (client == 1 - a.side && flow.asked[a.flow] != 0 && flow.took[a.flow] == UNKNOWN) {
      long micros = (p.time - flow.asked[a.flow]) / 1000;
      flow.took[a.flow] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros));
    }
  }

  @Override
  public void closed(int at) {
    int to = context.log().row();
    if (to != FlowLog.NONE) {
      row.took[to] = flow.took[at];
      row.again[to] = flow.again[2 * at + 1 - context.log().clientSide(to)];
    }
  }

  /** Microseconds to the first answer, -1 where there was none. */
  int took(int at) {
    return row.took[at];
  }

  /** Bytes that the server sent again. */
  long again(int at) {
    return row.again[at];
  }
}
