package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Http;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;
import java.util.Arrays;

/** The first HTTP status that each of Azure's probes gets. */
final class ProbeAnswers implements Analyser {
  /** A status and its frame, by flow or by row. */
  private static final class Statuses implements Columns {
    private short[] status = {};
    private int[] frame = {};

    @Override
    public void grow(int size) {
      status = Arrays.copyOf(status, size);
      frame = Arrays.copyOf(frame, size);
    }

    @Override
    public void clear(int at) {
      status[at] = 0;
      frame[at] = 0;
    }
  }

  private final Tables tables;
  private final FlowLog log;
  private final Statuses flows = new Statuses();
  private final Statuses rows = new Statuses();

  ProbeAnswers(Context context) {
    tables = context.tables();
    log = context.log();
    tables.flows.add(flows);
    log.add(rows);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    boolean answer =
        a.flow != Analysis.NONE
            && p.transport == Packet.TCP
            && p.payloadFrom < p.payloadTo
            && Platform.is(p.destinationHigh, p.destinationLow)
            && tables.flows.client(a.flow) == 1 - a.side;
    if (answer && flows.status[a.flow] == 0) {
      int status = Http.status(p.bytes, p.payloadFrom, p.payloadTo);
      if (status != Http.NONE) {
        flows.status[a.flow] = (short) status;
        flows.frame[a.flow] = (int) p.frame;
      }
    }
  }

  @Override
  public void closed(int flow) {
    if (log.row() != FlowLog.NONE) {
      rows.status[log.row()] = flows.status[flow];
      rows.frame[log.row()] = flows.frame[flow];
    }
  }

  /** The status code, 0 for none. */
  int status(int row) {
    return rows.status[row];
  }

  int frame(int row) {
    return rows.frame[row];
  }
}
