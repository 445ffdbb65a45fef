package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;

/**
 * Draws conclusions from packets. Each analyser sees every packet in file order, with what the
 * {@link Tracker} found out about it, and reads of flows what {@link Flows} keeps:
 *
 * <pre>{@code
 * final class Resets implements Analyser {
 *   public void packet(Packet packet, Analysis analysis) {
 *     if (packet.transport == Packet.TCP && packet.has(Packet.RST) && !analysis.copy) {
 *       count(analysis.flow, analysis.side);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>An analyser with values of its own for each flow keeps them in arrays by the flow's index, as
 * {@link Columns} that it adds to {@link Flows}. An index is used again: what an analyser wants to
 * keep of a flow it takes in {@link #closed}. Nothing may be allocated for a packet.
 */
public interface Analyser {
  /**
   * A flow begins with the packet that comes next. Its columns are cleared, or, where it was an
   * attempt before, have what was known of that.
   *
   * @param attempt the attempt that becomes this flow and ends here, or {@link Analysis#NONE}
   */
  default void opened(int flow, int attempt) {}

  /** A packet. Both arguments are reused. */
  void packet(Packet packet, Analysis analysis);

  /**
   * A flow ends: its ports are used again, it was silent too long, the file jumps in time or ends,
   * or the table is full. Its columns still have their values.
   */
  default void closed(int flow) {}

  /**
   * An attempt ends as {@link HalfOpen} holds it: SYNs that nothing answered. An attempt that
   * becomes a flow is told by {@link #opened} instead.
   */
  default void lapsed(int attempt) {}

  /** After the last packet, and after all flows and attempts were ended. */
  default void end() {}
}
