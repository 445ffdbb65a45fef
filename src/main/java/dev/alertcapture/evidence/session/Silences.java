package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Where one end of a connection sends data again and again and nothing at all comes back: of each
 * connection the longest time, in ticks.
 */
final class Silences implements Analyser {
  static final int NONE = -1;

  private static final int SENDS = 3;
  private static final int LEAST = 2 * Ticks.SECOND;

  // Bits of a silence.
  private static final int SENDER_IS_1 = 1;
  private static final int TO_END = 2;
  private static final int STALE = 4;
  private static final int FROM_HANDSHAKE = 8;

  // What is kept of it.
  private static final int BITS = 0;
  private static final int BEGAN = 1;
  private static final int LASTED = 2;
  private static final int FIRST = 3;
  private static final int LAST = 4;
  private static final int AGAIN = 5;
  private static final int SMALLEST = 6;
  private static final int WIDTH = 7;

  private final Tables tables;
  private final FlowLog log;
  private final Ticks ticks;
  private final Records silences;

  // By flow and side: data sent since the other side was heard.
  private final Shorts sends = new Shorts(2, 0);
  private final Ints since = new Ints(2, 0);
  private final Ints until = new Ints(2, 0);
  private final Ints first = new Ints(2, 0);
  private final Ints last = new Ints(2, 0);
  private final Shorts again = new Shorts(2, 0);
  private final Shorts smallest = new Shorts(2, Short.MAX_VALUE);

  /** Tries may lie before the file. */
  private final Shorts doubtful = new Shorts(2, 0);

  /** By flow and side, by row and end: data sent again in all. */
  private final Shorts againInFlow = new Shorts(2, 0);

  private final Shorts resent = new Shorts(2, 0);

  Silences(Context context) {
    tables = context.tables();
    log = context.log();
    ticks = new Ticks(context);
    silences = new Records(context, WIDTH);
    for (Columns each :
        new Columns[] {sends, since, until, first, last, again, smallest, doubtful, againInFlow}) {
      tables.flows.add(each);
    }
    log.add(resent);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int flow = a.flow;
    if (flow == Analysis.NONE || a.copy || p.transport != Packet.TCP || !p.lengthKnown) {
      return;
    }
    heard(flow, 1 - a.side, p);
    boolean data = p.payloadLength > 0 && a.segment != SegmentClass.KEEP_ALIVE;
    if (data && !p.has(Packet.RST)) {
      sent(2 * flow + a.side, p, a.segment == SegmentClass.AGAIN);
    }
  }

  /** What a side sent is answered now. */
  private void heard(int flow, int side, Packet p) {
    int i = 2 * flow + side;
    if (sends.get(i) == 0) {
      return;
    }
    if (isSilence(i)) {
      int before =
          p.has(Packet.FIN) || p.has(Packet.RST) ? 0 : tables.handshakes.sent(flow, 1 - side);
      if ((before & (Handshakes.FIN | Handshakes.RST)) == 0) {
        keep(flow, side, ticks.at(p.time), 0);
      }
    }
    sends.set(i, 0);
    again.set(i, 0);
    smallest.set(i, Short.MAX_VALUE);
  }

  private boolean isSilence(int i) {
    return sends.get(i) >= SENDS && until.at[i] - since.at[i] >= LEAST;
  }

  private void sent(int i, Packet p, boolean before) {
    int now = ticks.at(p.time);
    sends.increment(i);
    if (sends.get(i) == 1) {
      since.at[i] = now;
      first.at[i] = (int) p.frame;
    } else if (sends.get(i) == 2) {
      // Earlier tries would have come at shorter and shorter intervals.
      doubtful.set(i, 2L * since.at[i] <= now - since.at[i] ? 1 : 0);
    }
    until.at[i] = now;
    last.at[i] = (int) p.frame;
    smallest.set(i, Math.min(smallest.get(i), p.payloadLength));
    if (before) {
      again.increment(i);
      againInFlow.increment(i);
    }
  }

