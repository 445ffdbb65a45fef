package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Http;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Who spoke when in each connection: requests, answers, and how long the server took where the
 * network had no part in it. A request may have several segments; the server's time is from the
 * last of them to its first payload after it. It comes before {@link Endings}, from which it takes
 * when the server spoke before.
 */
final class Requests implements Analyser {
  // What is true of a flow or row.
  /** The server spoke first or unasked, so its time says nothing. */
  static final int SILENT = 1;

  /** No strict turns: only the first exchange counts. */
  static final int LOOSE = 1 << 1;

  /** The client's payload began with an HTTP method. */
  static final int HTTP = 1 << 2;

  /** The client asked something, and the server said something after it. */
  static final int ANSWERED_ONCE = 1 << 3;

  /** The client sent a TLS hello. */
  static final int TLS = 1 << 4;

  private static final int DISTURBED = 1 << 5;
  private static final int WAITING = 1 << 6;
  private static final int ASKED = 1 << 7;
  private static final int UNACKNOWLEDGED = 1 << 8;
  private static final int LATE = 1 << 9;
  private static final int ENDED = 1 << 10;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int SLOW = Ticks.SECOND;

  final SlowRequests slow;

  private final Tables tables;
  private final FlowLog log;
  private final Statuses statuses;
  private final Endings endings;
  private final TlsTurns tls;
  private final RoundTrips trips;
  private final Ticks ticks;

  // By flow.
  private final Ints state = new Ints(1, 0);
  private final Ints since = new Ints(1, 0);
  private final Ints askedIn = new Ints(1, 0);
  private final Ints askedTo = new Ints(1, 0);
  private final Shorts turnsOfFlow = new Shorts(1, 0);
  private final Shorts quickOfFlow = new Shorts(1, 0);

  // By row.
  private final Shorts facts = new Shorts(1, 0);
  private final Shorts turns = new Shorts(1, 0);
  private final Shorts quick = new Shorts(1, 0);
  private final Ints roundTrip = new Ints(1, -1);

