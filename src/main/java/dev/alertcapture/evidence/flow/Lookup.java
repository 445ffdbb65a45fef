package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.packet.Quote;

/** Finds the flow or attempt of a packet, and whether the packet is a copy. */
final class Lookup {
  private static final int NONE = Analysis.NONE;

  /** The key of the packet that was looked up last. */
  final Key key = new Key();

  private final Key quoted = new Key();
  private final Copies copies = new Copies();
  private final Addresses addresses;
  private final Flows flows;
  private final HalfOpen attempts;
  private final Traffic traffic;

  Lookup(Tables tables) {
    addresses = tables.addresses;
    flows = tables.flows;
    attempts = tables.attempts;
    traffic = tables.traffic;
  }

  /** Sets flow or attempt, side, copy and loop; there has to be room for two addresses. */
  void find(Packet p, Analysis a) {
    int source = addresses.number(p.sourceHigh, p.sourceLow);
    int destination = addresses.number(p.destinationHigh, p.destinationLow);
    key.set(source, p.sourcePort, destination, p.destinationPort, Key.protocol(p));
    if (copies.find(p)) {
      // The original may have another VLAN or tunnel, and its flow is the copy's.
      copies.context(key);
      look(a);
      int otherFrame = a.flow == NONE ? 0 : traffic.lastFrame(a.flow, 1 - a.side);
      int sureCopies = a.flow == NONE ? 0 : traffic.sureCopies(a.flow);
      a.copy = copies.isCopy(p, otherFrame, sureCopies);
      a.loop = copies.isLoop();
      a.original = a.copy || a.loop ? copies.frame() : 0;
    }
    if (a.copy) {
      boolean data = p.transport == Packet.TCP && p.payloadLength > 0;
      if (a.flow != NONE && (p.ipId != 0 || data)) {
        traffic.sureCopy(a.flow);
      }
      return;
    }
    key.context(p.tunnel, p.tunnelId, p.vlan);
    look(a);
    if (!a.loop) {
      copies.keep(p);
    }
  }

  private void look(Analysis a) {
    a.flow = flows.find(key);
    a.attempt = a.flow == NONE ? attempts.find(key) : NONE;
    a.side = a.flow == NONE ? 0 : flows.side(a.flow, key);
  }

  /** Sets the flow or attempt of the packet that an ICMP error quotes. */
  void findQuoted(Packet p, Analysis a) {
    Quote q = p.quote;
    int source = addresses.find(q.sourceHigh, q.sourceLow);
    int destination = addresses.find(q.destinationHigh, q.destinationLow);
    if (source < 0 || destination < 0) {
      return;
    }
    quoted.set(source, q.sourcePort, destination, q.destinationPort, q.protocol);
    quoted.context(p.tunnel, p.tunnelId, p.vlan);
    a.quotedFlow = flows.find(quoted);
    if (a.quotedFlow != NONE) {
      a.quotedSide = flows.side(a.quotedFlow, quoted);
      return;
    }
    a.quotedAttempt = attempts.find(quoted);
    if (a.quotedAttempt != NONE) {
      a.quotedSide = attempts.side(a.quotedAttempt, quoted);
    }
  }
}
