package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Prints a line for each frame that tshark would mark: its number, a tab, and the marks in tshark's
 * field names without {@code tcp.analysis.}, with commas between.
 */
final class MarksFormat implements Analyser {
  private final Output out;

  MarksFormat(Output out) {
    this.out = out;
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {
    if (analysis.marks != 0) {
      out.text().append(packet.frame).append('\t');
      Marks.append(out.text(), analysis.marks);
      out.endLine();
    }
  }

  @Override
  public void end() {
    out.flush();
  }
}
