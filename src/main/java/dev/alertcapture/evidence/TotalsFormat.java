package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.*;
import dev.alertcapture.evidence.packet.Packet;

final class TotalsFormat implements Analyser {
  TotalsFormat(Tables t, Output o) {}

  @Override
  public void packet(Packet p, Analysis a) {}
}
