package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Http;
import dev.alertcapture.evidence.names.TlsFlows;
import dev.alertcapture.evidence.packet.Packet;

/** The first reset of each connection: who sent it, and what it did. */
final class Resets implements Analyser {
  private static final long SECOND = 1_000_000_000L;
  private static final long IDLE = 60 * SECOND;
  private static final int GIVES_UP = 3;
  private static final int REQUEST = 64;

  // Bits by flow.
  /** The turn that a reset would answer came after long idle. */
  private static final int RESTED = 1;

  /** The client's last payload looks like a request, and nothing of the server answered it yet. */
  private static final int REQUESTED = 2;

  /** The last payload is the client's. */
  private static final int CLIENT_LAST = 4;

  private static final int RESET = 8;

  /** The server began to close. */
  private static final int CLOSING = 16;

  private static final int LAST_SIDE = 32;

  private final Context context;
  private final Tables tables;
  private final FlowLog log;
  private final RoundTrips trips;

  // By flow.
  private final Ints state = new Ints(1, 0);
  private final Longs lastTime = new Longs(1);
  private final Longs turnTime = new Longs(1);
  private final Longs dataTime = new Longs(2);
  private final Ints sends = new Ints(2, 0);
  private final Ints what = new Ints(1, 0);
  private final Ints resetFrame = new Ints(1, 0);
  private final Ints resetTtl = new Ints(1, 0);
  private final Ints resetSide = new Ints(1, 0);
  private final Ints reaction = new Ints(1, -1);

  // By row.
  private final Ints kind = new Ints(1, 0);
  private final Ints by = new Ints(1, 0);
  private final Ints frame = new Ints(1, 0);
  private final Ints ttl = new Ints(1, 0);
  private final Ints took = new Ints(1, -1);

  Resets(Context context) {
    this.context = context;
    tables = context.tables();
    log = context.log();
    trips = new RoundTrips(tables);
    for (Ints each : new Ints[] {state, sends, what, resetFrame, resetTtl, resetSide, reaction}) {
      tables.flows.add(each);
    }
    tables.flows.add(lastTime);
    tables.flows.add(turnTime);
    tables.flows.add(dataTime);
    for (Ints each : new Ints[] {kind, by, frame, ttl, took}) {
      log.add(each);
    }
  }

  @Override
  public void opened(int flow, int attempt) {
    lastTime.at[flow] = attempt == Analysis.NONE ? 0 : tables.attempts.last(attempt);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int flow = a.flow;
    if (flow == Analysis.NONE || a.copy || p.transport != Packet.TCP || !p.lengthKnown) {
      return;
    }
    int side = a.side;
    rest(flow, side, p, a.first);
    if (p.has(Packet.RST)) {
      reset(flow, side, p);
    } else {
      int client = tables.flows.client(flow);
      if (p.payloadLength > 0) {
        said(flow, side, client, p);
      }
      if (p.has(Packet.FIN) && side != client) {
        closing(flow, client, p);
      }
      sends.at[2 * flow + side] += p.payloadLength > 0 ? 1 : 0;
      sends.at[2 * flow + 1 - side] = 0;
    }
    lastTime.at[flow] = p.time;
  }

  /** Notes whether what a reset would answer, or the reset itself, came after long idle. */
  private void rest(int flow, int side, Packet p, boolean first) {
    boolean late = context.sinceStart(p.time) >= 2 * SECOND && !p.has(Packet.SYN);
    boolean rested = first ? late : p.time - lastTime.at[flow] >= IDLE;
    boolean before = (state.at[flow] & RESTED) != 0;
    if (p.has(Packet.RST)) {
      boolean keeps = before && lastSide(flow) != side;
      state.at[flow] = rested || keeps ? state.at[flow] | RESTED : state.at[flow] & ~RESTED;
      return;
    }
    turnTime.at[flow] = p.time;
    boolean same = !first && lastSide(flow) == side;
    state.at[flow] &= ~(RESTED | LAST_SIDE);
    state.at[flow] |= (rested || (same && before) ? RESTED : 0) | (side == 1 ? LAST_SIDE : 0);
  }

  private int lastSide(int flow) {
    return (state.at[flow] & LAST_SIDE) == 0 ? 0 : 1;
  }

  private void said(int flow, int side, int client, Packet p) {
    dataTime.at[2 * flow + side] = p.time;
    state.at[flow] &= ~(REQUESTED | CLIENT_LAST);
    if (side == client) {
      boolean data =
          (context.names().tlsEvents() & TlsFlows.APPLICATION_DATA) != 0
              && p.payloadLength >= REQUEST;
      boolean asks = data || Http.isRequest(p.bytes, p.payloadFrom, p.payloadTo);
      state.at[flow] |= CLIENT_LAST | (asks ? REQUESTED : 0);
    }
  }

