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
 * Where one end of a connection sends data again and again and nothing at all comes back. Of each
 * connection the longest silence is kept, and how its first data fared.
 */
final class Silences implements Analyser {
  static final int NONE = -1;

  private static final int SENDS = 3;
  private static final long LEAST = 2_000_000_000L;

  private final Tables tables;
  private final FlowLog log;

  // By flow and side: data sent since the other side was heard.
  private final Ints sends = new Ints(2, 0);
  private final Longs since = new Longs(2);
  private final Longs until = new Longs(2);
  private final Ints firstFrame = new Ints(2, 0);
  private final Ints lastFrame = new Ints(2, 0);
  private final Ints againInside = new Ints(2, 0);
  private final Ints again = new Ints(2, 0);
  private final Longs second = new Longs(2);
  private final Ints smallest = new Ints(2, Integer.MAX_VALUE);

  // By flow: the longest that is over.
  private final Found found = new Found();
  private final Found kept = new Found();

  // By row and end.
  private final Ints resent = new Ints(2, 0);
  private final Ints sent = new Ints(2, 0);
  private final Ints lastSent = new Ints(2, 0);
  private final Ints least = new Ints(2, 0);
  private final Longs firstSend = new Longs(2);
  private final Longs secondSend = new Longs(2);
  private final Ints early = new Ints(1, 0);

  Silences(Context context) {
    tables = context.tables();
    log = context.log();
    for (Ints each : new Ints[] {sends, firstFrame, lastFrame, againInside, again, smallest}) {
      tables.flows.add(each);
    }
    for (Longs each : new Longs[] {since, until, second}) {
      tables.flows.add(each);
    }
    tables.flows.add(found);
    log.add(kept);
    for (Ints each : new Ints[] {resent, sent, lastSent, least, early}) {
      log.add(each);
    }
    log.add(firstSend);
    log.add(secondSend);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    int flow = a.flow;
    if (flow == Analysis.NONE || a.copy || p.transport != Packet.TCP || !p.lengthKnown) {
      return;
    }
    int i = 2 * flow + a.side;
    int other = 2 * flow + 1 - a.side;
    over(flow, 1 - a.side, p.time, false);
    sends.at[other] = 0;
    againInside.at[other] = 0;
    smallest.at[other] = Integer.MAX_VALUE;
    if (p.payloadLength == 0 || a.segment == SegmentClass.KEEP_ALIVE || p.has(Packet.RST)) {
      return;
    }
    if (sends.at[i]++ == 0) {
      since.at[i] = p.time;
      firstFrame.at[i] = (int) p.frame;
    } else if (sends.at[i] == 2) {
      second.at[i] = p.time;
    }
    until.at[i] = p.time;
    lastFrame.at[i] = (int) p.frame;
    smallest.at[i] = Math.min(smallest.at[i], p.payloadLength);
    if (a.segment == SegmentClass.AGAIN) {
      again.at[i]++;
      againInside.at[i]++;
    }
  }

  /** What a side sent is answered now, or never. */
  private void over(int flow, int side, long time, boolean toEnd) {
    int i = 2 * flow + side;
    int other = tables.handshakes.sent(flow, 1 - side);
    boolean silent = sends.at[i] >= SENDS && until.at[i] - since.at[i] >= LEAST;
    boolean leaves = toEnd && (other & (Handshakes.FIN | Handshakes.RST)) != 0;
    if (!silent || leaves || other == 0) {
      return;
    }
    long lasted = time - since.at[i];
    if (lasted > found.lasted.at[flow]) {
      found.lasted.at[flow] = lasted;
      found.began.at[flow] = since.at[i];
      found.sender.at[flow] = side;
      found.toEnd.at[flow] = toEnd ? 1 : 0;
      found.first.at[flow] = firstFrame.at[i];
      found.last.at[flow] = lastFrame.at[i];
      found.again.at[flow] = againInside.at[i];
      found.smallest.at[flow] = smallest.at[i];
    }
  }

