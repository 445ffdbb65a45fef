package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/** Who ended each connection first, by FIN or RST, when, and how long after its last data. */
final class Endings implements Analyser {
  static final int NONE = -1;

  private final Tables tables;
  private final FlowLog log;

  // By flow.
  private final Ints ender = new Ints(1, NONE);
  private final Ints endFrame = new Ints(1, 0);
  private final Longs endTime = new Longs(1);
  private final Longs dataTime = new Longs(2);

  // By row.
  private final Ints end = new Ints(1, NONE);
  private final Ints frame = new Ints(1, 0);
  private final Longs time = new Longs(1);
  private final Longs data = new Longs(2);
  private final Longs accepted = new Longs(1);

  Endings(Context context) {
    tables = context.tables();
    log = context.log();
    tables.flows.add(ender);
    tables.flows.add(endFrame);
    tables.flows.add(endTime);
    tables.flows.add(dataTime);
    log.add(end);
    log.add(frame);
    log.add(time);
    log.add(data);
    log.add(accepted);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy || p.transport != Packet.TCP) {
      return;
    }
    if (p.payloadLength > 0) {
      dataTime.at[2 * a.flow + a.side] = p.time;
    }
    if (ender.at[a.flow] == NONE && (p.flags & (Packet.FIN | Packet.RST)) != 0) {
      ender.at[a.flow] = a.side;
      endFrame.at[a.flow] = (int) p.frame;
      endTime.at[a.flow] = p.time;
    }
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    int client = log.clientSide(row);
    end.at[row] = ender.at[flow] == NONE ? NONE : ender.at[flow] == client ? 0 : 1;
    frame.at[row] = endFrame.at[flow];
    time.at[row] = endTime.at[flow];
    data.at[2 * row] = dataTime.at[2 * flow + client];
    data.at[2 * row + 1] = dataTime.at[2 * flow + 1 - client];
    accepted.at[row] = Math.max(0, tables.handshakes.synAckTime(flow));
  }

  /** The end that sent the first FIN or RST: 0 the client, 1 the server, or {@link #NONE}. */
  int by(int row) {
    return end.at[row];
  }

  int frame(int row) {
    return frame.at[row];
  }

  /** When that was, in nanoseconds since 1970. */
  long time(int row) {
    return time.at[row];
  }

  /** When an end sent its last payload, 0 for never. */
  long lastData(int row, int of) {
    return data.at[2 * row + of];
  }

  /** When the server sent its last SYN-ACK, 0 for never. */
  long accepted(int row) {
    return accepted.at[row];
  }
}
