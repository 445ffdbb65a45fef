package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Bytes;
import dev.alertcapture.evidence.packet.Packet;

/**
 * What only a machine in Azure sees: packets to and from the platform's addresses, which answer the
 * machine itself alone; the address that the platform's DHCP gives it; and a router that is the
 * other end of all its frames.
 */
final class AzureRule {
  static final int ARP_REQUEST = 1;

  private static final int OWN = 1;

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
      flags.raise(destination, OWN);
    }
    if (Platform.is(p.destinationHigh, p.destinationLow)) {
      flags.raise(source, OWN);
    }
    if (fromPlatform || p.sourceMac == Macs.ROUTER) {
      // Elsewhere one machine may see what DHCP gives another one.
      int given = DhcpAck.address(p);
      if (given != 0) {
        flags.raise(addresses.add(0, Address.ofIpv4(given)), OWN);
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
    macs.behindRouter(flags, OWN);
  }

  boolean isOwn(int address) {
    return flags.of(address, OWN) != 0;
  }

  /**
   * Whether an address is the only one that asks by ARP, in a file without any unicast packet and
   * without packets of other machines: one that asks for its gateway and gets no answer.
   */
  boolean isLoneAsker(int address) {
    return address == asker && !unicast && macs.isOnly(askerMac);
  }

  /** DHCP's last message, which gives a client its address (RFC 2131, 2132). */
  private static final class DhcpAck {
    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int GIVEN = 16;
    private static final int OPTIONS = 240;
    private static final int COOKIE = 0x6382_5363;
    private static final int PAD = 0;
    private static final int MESSAGE_TYPE = 53;
    private static final int END = 255;
    private static final int ACK = 5;

    /** The address that a packet gives, 0 where it is another one. */
    static int address(Packet p) {
      boolean dhcp =
          p.transport == Packet.UDP
              && p.sourcePort == SERVER_PORT
              && p.destinationPort == CLIENT_PORT
              && p.payloadTo - p.payloadFrom > OPTIONS;
      int at = p.payloadFrom;
      if (!dhcp || Bytes.s32(p.bytes, at + OPTIONS - 4) != COOKIE) {
        return 0;
      }
      return isAck(p, at + OPTIONS) ? Bytes.s32(p.bytes, at + GIVEN) : 0;
    }

    private static boolean isAck(Packet p, int options) {
      int at = options;
      while (at + 2 < p.payloadTo && Bytes.u8(p.bytes, at) != END) {
        int option = Bytes.u8(p.bytes, at);
        if (option == MESSAGE_TYPE) {
          return Bytes.u8(p.bytes, at + 2) == ACK;
        }
        at += option == PAD ? 1 : 2 + Bytes.u8(p.bytes, at + 1);
      }
      return false;
    }
  }
}
