package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;

/** Plain counts over the whole file, without copies. */
final class Counters implements Analyser, NamesListener {
  private static final long SLOW = 200_000_000L;

  long packets;
  long dataSegments;
  long resends;
  long connects;
  long hellos;
  long lookups;
  long slowLookups;

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.copy) {
      return;
    }
    packets++;
    connects += a.newAttempt ? 1 : 0;
    if (p.transport == Packet.TCP && p.payloadLength > 0) {
      dataSegments++;
      boolean again = a.segment == SegmentClass.AGAIN;
      resends += again || (a.segment == SegmentClass.GAP && a.late) ? 1 : 0;
    }
  }

  @Override
  public void dns(
      Packet packet,
      Analysis analysis,
      DnsMessage message,
      DnsTransactions transactions,
      Role role,
      int slot) {
    if (role == Role.RESPONSE && slot >= 0) {
      lookups++;
      slowLookups += packet.time - transactions.firstTry(slot) > SLOW ? 1 : 0;
    }
  }

  @Override
  public void clientHello(Packet packet, Analysis analysis, int name, int version) {
    hellos++;
  }
}
