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
  private final Ints alertFrame = new Ints(2, 0);
  private final Ints helloFrame = new Ints(1, 0);

  // By row.
  private final Ints alert = new Ints(2, NONE);
  private final Ints alertedIn = new Ints(2, 0);
  private final Ints helloIn = new Ints(1, 0);
  private final Ints version = new Ints(1, 0);
  private final Ints answered = new Ints(1, 0);

  TlsHandshakes(Context context) {
    this.context = context;
    context.tables().flows.add(alertFrame);
    context.tables().flows.add(helloFrame);
    for (Ints each : new Ints[] {alert, alertedIn, helloIn, version, answered}) {
      context.log().add(each);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int events = context.names().tlsEvents();
    if (a.flow == Analysis.NONE || a.copy || events == 0) {
      return;
    }
    if ((events & TlsFlows.FATAL_ALERT) != 0) {
      alertFrame.at[2 * a.flow + a.side] = (int) p.frame;
    }
    if ((events & TlsFlows.CLIENT_HELLO) != 0 && helloFrame.at[a.flow] == 0) {
      helloFrame.at[a.flow] = (int) p.frame;
    }
  }

  @Override
  public void closed(int flow) {
    FlowLog log = context.log();
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    TlsFlows tls = context.names().tls();
    for (int end = 0; end < 2; end++) {
      int side = end == 0 ? log.clientSide(row) : 1 - log.clientSide(row);
      boolean alerted = tls.has(flow, side, TlsFlows.FATAL_ALERT);
      alert.at[2 * row + end] = alerted ? tls.alert(flow, side) : NONE;
      alertedIn.at[2 * row + end] = alertFrame.at[2 * flow + side];
    }
    int client = log.clientSide(row);
    boolean hello = tls.has(flow, client, TlsFlows.CLIENT_HELLO);
    helloIn.at[row] = hello ? helloFrame.at[flow] : 0;
    version.at[row] = tls.offeredVersion(flow);
    answered.at[row] = tls.has(flow, 1 - client, TlsFlows.SERVER_HELLO) ? 1 : 0;
  }

  /** The frame of the client hello, 0 for none. */
  int hello(int row) {
    return helloIn.at[row];
  }

  /** Whether the server sent a hello of its own. */
  boolean isAnswered(int row) {
    return answered.at[row] != 0;
  }

  /** The fatal alert that an end sent in the clear before its own keys, or {@link #NONE}. */
  int alert(int row, int end) {
    return alert.at[2 * row + end];
  }

  /** The frame of that alert. */
  int alertFrame(int row, int end) {
    return alertedIn.at[2 * row + end];
  }

  /** The highest version that the client offers, 0 where that isn't known. */
  int version(int row) {
    return version.at[row];
  }
}
