package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Watches what is sent again, and what receivers say of it. */
final class Resends implements Analyser, Columns {
  /** What a cited frame has to have in tshark. */
  private static final int CITABLE = Marks.RETRANSMISSION | Marks.OUT_OF_ORDER;

  private static final int MAX_TALLIES = 16_384;
  private static final long SECOND = 1_000_000_000L;

  private final Tables tables;
  private final FlowLog log;
  private final Rows rows = new Rows();
  private Tally[] tallies = {};
  private int[] segments = {};
  private int count;
  private long left;

  Resends(Context context) {
    tables = context.tables();
    log = context.log();
    tables.flows.add(this);
    log.add(rows);
  }

  @Override
  public void grow(int flows) {
    tallies = Arrays.copyOf(tallies, 2 * flows);
    segments = Arrays.copyOf(segments, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    tallies[2 * flow] = tallies[2 * flow + 1] = null;
    segments[2 * flow] = segments[2 * flow + 1] = 0;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.quote.present) {
      quoted(p, a);
      return;
    }
    if (p.transport != Packet.TCP || a.flow == Analysis.NONE || a.copy || !p.lengthKnown) {
      return;
    }
    if (p.options.blocks > 0 && p.has(Packet.ACK)) {
      Tally other = tally(a.flow, 1 - a.side);
      if (other != null) {
        other.selective(p.options, p.acknowledgment);
      }
    }
    if (p.payloadLength > 0) {
      data(p, a);
    }
  }

  /**
   * A box can't pass a packet on, since it is too big: its bytes are sent again in smaller ones.
   */
  private void quoted(Packet p, Analysis a) {
    boolean big = PathMtu.isTooBig(p);
    if (big && a.quotedFlow != Analysis.NONE && p.quote.hasSequence) {
      Tally tally = tally(a.quotedFlow, a.quotedSide);
      if (tally != null) {
        tally.tooBig(p.quote.sequence, p.quote.sequence + Math.max(1, p.quote.ipLength));
      }
    }
  }

  private void data(Packet p, Analysis a) {
    int i = 2 * a.flow + a.side;
    segments[i]++;
    int frame = (a.marks & CITABLE) == 0 ? 0 : (int) p.frame;
    if (a.segment == SegmentClass.AGAIN) {
      Tally tally = tally(a.flow, a.side);
      if (tally != null) {
        boolean acknowledged =
            tables.acknowledgments.any(a.flow, a.side)
                && p.sequence + p.payloadLength - tables.acknowledgments.highest(a.flow, a.side)
                    <= 0;
        tally.again(p, acknowledged, frame);
      }
    } else if (a.segment == SegmentClass.GAP && a.late) {
      Tally tally = tally(a.flow, a.side);
      if (tally != null) {
        tally.lateGap(p, frame);
      }
    } else if (a.segment == SegmentClass.NEW) {
      window(p, a);
    }
    if (tallies[i] != null) {
      long since = Math.max(0, p.time - tables.timeline.start());
      boolean again = a.segment == SegmentClass.AGAIN || a.late;
      tallies[i].rate.add((int) (since / SECOND), a.newBytes, again);
    }
  }

  /** Notes what the receiver's window has no room for: it is dropped there, and not lost. */
  private void window(Packet p, Analysis a) {
    int receiver = 1 - a.side;
    long window = tables.marking.window(a.flow, receiver);
    boolean known = window == 0 || (window > 0 && tables.marking.scaleKnown(a.flow));
    if (!known || !tables.acknowledgments.any(a.flow, a.side)) {
      return;
    }
    int edge = tables.acknowledgments.highest(a.flow, a.side) + (int) window;
    int end = p.sequence + p.payloadLength;
    if (end - edge > 0) {
      Tally tally = tally(a.flow, a.side);
      if (tally != null) {
        tally.beyondWindow(p.sequence - edge > 0 ? p.sequence : edge, end);
      }
    }
  }

  /** Null where there are too many. */
  private Tally tally(int flow, int side) {
    int i = 2 * flow + side;
    if (tallies[i] == null) {
      if (count == MAX_TALLIES) {
        left++;
        return null;
      }
      count++;
      tallies[i] = new Tally();
    }
    return tallies[i];
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    for (int side = 0; side < 2; side++) {
      int at = 2 * row + (side == log.clientSide(row) ? 0 : 1);
      rows.tallies[at] = tallies[2 * flow + side];
      rows.segments[at] = segments[2 * flow + side];
    }
  }

  /** What an end of a row's connection sent again; null where there is nothing to say. */
  Tally of(int row, int end) {
    return rows.tallies[2 * row + end];
  }

  /** How many segments with payload it sent, resends included. */
  int segments(int row, int end) {
    return rows.segments[2 * row + end];
  }

  /** Segments that were not looked at, since too many connections had some. */
  long left() {
    return left;
  }

  private static final class Rows implements Columns {
    private Tally[] tallies = {};
    private int[] segments = {};

    @Override
    public void grow(int size) {
      tallies = Arrays.copyOf(tallies, 2 * size);
      segments = Arrays.copyOf(segments, 2 * size);
    }

    @Override
    public void clear(int row) {
      for (int i = 2 * row; i <= 2 * row + 1; i++) {
        tallies[i] = null;
        segments[i] = 0;
      }
    }
  }
}