  private void keep(int flow, int side, int end, int bits) {
    int i = 2 * flow + side;
    int lasted = end - since.at[i];
    int old = silences.lastOf(flow);
    if (old != Records.NONE && silences.get(old, LASTED) >= lasted) {
      return;
    }
    int all = bits | side * SENDER_IS_1 | (isUntouched(flow, side) ? FROM_HANDSHAKE : 0);
    int least = smallest.get(i);
    if (old == Records.NONE) {
      silences.add(flow, all, since.at[i], lasted, first.at[i], last.at[i], again.get(i), least);
    } else {
      silences.set(old, all, since.at[i], lasted, first.at[i], last.at[i], again.get(i), least);
    }
  }

  /** Whether nothing of a side's data was ever acknowledged, in a connection that was accepted. */
  private boolean isUntouched(int flow, int side) {
    return tables.sequences.fromStart(flow, side)
        && tables.acknowledgments.any(flow, side)
        && tables.acknowledgments.highest(flow, side) == tables.sequences.lowest(flow, side)
        && (tables.handshakes.sent(flow, 1 - side) & Handshakes.DATA) == 0;
  }

  @Override
  public void closed(int flow) {
    int end = ticks.at(tables.timeline.pieceEnd(tables.traffic.piece(flow)));
    for (int side = 0; side < 2; side++) {
      toEnd(flow, side, end);
    }
    silences.closed(flow);
    int row = log.row();
    if (row != FlowLog.NONE) {
      int client = log.clientSide(row);
      resent.set(2 * row, againInFlow.get(2 * flow + client));
      resent.set(2 * row + 1, againInFlow.get(2 * flow + 1 - client));
    }
  }

  private void toEnd(int flow, int side, int end) {
    int i = 2 * flow + side;
    int other = tables.handshakes.sent(flow, 1 - side);
    boolean before = tables.sequences.fromStart(flow, side);
    if (other == 0 && !before && sends.get(i) >= SENDS && doubtful.get(i) == 0) {
      keep(flow, side, end, TO_END | STALE);
    } else if (other != 0 && (other & (Handshakes.FIN | Handshakes.RST)) == 0 && isSilence(i)) {
      keep(flow, side, end, TO_END);
    }
  }

  /** The end that sent into a row's silence: 0 the client, 1 the server, or {@link #NONE}. */
  int sender(int row) {
    int silence = silences.last(row);
    if (silence == Records.NONE) {
      return NONE;
    }
    int side = silences.get(silence, BITS) & SENDER_IS_1;
    return side == log.clientSide(row) ? Parties.CLIENT : Parties.SERVER;
  }

  private boolean is(int row, int bit) {
    return silences.last(row) != Records.NONE && (value(row, BITS) & bit) != 0;
  }

  private int value(int row, int what) {
    return silences.get(silences.last(row), what);
  }

  /** The connection is from before the file, and the other end was never heard in it. */
  boolean isStale(int row) {
    return is(row, STALE);
  }

  /** The other end was heard, and accepted the connection at most. */
  boolean isFromHandshake(int row) {
    return is(row, FROM_HANDSHAKE);
  }

  boolean isToEnd(int row) {
    return is(row, TO_END);
  }

  /** When the first was sent that nothing came back to. */
  int began(int row) {
    return value(row, BEGAN);
  }

  /** How long until the other end was heard again, or to the end of the file. */
  int lasted(int row) {
    return value(row, LASTED);
  }

  int firstFrame(int row) {
    return value(row, FIRST);
  }

  int lastFrame(int row) {
    return value(row, LAST);
  }

  /** Resends in it. */
  int resentInside(int row) {
    return value(row, AGAIN);
  }

  /** The least payload that was sent into it. */
  int leastPayload(int row) {
    return value(row, SMALLEST);
  }

  /** Resends of an end in all. */
  int resent(int row, int end) {
    return resent.get(2 * row + end);
  }
}
