package dev.alertcapture.evidence.packet;

import dev.alertcapture.evidence.pcap.LinkTypes;

/**
 * Layer 2. Here and in the other decoders {@code at} is the first byte of a header in the packet's
 * bytes, {@code end} the end of what was captured, and {@code length} how many bytes there were on
 * the wire from {@code at} on.
 */
final class Link {
  private static final int SNAP = 0xAAAA03;

  private Link() {}

  static void decode(Decoder d, int at, int end, int length) {
    switch (d.packet.link) {
      case LinkTypes.ETHERNET -> ethernet(d, at, end, length);
      case LinkTypes.LINUX_COOKED -> cooked(d, at, end, length);
      case LinkTypes.LINUX_COOKED_2 -> cooked2(d, at, end, length);
      case LinkTypes.NULL, LinkTypes.LOOP -> loopback(d, at, end, length);
      case LinkTypes.RAW, LinkTypes.RAW_BSD, LinkTypes.RAW_OPENBSD -> {
        d.packet.layer(Layer.RAW);
        Ip.decode(d, at, end, length);
      }
      case LinkTypes.IPV4, LinkTypes.IPV6 -> Ip.decode(d, at, end, length);
      default -> {}
    }
  }

  static void ethernet(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 14 > end || !p.layer(Layer.ETHERNET)) {
      return;
    }
    if (p.sourceMac < 0) {
      p.destinationMac = Bytes.u48(p.bytes, at);
      p.sourceMac = Bytes.u48(p.bytes, at + 6);
    }
    etherType(d, Bytes.u16(p.bytes, at + 12), at + 14, end, length - 14);
  }

  /** What follows a type of protocol as Ethernet, GRE, Geneve and others number it. */
  static void etherType(Decoder d, int type, int at, int end, int length) {
    switch (type) {
      case 0x0800, 0x86DD -> Ip.decode(d, at, end, length);
      case 0x0806 -> Arp.decode(d.packet, at, end);
      case 0x8100, 0x9100 -> vlan(d, Layer.VLAN, at, end, length);
      case 0x88A8 -> vlan(d, Layer.SERVICE_VLAN, at, end, length);
      case 0x8847, 0x8848 -> mpls(d, at, end, length);
      case 0x8864 -> pppoe(d, at, end, length);
      case 0x6558 -> ethernet(d, at, end, length);
      case 0x880B -> ppp(d, at, end, length);
      default -> {
        if (type <= 1500) {
          llc(d, at, end, Math.min(length, type));
        }
      }
    }
  }

  private static void vlan(Decoder d, byte layer, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 4 > end || !p.layer(layer)) {
      return;
    }
    int id = Bytes.u16(p.bytes, at) & 0xFFF;
    // Id 0 is a priority alone.
    p.vlan = id == 0 ? p.vlan : (p.vlan << 12 | id) & 0xFFFFFF;
    etherType(d, Bytes.u16(p.bytes, at + 2), at + 4, end, length - 4);
  }

  private static void llc(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 3 > end || !p.layer(Layer.LLC)) {
      return;
    }
    boolean snap = at + 8 <= end && Bytes.u24(p.bytes, at) == SNAP;
    if (snap && Bytes.u24(p.bytes, at + 3) == 0) {
      etherType(d, Bytes.u16(p.bytes, at + 6), at + 8, end, length - 8);
    }
  }

  static void mpls(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    p.layer(Layer.MPLS);
    int next = at;
    boolean bottom = false;
    while (!bottom && next + 4 <= end) {
      bottom = (p.bytes[next + 2] & 1) != 0;
      next += 4;
    }
    if (!bottom || next >= end) {
      return;
    }
    int rest = length - (next - at);
    int first = (p.bytes[next] & 0xFF) >> 4;
    if (first == 4 || first == 6) {
      Ip.decode(d, next, end, rest);
    } else if (first == 0 && p.layer(Layer.PSEUDOWIRE)) {
      ethernet(d, next + 4, end, rest - 4);
    }
  }

  private static void pppoe(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 8 > end || !p.layer(Layer.PPPOE)) {
      return;
    }
    ppp(d, at + 6, end, Math.min(length - 6, Bytes.u16(p.bytes, at + 4)));
  }

  /** PPP with or without HDLC's address and control, and with short protocol numbers (RFC 1661). */
  static void ppp(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 4 > end || !p.layer(Layer.PPP)) {
      return;
    }
    int next = Bytes.u16(p.bytes, at) == 0xFF03 ? at + 2 : at;
    boolean small = (p.bytes[next] & 1) != 0;
    int protocol = small ? Bytes.u8(p.bytes, next) : Bytes.u16(p.bytes, next);
    next += small ? 1 : 2;
    int rest = length - (next - at);
    if (protocol == 0x21 || protocol == 0x57) {
      Ip.decode(d, next, end, rest);
    } else if (protocol == 0x281) {
      mpls(d, next, end, rest);
    }
  }

  private static void cooked(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 16 > end || !p.layer(Layer.COOKED)) {
      return;
    }
    p.cookedType = Bytes.u16(p.bytes, at);
    p.sourceMac = Bytes.u16(p.bytes, at + 4) == 6 ? Bytes.u48(p.bytes, at + 6) : -1;
    cookedProtocol(d, Bytes.u16(p.bytes, at + 14), at + 16, end, length - 16);
  }

  private static void cooked2(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 20 > end || !p.layer(Layer.COOKED_2)) {
      return;
    }
    p.interfaceId = Bytes.s32(p.bytes, at + 4);
    p.cookedType = Bytes.u8(p.bytes, at + 10);
    p.sourceMac = Bytes.u8(p.bytes, at + 11) == 6 ? Bytes.u48(p.bytes, at + 12) : -1;
    cookedProtocol(d, Bytes.u16(p.bytes, at), at + 20, end, length - 20);
  }

  private static void cookedProtocol(Decoder d, int protocol, int at, int end, int length) {
    // Below 1,536 these are Linux's own numbers: 4 is LLC.
    if (protocol >= 1536) {
      etherType(d, protocol, at, end, length);
    } else if (protocol == 4) {
      llc(d, at, end, length);
    }
  }

  /** BSD's address family in the byte order of the machine that wrote it. */
  private static void loopback(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 4 > end || !p.layer(Layer.NULL)) {
      return;
    }
    int family = Bytes.s32(p.bytes, at);
    family = (family & 0xFFFF) == 0 ? Integer.reverseBytes(family) : family;
    if (family == 2 || family == 10 || family == 24 || family == 28 || family == 30) {
      Ip.decode(d, at + 4, end, length - 4);
    }
  }
}