  Requests(Context context, Statuses statuses, Endings endings, SlowRequests slow) {

    tables = context.tables();
    log = context.log();
    this.statuses = statuses;
    trips = new RoundTrips(tables);
    ticks = new Ticks(context);
    tls = new TlsTurns(context);
    this.endings = endings;
    this.slow = slow;
    for (Columns each : new Columns[] {state, since, askedIn, askedTo, turnsOfFlow, quickOfFlow}) {
      tables.flows.add(each);
    }
    for (Columns each : new Columns[] {facts, turns, quick, roundTrip}) {
      log.add(each);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int flow = a.flow;
    if (flow == Analysis.NONE || a.copy || p.transport != Packet.TCP || !p.lengthKnown) {
      return;
    }
    int client = tables.flows.client(flow);
    if (client < 0 || has(flow, ENDED)) {
      return;
    }
    if (isDisturbed(p, a)) {
      state.at[flow] |= DISTURBED;
    }
    boolean asks = a.side == client;
    if (!asks) {
      acknowledged(flow, p);
    }
    boolean speaks = a.newBytes > 0 && a.segment != SegmentClass.KEEP_ALIVE && !p.has(Packet.RST);
    if (speaks && isTurn(flow, client, asks, p)) {
      if (asks) {
        asked(flow, p);
      } else {
        answered(flow, client, p);
      }
    }
    if ((p.flags & (Packet.FIN | Packet.RST)) != 0) {
      ended(flow, asks, p);
    }
  }

  /** Whether the network, or a reader that stopped, may have a part in what takes long. */
  private boolean isDisturbed(Packet p, Analysis a) {
    boolean again =
        a.segment == SegmentClass.AGAIN
            || a.segment == SegmentClass.GAP
            || a.segment == SegmentClass.CONTROL_AGAIN;
    return again
        || (a.marks & (Marks.ZERO_WINDOW | Marks.ACK_LOST_SEGMENT | Marks.LOST_SEGMENT)) != 0
        || (p.has(Packet.SYN) && tables.handshakes.tries(a.flow, a.side) > 1)
        || tables.sequences.gaps(a.flow, a.side) > 0;
  }

  private boolean isTurn(int flow, int client, boolean asks, Packet p) {
    if (!tls.isTls(flow, client)) {
      return true;
    }
    state.at[flow] |= TLS;
    if (tls.isCut(p)) {
      state.at[flow] |= LOOSE;
      return false;
    }
    return asks ? tls.asks(flow, client, has(flow, WAITING), p) : tls.answers(flow, client, p);
  }

  private void asked(int flow, Packet p) {
    int now = ticks.at(p.time);
    boolean again = now - since.at[flow] > Math.max(200 * Ticks.MILLI, 2 * trips.ticks(flow));
    if (has(flow, WAITING) && again && !tls.hasTickets(flow)) {
      state.at[flow] |= LOOSE;
    }
    if (tls.hasTickets(flow)) {
      tls.endTickets(flow);
    }
    since.at[flow] = now;
    askedIn.at[flow] = (int) p.frame;
    askedTo.at[flow] = (p.has(Packet.SYN) ? p.sequence + 1 : p.sequence) + p.payloadLength;
    state.at[flow] |= ASKED | WAITING | UNACKNOWLEDGED;
    state.at[flow] &= ~LATE;
    if (Http.isRequest(p.bytes, p.payloadFrom, p.payloadTo)) {
      state.at[flow] |= HTTP;
    }
  }

  private void acknowledged(int flow, Packet p) {
    boolean covers = p.has(Packet.ACK) && p.acknowledgment - askedTo.at[flow] >= 0;
    if (has(flow, UNACKNOWLEDGED) && covers) {
      state.at[flow] &= ~UNACKNOWLEDGED;
      int most = Math.max(2 * trips.ticks(flow), 200 * Ticks.MILLI) + 40 * Ticks.MILLI;
      if (ticks.at(p.time) - since.at[flow] > most) {
        state.at[flow] |= LATE;
      }
    }
  }

  private void answered(int flow, int client, Packet p) {
    int code = has(flow, HTTP) ? Http.status(p.bytes, p.payloadFrom, p.payloadTo) : Http.NONE;
    if (code != Http.NONE) {
      statuses.add(flow, code, (int) p.frame);
    }
    if (!has(flow, ASKED)) {
      // In the middle of a connection it may be the rest of an answer.
      state.at[flow] |= tables.sequences.fromStart(flow, client) ? SILENT : 0;
      return;
    }
    if (has(flow, WAITING)) {
      int wait = ticks.at(p.time) - since.at[flow];
      if (tls.isTickets(flow, wait, trips.ticks(flow), p)) {
        return;
      }
      state.at[flow] |= ANSWERED_ONCE;
      turn(flow, SlowRequests.ANSWERED | (code >= 400 ? SlowRequests.ERROR : 0), wait);
    } else {
      unasked(flow, client, code, p);
    }
    tls.endTickets(flow);
    if (code == SWITCHING_PROTOCOLS) {
      state.at[flow] |= LOOSE;
    }
  }

  /** The server speaks on: the same answer, or something that nobody asked for. */
  private void unasked(int flow, int client, int code, Packet p) {
    if (has(flow, HTTP)) {
      boolean another = code != Http.NONE && !statuses.isInterim(flow);
      state.at[flow] |= another ? LOOSE : 0;
    } else if (ticks.at(p.time) - endings.lastData(flow, 1 - client) > SLOW) {
      state.at[flow] |= tls.isTls(flow, client) ? LOOSE : SILENT;
    }
  }

  /** A client that is done asking may still wait for its answer, so its FIN is no end by itself. */
  private void ended(int flow, boolean byClient, Packet p) {
    int wait = ticks.at(p.time) - since.at[flow];
    boolean reset = p.has(Packet.RST);
    if (byClient && !reset && wait <= SLOW) {
      return;
    }
    if (has(flow, WAITING) && !tls.hasTickets(flow) && (byClient || !reset)) {
      turn(flow, byClient ? SlowRequests.GIVEN_UP : SlowRequests.CLOSED, wait);
    }
    state.at[flow] |= ENDED;
  }

  /** The request in hand is over. */
  private void turn(int flow, int how, int wait) {
    state.at[flow] &= ~WAITING;
    if (has(flow, LOOSE)) {
      return;
    }
    if (isSlow(flow, wait)) {
      int first = turnsOfFlow.get(flow) == 0 ? SlowRequests.FIRST : 0;
      slow.add(flow, how | first, since.at[flow], wait, askedIn.at[flow]);
    } else if (how != SlowRequests.ANSWERED
        && how != (SlowRequests.ANSWERED | SlowRequests.ERROR)) {
      return;
    }
    turnsOfFlow.increment(flow);
    if (wait <= Math.max(10 * trips.ticks(flow), 100 * Ticks.MILLI)) {
      quickOfFlow.increment(flow);
    }
  }

  private boolean isSlow(int flow, int wait) {
    return wait > SLOW
        && wait > 10 * trips.ticks(flow)
        && (state.at[flow] & (DISTURBED | LATE | UNACKNOWLEDGED)) == 0;
  }

  private boolean has(int flow, int bit) {
    return (state.at[flow] & bit) != 0;
  }

  @Override
  public void closed(int flow) {
    if (has(flow, WAITING) && !has(flow, ENDED) && !tls.hasTickets(flow)) {
      int end = ticks.at(tables.timeline.pieceEnd(tables.traffic.piece(flow)));
      turn(flow, SlowRequests.STILL_WAITING, end - since.at[flow]);
    }
    statuses.closed(flow);
    int row = log.row();
    if (row != FlowLog.NONE) {
      facts.set(row, state.at[flow]);
      int all = turnsOfFlow.get(flow);
      turns.set(row, has(flow, LOOSE) ? Math.min(1, all) : all);
      quick.set(row, quickOfFlow.get(flow));
      roundTrip.at[row] = trips.micros(flow);
    }
  }

  /** Whether this is true of a row: {@link #SILENT}, {@link #HTTP} and so on. */
  boolean is(int row, int fact) {
    return (facts.get(row) & fact) != 0;
  }

  /** Exchanges that count, those without an answer that waited too long included. */
  int turns(int row) {
    return turns.get(row);
  }

  /** Those that were answered within 100 ms, or ten round trips. */
  int quick(int row) {
    return quick.get(row);
  }

  /** Microseconds from end to end and back, or -1. */
  int roundTrip(int row) {
    return roundTrip.at[row];
  }
}
