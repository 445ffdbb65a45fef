package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Packet;

/**
 * Linux cooked headers tell who sent a frame. Own is the source of what this machine sent, and the
 * destination of what was sent to it alone. An address that is at another end as well is somebody's
 * for whom the machine forwards.
 */
final class CookedRule {
  private static final int TO_US = 0;
  private static final int TO_OTHERS = 3;
  private static final int BY_US = 4;

  private static final int OWN = 1;
  private static final int FOREIGN = 2;

  private final Flags flags = new Flags();

  /** Takes a packet in; its addresses by number. */
  void packet(Packet p, int source, int destination) {
    if (p.cookedType == TO_US && source == destination) {
      flags.raise(destination, OWN);
    } else if (p.cookedType >= 0 && p.sourceMac == 0) {
      // The loopback interface: both ends are here, whatever the type.
      flags.raise(source, OWN);
      flags.raise(destination, OWN);
    } else if (p.cookedType == TO_US) {
      flags.raise(source, FOREIGN);
      flags.raise(destination, OWN);
    } else if (p.cookedType == TO_OTHERS) {
      flags.raise(source, FOREIGN);
    } else if (p.cookedType == BY_US) {
      flags.raise(source, OWN);
      flags.raise(destination, FOREIGN);
    }
  }

  /** Takes an ARP question in; replies may be on behalf of others. */
  void arp(Packet p, int source) {
    if (p.cookedType == BY_US && p.arpOperation == AzureRule.ARP_REQUEST) {
      flags.raise(source, OWN);
    }
  }

  boolean isOwn(int address) {
    return flags.of(address, OWN | FOREIGN) == OWN;
  }
}
