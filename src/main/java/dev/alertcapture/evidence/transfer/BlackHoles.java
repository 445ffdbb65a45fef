package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Watches for full-size segments that never arrive while smaller ones do: segments that a side
 * sends again and again, and holes that nothing fills.
 */
final class BlackHoles implements Analyser, Columns {
  /** Nothing smaller is full-size on any path of today (RFC 8200's least MTU less headers). */
  private static final int LEAST = 500;

  /** Options take up to so much of a segment's maximum. */
  static final int OPTIONS = 40;

  private static final int MAX = 16_384;

  private final Tables tables;
  private final FlowLog log;
  private final Rows rows = new Rows();
  private Stuck[] stuck = {};
  private OpenHole[] holes = {};

  // By 2 * (2 * flow + side), plus 1 for whole segments: what waits for its acknowledgment.
  private int[] waitingEnd = {};
  private boolean[] waits = {};
  private long[] arrived = {};
  private int count;

  BlackHoles(Context context) {
    tables = context.tables();
    log = context.log();
    tables.flows.add(this);
    log.add(rows);
  }

  @Override
  public void grow(int flows) {
    stuck = Arrays.copyOf(stuck, 2 * flows);
    holes = Arrays.copyOf(holes, 2 * flows);
    waitingEnd = Arrays.copyOf(waitingEnd, 4 * flows);
    waits = Arrays.copyOf(waits, 4 * flows);
    arrived = Arrays.copyOf(arrived, 4 * flows);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      stuck[i] = null;
      holes[i] = null;
      for (int at = 2 * i; at <= 2 * i + 1; at++) {
        waits[at] = false;
        arrived[at] = 0;
      }
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.transport != Packet.TCP || a.flow == Analysis.NONE || a.copy || !p.lengthKnown) {
      return;
    }
    int i = 2 * a.flow + a.side;
    if (p.has(Packet.ACK)) {
      acknowledgment(p, 2 * a.flow + 1 - a.side);
    }
    if (p.payloadLength == 0) {
      return;
    }
    boolean full = isFull(p.payloadLength, segmentSize(a.flow));
    if (a.segment == SegmentClass.AGAIN && p.payloadLength >= LEAST) {
      again(i, p);
    }
    int at = 2 * i + (full ? 1 : 0);
    if (a.segment == SegmentClass.NEW && !waits[at]) {
      waits[at] = true;
      waitingEnd[at] = p.sequence + p.payloadLength;
    }
    if (tables.sequences.gaps(a.flow, a.side) == 0) {
      holes[i] = null;
    } else if (a.segment == SegmentClass.NEW) {
      above(i, p, full);
    }
  }

  private void acknowledgment(Packet p, int j) {
    for (int at = 2 * j; at <= 2 * j + 1; at++) {
      if (waits[at] && p.acknowledgment - waitingEnd[at] >= 0) {
        waits[at] = false;
        arrived[at] = p.time;
      }
    }
    if (holes[j] != null && p.options.blocks > 0) {
      holes[j].selective();
    }
  }

  private void again(int i, Packet p) {
    if (stuck[i] == null && count < MAX) {
      stuck[i] = new Stuck();
      count++;
    }
    if (stuck[i] != null) {
      stuck[i].again(p, (int) p.frame);
    }
  }

  private void above(int i, Packet p, boolean full) {
    if (holes[i] == null && count < MAX) {
      holes[i] = new OpenHole(p.time, (int) p.frame);
      count++;
    }
    if (holes[i] != null) {
      holes[i].above(p, full);
    }
  }

  /** The smaller of what both ends told, 0 where one is not known. */
  private int segmentSize(int flow) {
    return Math.min(tables.handshakes.segmentSize(flow, 0), tables.handshakes.segmentSize(flow, 1));
  }

  /** Whether a payload is a whole segment, but for options; where the size is unknown, 1,280. */
  static boolean isFull(int payload, int segmentSize) {
    return payload >= (segmentSize > 0 ? segmentSize - OPTIONS : 1280);
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    rows.segmentSize[row] = segmentSize(flow);
    for (int side = 0; side < 2; side++) {
      int i = 2 * flow + side;
      int at = 2 * row + (side == log.clientSide(row) ? 0 : 1);
      boolean any = tables.acknowledgments.any(flow, side);
      int acknowledged = tables.acknowledgments.highest(flow, side);
      boolean got = stuck[i] != null && any && acknowledged - stuck[i].sequence() > 0;
      rows.stuck[at] = got ? null : stuck[i];
      rows.arrived[2 * at] = arrived[2 * i];
      rows.arrived[2 * at + 1] = arrived[2 * i + 1];
      boolean open = holes[i] != null && any && tables.sequences.gaps(flow, side) > 0;
      rows.holes[at] = open ? holes[i] : null;
      if (open) {
        holes[i].size(tables.sequences.highest(flow, side) - acknowledged);
      }
    }
  }

  /** What an end sent again and again, without an acknowledgment; or null. */
  Stuck stuck(int row, int end) {
    return rows.stuck[2 * row + end];
  }

  /** The hole in what an end sent that was open at the last; or null. */
  OpenHole hole(int row, int end) {
    return rows.holes[2 * row + end];
  }

  /** When something smaller than a whole segment of an end was acknowledged last; 0 for never. */
  long smallArrived(int row, int end) {
    return rows.arrived[2 * (2 * row + end)];
  }

  /** The same of whole segments. */
  long wholeArrived(int row, int end) {
    return rows.arrived[2 * (2 * row + end) + 1];
  }

  /** The connection's maximum segment size, 0 for unknown. */
  int segmentSizeOf(int row) {
    return rows.segmentSize[row];
  }

  private static final class Rows implements Columns {
    private Stuck[] stuck = {};
    private OpenHole[] holes = {};
    private long[] arrived = {};
    private int[] segmentSize = {};

    @Override
    public void grow(int size) {
      stuck = Arrays.copyOf(stuck, 2 * size);
      holes = Arrays.copyOf(holes, 2 * size);
      arrived = Arrays.copyOf(arrived, 4 * size);
      segmentSize = Arrays.copyOf(segmentSize, size);
    }

    @Override
    public void clear(int row) {
      segmentSize[row] = 0;
      for (int i = 2 * row; i <= 2 * row + 1; i++) {
        stuck[i] = null;
        holes[i] = null;
        arrived[2 * i] = arrived[2 * i + 1] = 0;
      }
    }
  }
}
