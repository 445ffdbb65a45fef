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
 * connection the longest time, in ticks. It comes before {@link Endings}, from which it takes when
 * a side sent before.
 */
final class Silences implements Analyser {
  static final int NONE = -1;

  private static final int SENDS = 3;

  // Bits of a silence.
  private static final int SENDER_IS_1 = 1;
  private static final int TO_END = 2;
  private static final int STALE = 4;
  private static final int FROM_HANDSHAKE = 8;

  // What is kept of it.
  private static final int BITS = 0;
  private static final int BEGAN = 1;
  private static final int LASTED = 2;
  private static final int FRAME = 3;
  private static final int AGAIN = 4;
  private static final int SMALLEST = 5;

  private final Tables tables;
  private final FlowLog log;
  private final Ticks ticks;
  private final Endings endings;
  private final Records records;
  private final Quiet quiet = new Quiet();

  // By flow and side.
  /** Data sent since the other side was heard. */
  private final Shorts sends = new Shorts(2, 0);

  /** Where in {@link #quiet} a side is from its second send on. */
  private final Ints slot = new Ints(2, NONE);

  private final Shorts again = new Shorts(2, 0);

  /** By row and end: data sent again in all. */
  private final Shorts resent = new Shorts(2, 0);

  Silences(Context context, Endings endings, Records records) {
    tables = context.tables();
    log = context.log();
    ticks = new Ticks(context);
    this.endings = endings;
    this.records = records;
    for (Columns each : new Columns[] {sends, slot, again}) {
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
      sent(flow, a.side, p, a.segment == SegmentClass.AGAIN);
    }
  }

  /** What a side sent is answered now. */
  private void heard(int flow, int side, Packet p) {
    int i = 2 * flow + side;
    sends.set(i, 0);
    int at = slot.at[i];
    if (at == NONE) {
      return;
    }
    boolean leaves = (p.flags & (Packet.FIN | Packet.RST)) != 0;
    int before = leaves ? 0 : tables.handshakes.sent(flow, 1 - side);
    if (quiet.isSilence(at) && (before & (Handshakes.FIN | Handshakes.RST)) == 0) {
      keep(flow, side, ticks.at(p.time), 0);
    }
    quiet.free(at);
    slot.at[i] = NONE;
  }

  private void sent(int flow, int side, Packet p, boolean before) {
    int i = 2 * flow + side;
    sends.increment(i);
    if (before) {
      again.increment(i);
    }
    if (sends.get(i) == 2) {
      slot.at[i] = quiet.take(endings.lastData(flow, side));
    }
    if (slot.at[i] != NONE) {
      quiet.add(slot.at[i], ticks.at(p.time), (int) p.frame, p.payloadLength, before);
    }
  }

  private void keep(int flow, int side, int end, int bits) {
    int at = slot.at[2 * flow + side];
    int lasted = end - quiet.get(at, Quiet.SINCE);
    int old = records.lastOf(flow, Sessions.SILENCE);
    if (old != Records.NONE && records.get(old, LASTED) >= lasted) {
      return;
    }
    records.put(
        flow,
        Sessions.SILENCE,
        bits | side * SENDER_IS_1 | (isUntouched(flow, side) ? FROM_HANDSHAKE : 0),
        quiet.get(at, Quiet.SINCE),
        lasted,
        quiet.get(at, Quiet.FRAME),
        quiet.get(at, Quiet.AGAIN),
        quiet.get(at, Quiet.SMALLEST));
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
      int at = slot.at[2 * flow + side];
      if (at != NONE) {
        toEnd(flow, side, at, end);
        quiet.free(at);
      }
    }
    int row = log.row();
    if (row != FlowLog.NONE) {
      int client = log.clientSide(row);
      resent.set(2 * row, again.get(2 * flow + client));
      resent.set(2 * row + 1, again.get(2 * flow + 1 - client));
    }
  }

  private void toEnd(int flow, int side, int at, int end) {
    int other = tables.handshakes.sent(flow, 1 - side);
    boolean old = !tables.sequences.fromStart(flow, side);
    if (other == 0 && old && quiet.get(at, Quiet.SENDS) >= SENDS && !quiet.isDoubtful(at)) {
      keep(flow, side, end, TO_END | STALE);
    } else if (other != 0
        && (other & (Handshakes.FIN | Handshakes.RST)) == 0
        && quiet.isSilence(at)) {
      keep(flow, side, end, TO_END);
    }
  }

  /** Segments with data that a live flow's side sent since the other was heard. */
  int sends(int flow, int side) {
    return sends.get(2 * flow + side);
  }

  /** The end that sent into a row's silence: 0 the client, 1 the server, or {@link #NONE}. */
  int sender(int row) {
    int silence = records.last(row, Sessions.SILENCE);
    if (silence == Records.NONE) {
      return NONE;
    }
    int side = records.get(silence, BITS) & SENDER_IS_1;
    return side == log.clientSide(row) ? Parties.CLIENT : Parties.SERVER;
  }

  private int value(int row, int what) {
    return records.get(records.last(row, Sessions.SILENCE), what);
  }

  /** The connection is from before the file, and the other end was never heard in it. */
  boolean isStale(int row) {
    return (value(row, BITS) & STALE) != 0;
  }

  /** The other end was heard, and accepted the connection at most. */
  boolean isFromHandshake(int row) {
    return (value(row, BITS) & FROM_HANDSHAKE) != 0;
  }

  boolean isToEnd(int row) {
    return (value(row, BITS) & TO_END) != 0;
  }

  /** When the first was sent that nothing came back to. */
  int began(int row) {
    return value(row, BEGAN);
  }

  /** How long until the other end was heard again, or to the end of the file. */
  int lasted(int row) {
    return value(row, LASTED);
  }

  /** The last frame that was sent into it. */
  int frame(int row) {
    return value(row, FRAME);
  }

  /** Resends in it. */
  int resentInside(int row) {
    return value(row, AGAIN);
  }

  /** The least payload that was sent into it, but for the first. */
  int leastPayload(int row) {
    return value(row, SMALLEST);
  }

  /** Resends of an end in all. */
  int resent(int row, int end) {
    return resent.get(2 * row + end);
  }
}