  @Override
  public void closed(int flow) {
    long end = tables.timeline.pieceEnd(tables.traffic.piece(flow));
    over(flow, 0, end, true);
    over(flow, 1, end, true);
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    kept.take(row, found, flow);
    int client = log.clientSide(row);
    if (kept.sender.at[row] != NONE) {
      kept.sender.at[row] = found.sender.at[flow] == client ? Parties.CLIENT : Parties.SERVER;
    }
    for (int i = 0; i < 2; i++) {
      int side = 2 * flow + (i == Parties.CLIENT ? client : 1 - client);
      resent.at[2 * row + i] = again.at[side];
      sent.at[2 * row + i] = sends.at[side];
      lastSent.at[2 * row + i] = lastFrame.at[side];
      least.at[2 * row + i] = smallest.at[side];
      firstSend.at[2 * row + i] = since.at[side];
      secondSend.at[2 * row + i] = second.at[side];
    }
    early.at[row] = isUntouched(flow, client) ? 1 : 0;
  }

  /** Whether nothing of a side's data was ever acknowledged, in a connection that was accepted. */
  private boolean isUntouched(int flow, int side) {
    return tables.sequences.fromStart(flow, side)
        && tables.acknowledgments.any(flow, side)
        && tables.acknowledgments.highest(flow, side) == tables.sequences.lowest(flow, side)
        && (tables.handshakes.sent(flow, 1 - side) & Handshakes.DATA) == 0;
  }

  /** The longest silence of a flow or row. */
  private static final class Found implements Columns {
    final Longs lasted = new Longs(1);
    final Longs began = new Longs(1);
    final Ints sender = new Ints(1, NONE);
    final Ints toEnd = new Ints(1, 0);
    final Ints first = new Ints(1, 0);
    final Ints last = new Ints(1, 0);
    final Ints again = new Ints(1, 0);
    final Ints smallest = new Ints(1, 0);

    @Override
    public void grow(int size) {
      lasted.grow(size);
      began.grow(size);
      for (Ints each : new Ints[] {sender, toEnd, first, last, again, smallest}) {
        each.grow(size);
      }
    }

    @Override
    public void clear(int index) {
      lasted.clear(index);
      began.clear(index);
      for (Ints each : new Ints[] {sender, toEnd, first, last, again, smallest}) {
        each.clear(index);
      }
    }

    void take(int row, Found from, int flow) {
      lasted.at[row] = from.lasted.at[flow];
      began.at[row] = from.began.at[flow];
      sender.at[row] = from.sender.at[flow];
      toEnd.at[row] = from.toEnd.at[flow];
      first.at[row] = from.first.at[flow];
      last.at[row] = from.last.at[flow];
      again.at[row] = from.again.at[flow];
      smallest.at[row] = from.smallest.at[flow];
    }
  }

  /** The end that sent into the row's longest silence: 0 the client, 1 the server, or NONE. */
  int sender(int row) {
    return kept.sender.at[row];
  }

  /** When the first was sent that nothing came back to, in nanoseconds since 1970. */
  long began(int row) {
    return kept.began.at[row];
  }

  /** Nanoseconds from then until the other end was heard again, or to the end of the file. */
  long lasted(int row) {
    return kept.lasted.at[row];
  }

  boolean isToEnd(int row) {
    return kept.toEnd.at[row] != 0;
  }

  int firstFrame(int row) {
    return kept.first.at[row];
  }

  int lastFrame(int row) {
    return kept.last.at[row];
  }

  /** Resends of that end in the silence. */
  int resentInside(int row) {
    return kept.again.at[row];
  }

  /** The least payload that was sent into it. */
  int leastInside(int row) {
    return kept.smallest.at[row];
  }

  /** Resends of an end in all. */
  int resent(int row, int end) {
    return resent.at[2 * row + end];
  }

  /** The server accepted and never acknowledged any data. */
  boolean isFromHandshake(int row) {
    return early.at[row] != 0;
  }

  /** Segments with data that an end sent since the other was last heard. */
  int sends(int row, int end) {
    return sent.at[2 * row + end];
  }

  /** The last frame of them. */
  int lastSend(int row, int end) {
    return lastSent.at[2 * row + end];
  }

  /** The least payload among them. */
  int leastPayload(int row, int end) {
    return least.at[2 * row + end];
  }

  /** When an end first sent data after the other was last heard, 0 for never. */
  long firstSend(int row, int end) {
    return firstSend.at[2 * row + end];
  }

  /** When it sent the second time. */
  long secondSend(int row, int end) {
    return secondSend.at[2 * row + end];
  }
}
