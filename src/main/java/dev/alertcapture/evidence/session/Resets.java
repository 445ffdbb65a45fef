package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Http;
import dev.alertcapture.evidence.names.TlsFlows;
import dev.alertcapture.evidence.packet.Packet;

/** The first reset of each connection: who sent it, and what it did. */
final class Resets implements Analyser {
  private static final long SECOND = 1_000_000_000L;
  private static final int IDLE = 60 * Ticks.SECOND;
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
  private final Ticks ticks;
  private final Endings endings;
  private final Silences silences;

  // By flow; when the last packet but resets came, in ticks.
  private final Shorts state = new Shorts(1, 0);
  private final Ints turnTime = new Ints(1, 0);

  /** The flow's first reset: class, side, frame, TTL, microseconds from what it answers, or -1. */
  private final Records records;

  Resets(Context context, Endings endings, Silences silences, Records records) {
    this.context = context;
    this.endings = endings;
    tables = context.tables();
    log = context.log();
    ticks = new Ticks(context);
    trips = new RoundTrips(tables);
    this.silences = silences;
    this.records = records;
    for (Columns each : new Columns[] {state, turnTime}) {
      tables.flows.add(each);
    }
  }

  @Override
  public void opened(int flow, int attempt) {
    turnTime.at[flow] = attempt == Analysis.NONE ? 0 : ticks.at(tables.attempts.last(attempt));
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
    }
  }

  /** Notes whether what a reset would answer, or the reset itself, came after long idle. */
  private void rest(int flow, int side, Packet p, boolean first) {
    int now = ticks.at(p.time);
    boolean late = now >= 2 * Ticks.SECOND && !p.has(Packet.SYN);
    boolean rested = first ? late : now - turnTime.at[flow] >= IDLE;
    boolean before = (state.get(flow) & RESTED) != 0;
    if (p.has(Packet.RST)) {
      boolean keeps = before && lastSide(flow) != side;
      mark(flow, RESTED, rested || keeps ? RESTED : 0);
      return;
    }
    turnTime.at[flow] = now;
    boolean same = !first && lastSide(flow) == side;
    int rest = rested || (same && before) ? RESTED : 0;
    mark(flow, RESTED | LAST_SIDE, rest | (side == 1 ? LAST_SIDE : 0));
  }

  private int lastSide(int flow) {
    return (state.get(flow) & LAST_SIDE) == 0 ? 0 : 1;
  }

  private void said(int flow, int side, int client, Packet p) {
    int bits = 0;
    boolean leaves =
        p.payloadLength <= TlsTurns.NO_TURN
            && context.names().tls().has(flow, side, TlsFlows.CLIENT_HELLO);
    if (side == client && !leaves) {
      boolean data =
          (context.names().tlsEvents() & TlsFlows.APPLICATION_DATA) != 0
              && p.payloadLength >= REQUEST;
      boolean asks = data || Http.isRequest(p.bytes, p.payloadFrom, p.payloadTo);
      bits = CLIENT_LAST | (asks ? REQUESTED : 0);
    }
    mark(flow, REQUESTED | CLIENT_LAST, bits);
  }

  /** The server's FIN; one that acknowledges a request is its answer. */
  private void closing(int flow, int client, Packet p) {
    boolean took =
        client >= 0
            && p.has(Packet.ACK)
            && p.acknowledgment - tables.sequences.highest(flow, client) >= 0;
    mark(flow, CLOSING | (took ? REQUESTED | CLIENT_LAST : 0), CLOSING);
  }

  private void reset(int flow, int side, Packet p) {
    int client = tables.flows.client(flow);
    boolean crossed =
        side == 1 - client
            && (state.get(flow) & (CLOSING | REQUESTED)) == (CLOSING | REQUESTED)
            && (tables.handshakes.sent(flow, side) & Handshakes.DATA) != 0;
    if ((state.get(flow) & RESET) == 0) {
      note(flow, side, p, crossed ? ResetClass.CROSSED : judge(flow, side, client, p));
    } else if (crossed) {
      note(flow, side, p, ResetClass.CROSSED);
    }
    boolean byServer = client >= 0 && side != client;
    mark(flow, RESET | REQUESTED, RESET);
    mark(flow, 0, byServer ? CLOSING : 0);
  }

  private void note(int flow, int side, Packet p, ResetClass is) {
    boolean answers = lastSide(flow) != side && turnTime.at[flow] > 0;
    int took = answers ? Ticks.micros(ticks.at(p.time) - turnTime.at[flow]) : -1;
    records.put(flow, Sessions.RESET, is.code, side, (int) p.frame, p.ttl, took);
  }

  private ResetClass judge(int flow, int side, int client, Packet p) {
    int mine = tables.handshakes.sent(flow, side);
    int theirs = tables.handshakes.sent(flow, 1 - side);
    int said = Handshakes.DATA | Handshakes.SYN_ACK | Handshakes.SYN | Handshakes.FIN;
    boolean answersSyn = theirs == Handshakes.SYN && (mine & said) == 0;
    boolean ended = ((mine | theirs) & Handshakes.FIN) != 0;
    if (answersSyn || ended || silences.sends(flow, side) >= GIVES_UP) {
      return ResetClass.NONE;
    }
    if ((state.get(flow) & RESTED) != 0) {
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
    if (byServer && (state.get(flow) & CLIENT_LAST) != 0) {
      return ResetClass.INSTEAD;
    }
    int old = ticks.at(p.time) - endings.lastData(flow, side);
    if (isUnacknowledged(flow, 1 - side)
        || (isUnacknowledged(flow, side) && old >= 2 * trips.ticks(flow))) {
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

  /** Clears some bits, and sets others. */
  private void mark(int flow, int clears, int sets) {
    state.set(flow, (state.get(flow) & ~clears) | sets);
  }

  /** There may be more resets than are told. */
  boolean isFull() {
    return records.isFull();
  }

  ResetClass kind(int row) {
    int reset = records.last(row, Sessions.RESET);
    return reset == Records.NONE ? ResetClass.NONE : ResetClass.of(records.get(reset, 0));
  }

  private int value(int row, int what) {
    return records.get(records.last(row, Sessions.RESET), what);
  }

  /** The end that sent a row's reset: 0 the client, 1 the server. */
  int by(int row) {
    return value(row, 1) == log.clientSide(row) ? Parties.CLIENT : Parties.SERVER;
  }

  int frame(int row) {
    return value(row, 2);
  }

  int ttl(int row) {
    return value(row, 3);
  }

  /** Microseconds from what it answers to the reset, or -1 where it answers nothing. */
  int reaction(int row) {
    return value(row, 4);
  }
}
