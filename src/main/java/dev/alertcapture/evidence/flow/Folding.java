package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Chooses which flows go when the table is full, an eighth of them at once: finished ones, then
 * idle ones, then the smallest. Those that a finding is about go last.
 */
final class Folding {
  private static final int SHARE = 8;
  private static final long IDLE = 60_000_000_000L;
  private static final int KEPT = 66;

  private final Tables tables;
  private final int[] histogram = new int[2 * KEPT];
  private int last;
  private int ofLast;

  Folding(Tables tables) {
    this.tables = tables;
  }

  /** Prepares {@link #goes}, which is to be asked once about each live flow, in order. */
  void choose() {
    Arrays.fill(histogram, 0);
    Flows flows = tables.flows;
    for (int flow = 0; flow < flows.end(); flow++) {
      if (flows.live(flow)) {
        histogram[rank(flow)]++;
      }
    }
    int wanted = Math.max(1, flows.count() / SHARE);
    last = 0;
    while (histogram[last] < wanted) {
      wanted -= histogram[last++];
    }
    ofLast = wanted;
  }

  boolean goes(int flow) {
    int rank = rank(flow);
    return rank < last || (rank == last && ofLast-- > 0);
  }

  private int rank(int flow) {
    int kept = tables.flows.kept(flow) ? KEPT : 0;
    boolean idle = tables.timeline.now() - tables.traffic.active(flow) > IDLE;
    if (tables.flows.protocol(flow) == Packet.TCP && finished(flow)) {
      return kept;
    }
    long bytes = tables.traffic.bytes(flow, 0) + tables.traffic.bytes(flow, 1);
    return kept + (idle ? 1 : 2 + (63 - Long.numberOfLeadingZeros(bytes | 1)));
  }

  private boolean finished(int flow) {
    int first = tables.handshakes.sent(flow, 0);
    int second = tables.handshakes.sent(flow, 1);
    boolean reset = ((first | second) & Handshakes.RST) != 0;
    return reset || (first & second & Handshakes.FIN) != 0;
  }
}