  /** The server's FIN; one that acknowledges a request is its answer. */
  private void closing(int flow, int client, Packet p) {
    state.at[flow] |= CLOSING;
    boolean took =
        client >= 0
            && p.has(Packet.ACK)
            && p.acknowledgment - tables.sequences.highest(flow, client) >= 0;
    state.at[flow] &= took ? ~(REQUESTED | CLIENT_LAST) : ~0;
  }

  private void reset(int flow, int side, Packet p) {
    int client = tables.flows.client(flow);
    boolean crossed =
        side == 1 - client
            && (state.at[flow] & (CLOSING | REQUESTED)) == (CLOSING | REQUESTED)
            && (tables.handshakes.sent(flow, side) & Handshakes.DATA) != 0;
    if ((state.at[flow] & RESET) == 0) {
      note(flow, side, p, crossed ? ResetClass.CROSSED : judge(flow, side, client, p));
      state.at[flow] |= RESET;
    } else if (crossed) {
      note(flow, side, p, ResetClass.CROSSED);
    }
    state.at[flow] |= client >= 0 && side != client ? CLOSING : 0;
    state.at[flow] &= ~REQUESTED;
  }

  private void note(int flow, int side, Packet p, ResetClass is) {
    what.at[flow] = is.code;
    resetFrame.at[flow] = (int) p.frame;
    resetTtl.at[flow] = p.ttl;
    resetSide.at[flow] = side;
    boolean answers = lastSide(flow) != side && turnTime.at[flow] > 0;
    long micros = (p.time - turnTime.at[flow]) / 1000;
    reaction.at[flow] = answers ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros)) : -1;
  }

  private ResetClass judge(int flow, int side, int client, Packet p) {
    int mine = tables.handshakes.sent(flow, side);
    int theirs = tables.handshakes.sent(flow, 1 - side);
    int said = Handshakes.DATA | Handshakes.SYN_ACK | Handshakes.SYN | Handshakes.FIN;
    boolean answersSyn = theirs == Handshakes.SYN && (mine & said) == 0;
    boolean ended = ((mine | theirs) & Handshakes.FIN) != 0;
    if (answersSyn || ended || sends.at[2 * flow + side] >= GIVES_UP) {
      return ResetClass.NONE;
    }
    if ((state.at[flow] & RESTED) != 0) {
      return ResetClass.STALE;
    }
    if (tables.sequences.fromStart(flow, 0) || tables.sequences.fromStart(flow, 1)) {
      return open(flow, side, client, p, mine | theirs);
    }
    boolean early = p.time - tables.traffic.began(flow) < SECOND;
    return early ? ResetClass.NONE : open(flow, side, client, p, mine | theirs);
  }

  private ResetClass open(int flow, int side, int client, Packet p, int sent) {
    boolean byServer = side == 1 - client;
    if (context.names().tls().has(flow, side, TlsFlows.FATAL_ALERT)) {
      return ResetClass.CLOSE;
    }
    if (byServer && (state.at[flow] & CLIENT_LAST) != 0) {
      return ResetClass.INSTEAD;
    }
    long old = p.time - dataTime.at[2 * flow + side];
    if (isUnacknowledged(flow, 1 - side)
        || (isUnacknowledged(flow, side) && old >= 2 * trips.nanos(flow))) {
      return ResetClass.CUT;
    }
    long accepted = tables.handshakes.synAckTime(flow);
    boolean young = accepted >= 0 && p.time - accepted <= SECOND;
    if (byServer && young && (sent & Handshakes.DATA) == 0) {
      return ResetClass.AT_ONCE;
    }
    return ResetClass.CLOSE;
  }

  /** Whether a side has data that the other did not acknowledge, its reset's ACK included. */
  private boolean isUnacknowledged(int flow, int side) {
    boolean data = (tables.handshakes.sent(flow, side) & Handshakes.DATA) != 0;
    return data
        && tables.sequences.started(flow, side)
        && (!tables.acknowledgments.any(flow, side)
            || tables.sequences.highest(flow, side) - tables.acknowledgments.highest(flow, side)
                > 0);
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    kind.at[row] = what.at[flow];
    int end = resetSide.at[flow] == log.clientSide(row) ? Parties.CLIENT : Parties.SERVER;
    by.at[row] = end;
    frame.at[row] = resetFrame.at[flow];
    ttl.at[row] = resetTtl.at[flow];
    took.at[row] = reaction.at[flow];
  }

  ResetClass kind(int row) {
    return ResetClass.of(kind.at[row]);
  }

  /** The end that sent it: 0 the client, 1 the server. */
  int by(int row) {
    return by.at[row];
  }

  int frame(int row) {
    return frame.at[row];
  }

  int ttl(int row) {
    return ttl.at[row];
  }

  /** Microseconds from what it answers to the reset, or -1 where it answers nothing. */
  int reaction(int row) {
    return took.at[row];
  }
}
