package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Watches what becomes of each attempt to connect. An attempt is a row of the log that has the
 * client's SYN; what {@link Outcomes} are, the rules ask there.
 */
final class Attempts implements Analyser {
  private static final long UNHEARD_AFTER = 1_000_000_000L;

  final Context context;
  final Syns rows = new Syns();
  final Syns flows = new Syns();
  private final Tables tables;
  private final FlowLog log;
  private Outcomes outcomes;

  Attempts(Context context) {
    this.context = context;
    tables = context.tables();
    log = context.log();
    tables.flows.add(flows);
    log.add(rows);
  }

  /** How attempts ended; to be asked once the file is read. */
  Outcomes outcomes() {
    if (outcomes == null) {
      outcomes = new Outcomes(context, rows);
    }
    return outcomes;
  }

  @Override
  public void opened(int flow, int attempt) {
    if (attempt != Analysis.NONE) {
      flows.number[flow] = tables.attempts.sequence(attempt);
      flows.syns(flow, tables.attempts.tries(attempt));
      flows.lastFrame[flow] = tables.attempts.lastFrame(attempt);
      flows.heard[2 * flow] = millis(tables.attempts.last(attempt));
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy) {
      return;
    }
    flows.heard[2 * a.flow + a.side] = millis(p.time);
    if (p.transport == Packet.TCP && p.lengthKnown) {
      segment(p, a.flow, a.side);
    }
  }

  private int millis(long time) {
    return (int) Math.min(Integer.MAX_VALUE, context.sinceStart(time) / 1_000_000);
  }

  private void segment(Packet p, int flow, int side) {
    if (p.isPureSyn()) {
      syn(p, flow, side);
      return;
    }
    boolean asked = (tables.handshakes.sent(flow, 1 - side) & Handshakes.SYN) != 0;
    boolean silent = (flows.facts[flow] & (Syns.ACCEPTED | Syns.REFUSED)) == 0;
    if (asked && silent) {
      answer(p, flow);
    } else if (p.has(Packet.RST)
        && (flows.facts[flow] & Syns.CHALLENGED) != 0
        && (tables.handshakes.sent(flow, side) & Handshakes.SYN) != 0) {
      flows.facts[flow] |= Syns.REUSED;
    } else if (p.has(Packet.ACK) && !p.has(Packet.SYN) && !p.has(Packet.RST)) {
      completed(flow, side);
    }
  }

  private void completed(int flow, int side) {
    boolean client = (tables.handshakes.sent(flow, side) & Handshakes.SYN) != 0;
    if (client && (flows.facts[flow] & Syns.ACCEPTED) != 0) {
      flows.facts[flow] |= Syns.COMPLETED;
    }
  }

  private void syn(Packet p, int flow, int side) {
    int facts = flows.facts[flow];
    flows.number[flow] = p.sequence;
    flows.syns(flow, 1);
    flows.lastFrame[flow] = (int) p.frame;
    if ((facts & Syns.CHALLENGED) != 0) {
      flows.facts[flow] |= Syns.REUSED;
    }
    boolean accepted = (facts & Syns.ACCEPTED) != 0 && (facts & Syns.COMPLETED) == 0;
    boolean client = (tables.handshakes.sent(flow, 1 - side) & Handshakes.SYN_ACK) != 0;
    long since = p.time - tables.traffic.began(flow) - 1000L * flows.wait[flow];
    if (accepted && client && since >= UNHEARD_AFTER) {
      flows.facts[flow] |= Syns.UNHEARD;
      flows.oddFrame[flow] = (int) p.frame;
    }
  }

  /** The first segment that answers a SYN. */
  private void answer(Packet p, int flow) {
    boolean acknowledges = p.has(Packet.ACK);
    // A reset acknowledges the data of the SYN, too, where there is some.
    int beyond = p.acknowledgment - flows.number[flow] - 1;
    if (p.has(Packet.SYN | Packet.ACK)) {
      flows.facts[flow] |= Syns.ACCEPTED;
    } else if (p.has(Packet.RST) && acknowledges && beyond >= 0 && beyond <= 0xFFFF) {
      flows.facts[flow] |= Syns.REFUSED;
    } else {
      if (acknowledges && !p.has(Packet.RST) && p.payloadLength == 0 && beyond != 0) {
        flows.facts[flow] |= Syns.CHALLENGED;
        flows.oddFrame[flow] = (int) p.frame;
      }
      return;
    }
    flows.triesToAnswer[flow] = flows.tries[flow];
    flows.answerFrame[flow] = (int) p.frame;
    long micros = (p.time - tables.traffic.began(flow)) / 1000;
    flows.wait[flow] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros));
  }

  @Override
  public void closed(int flow) {
    if (log.row() != FlowLog.NONE) {
      rows.copy(flows, flow, log.row(), log.clientSide(log.row()));
    }
  }

  @Override
  public void lapsed(int attempt) {
    int row = log.row();
    if (row != FlowLog.NONE) {
      rows.number[row] = tables.attempts.sequence(attempt);
      rows.syns(row, tables.attempts.tries(attempt));
      rows.lastFrame[row] = tables.attempts.lastFrame(attempt);
      rows.heard[2 * row] = millis(tables.attempts.last(attempt));
    }
  }
}
