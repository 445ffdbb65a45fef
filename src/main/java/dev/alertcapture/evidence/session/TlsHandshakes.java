package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.TlsFlows;
import dev.alertcapture.evidence.packet.Packet;

/** How each connection's TLS handshake went, as far as it is in the clear. */
final class TlsHandshakes implements Analyser {
  static final int NONE = -1;

  private final Context context;

  /** Fatal alerts: side, description, frame. */
  private final Records records;

  /** By row: the highest version that the client's hello offers, 0 without a hello. */
  private final Shorts version = new Shorts(1, 0);

  TlsHandshakes(Context context, Records records) {
    this.context = context;
    this.records = records;
    context.log().add(version);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int events = context.names().tlsEvents();
    if (a.flow != Analysis.NONE && !a.copy && (events & TlsFlows.FATAL_ALERT) != 0) {
      int alert = context.names().tls().alert(a.flow, a.side);
      records.add(a.flow, Sessions.ALERT, a.side, alert, (int) p.frame);
    }
  }

  @Override
  public void closed(int flow) {
    FlowLog log = context.log();
    int row = log.row();
    TlsFlows tls = context.names().tls();
    if (row != FlowLog.NONE && tls.has(flow, log.clientSide(row), TlsFlows.CLIENT_HELLO)) {
      version.set(row, Math.max(1, tls.offeredVersion(flow)));
    }
  }

  /** Whether the client sent a hello. */
  boolean isTls(int row) {
    return version.get(row) != 0;
  }

  /** The fatal alert that an end sent in the clear before its own keys, or {@link #NONE}. */
  int alert(int row, int end) {
    int record = record(row, end);
    return record == Records.NONE ? NONE : records.get(record, 1);
  }

  /** The frame of that alert, 0 for none. */
  int alertFrame(int row, int end) {
    int record = record(row, end);
    return record == Records.NONE ? 0 : records.get(record, 2);
  }

  private int record(int row, int end) {
    int client = context.log().clientSide(row);
    int side = end == Parties.CLIENT ? client : 1 - client;
    int record = records.last(row, Sessions.ALERT);
    while (record != Records.NONE && records.get(record, 0) != side) {
      record = records.before(record);
    }
    return record;
  }

  /** The highest version that the client offers. */
  int version(int row) {
    return version.get(row);
  }
}
