package dev.alertcapture.evidence.finding;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.self.OwnSide;
import dev.alertcapture.evidence.self.Sides;

/**
 * What all rules read.
 *
 * @param question who asks
 * @param tables the flows
 * @param names names of flows and addresses
 * @param own the machine's addresses
 * @param sides whose the ends of flows are
 * @param log what became of each flow
 * @param words what things are called
 */
public record Context(
    Question question,
    Tables tables,
    Names names,
    OwnSide own,
    Sides sides,
    FlowLog log,
    Words words) {
  public boolean ownKnown() {
    return own.known();
  }

  /** Nanoseconds from the file's first frame. */
  public long sinceStart(long time) {
    return Math.max(0, time - tables.timeline.start());
  }

  /** So many in the capture, as so many a second, rounded. */
  public long perSecond(long count) {
    return (long) (count * 1e9 / duration() + 0.5);
  }

  /** So many bytes in the capture, as whole bytes a second. */
  public long bytesPerSecond(long bytes) {
    return (long) (bytes * 1e9 / duration());
  }

  /** The capture's seconds as nanoseconds: end less first less jumps, at least one second. */
  public long duration() {
    long all = tables.timeline.now() - tables.timeline.start() - tables.timeline.jumped();
    return Math.max(1_000_000_000L, all);
  }
}
