package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/** Who ended each connection first, by FIN or RST, when, and how long after its last data. */
final class Endings implements Analyser {
  static final int NONE = -1;

  private final Tables tables;
  private final FlowLog log;
  private final Ticks ticks;

  // By flow: the first FIN's or RST's frame and side, its time, and by side the last data's.
  private final Ints end = new Ints(1, NONE);
  private final Ints endTime = new Ints(1, 0);
  private final Ints dataTime = new Ints(2, 0);

  // By row.
  private final Ints ender = new Ints(1, NONE);
  private final Ints time = new Ints(1, 0);
  private final Shorts afterData = new Shorts(1, NONE);
  private final Shorts afterAccept = new Shorts(1, NONE);

  Endings(Context context) {
    tables = context.tables();
    log = context.log();
    ticks = new Ticks(context);
    for (Ints each : new Ints[] {end, endTime, dataTime}) {
      tables.flows.add(each);
    }
    for (Columns each : new Columns[] {ender, time, afterData, afterAccept}) {
      log.add(each);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy || p.transport != Packet.TCP) {
      return;
    }
    if (p.payloadLength > 0) {
      dataTime.at[2 * a.flow + a.side] = ticks.at(p.time);
    }
    if (end.at[a.flow] == NONE && (p.flags & (Packet.FIN | Packet.RST)) != 0) {
      end.at[a.flow] = (int) p.frame << 1 | a.side;
      endTime.at[a.flow] = ticks.at(p.time);
    }
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE || end.at[flow] == NONE) {
      return;
    }
    int client = log.clientSide(row);
    int by = (end.at[flow] & 1) == client ? Parties.CLIENT : Parties.SERVER;
    ender.at[row] = (end.at[flow] & ~1) | by;
    time.at[row] = endTime.at[flow];
    afterData.set(row, endTime.at[flow] - dataTime.at[2 * flow + 1 - client]);
    long accepted = tables.handshakes.synAckTime(flow);
    afterAccept.set(row, accepted < 0 ? NONE : endTime.at[flow] - ticks.at(accepted));
  }

  /** When a side of a live flow last sent data, in ticks; 0 for never. */
  int lastData(int flow, int side) {
    return dataTime.at[2 * flow + side];
  }

  /** The end that sent the first FIN or RST: 0 the client, 1 the server, or {@link #NONE}. */
  int by(int row) {
    return ender.at[row] == NONE ? NONE : ender.at[row] & 1;
  }

  int frame(int row) {
    return ender.at[row] == NONE ? 0 : ender.at[row] >>> 1;
  }

  /** When that was, in ticks. */
  int time(int row) {
    return time.at[row];
  }

  /** Ticks from the server's last data to the end. */
  int afterData(int row) {
    return afterData.get(row);
  }

  /** Ticks from the server's SYN-ACK to the end, or {@link #NONE}. */
  int afterAccept(int row) {
    return afterAccept.get(row);
  }
}
