package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;

/**
 * What only a machine in Azure sees: packets to and from the platform's addresses, which answer the
 * machine itself alone; the address that the platform's DHCP gives it; and a router that is the
 * other end of all its frames.
 */
final class AzureRule {
  static final int ARP_REQUEST = 1;

  /** Why an address is own. */
  private static final int PLATFORM = 1;

  private static final int DHCP = 2;
  private static final int ROUTER = 4;

  /** No question yet, and questions of several addresses. */
  private static final int NOBODY = -1;

  private static final int SEVERAL = -2;

  private final AddressIndex addresses;
  private final Macs macs;
  private final Flags flags = new Flags();
  private boolean unicast;
  private int asker = NOBODY;
  private long askerMac;

  AzureRule(AddressIndex addresses, Macs macs) {
    this.addresses = addresses;
    this.macs = macs;
  }

  /** Takes a packet in; its addresses by number. */
  void packet(Packet p, int source, int destination) {
    boolean fromPlatform = Platform.is(p.sourceHigh, p.sourceLow);
    if (fromPlatform) {
      flags.raise(destination, PLATFORM);
    }
    if (Platform.is(p.destinationHigh, p.destinationLow)) {
      flags.raise(source, PLATFORM);
    }
    if (fromPlatform || p.sourceMac == Macs.ROUTER) {
      // Elsewhere one machine may see what DHCP gives another one.
      int given = DhcpAck.address(p);
      if (given != 0) {
        flags.raise(addresses.add(0, Address.ofIpv4(given)), DHCP);
      }
    }
    unicast |=
        Platform.isHost(p.destinationHigh, p.destinationLow) && !Macs.isGroup(p.destinationMac);
  }

  void arp(Packet p, int source) {
    boolean probe = (int) p.sourceLow == 0;
    if (p.arpOperation != ARP_REQUEST || probe) {
      return;
    }
    if (asker == NOBODY) {
      asker = source;
      askerMac = p.sourceMac;
    } else if (asker != source || askerMac != p.sourceMac) {
      asker = SEVERAL;
    }
  }

  /** After the last packet: those behind a MAC that talks to Azure's router alone are own too. */
  void end() {
    macs.behindRouter(flags, ROUTER);
  }

  boolean isOwn(int address) {
    return flags.of(address, PLATFORM | DHCP | ROUTER) != 0;
  }

  /** What tells that an address is own, for a report. */
  String say(int address) {
    if (flags.of(address, PLATFORM) != 0) {
      return "by Azure's addresses";
    }
    return flags.of(address, DHCP) != 0
        ? "by the address that Azure's DHCP gives"
        : "by Azure's router, which is the other end of all its frames";
  }

  /**
   * Whether an address is the only one that asks by ARP, in a file without any unicast packet and
   * without packets of other machines: one that asks for its gateway and gets no answer.
   */
  boolean isLoneAsker(int address) {
    return address == asker && !unicast && macs.isOnly(askerMac);
  }
}
