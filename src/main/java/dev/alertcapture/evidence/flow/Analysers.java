package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** Several analysers as one, in the order in which they were added. */
final class Analysers implements Analyser {
  private Analyser[] all = {};

  void add(Analyser added) {
    all = Arrays.copyOf(all, all.length + 1);
    all[all.length - 1] = added;
  }

  @Override
  public void opened(int flow, int attempt) {
    for (Analyser each : all) {
      each.opened(flow, attempt);
    }
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {
    for (Analyser each : all) {
      each.packet(packet, analysis);
    }
  }

  @Override
  public void closed(int flow) {
    for (Analyser each : all) {
      each.closed(flow);
    }
  }

  @Override
  public void lapsed(int attempt) {
    for (Analyser each : all) {
      each.lapsed(attempt);
    }
  }

  @Override
  public void end() {
    for (Analyser each : all) {
      each.end();
    }
  }
}
