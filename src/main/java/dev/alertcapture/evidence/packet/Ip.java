package dev.alertcapture.evidence.packet;

/** IPv4 (RFC 791) and IPv6 (RFC 8200) with its extension headers. */
final class Ip {
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION = 60;
  private static final int MOBILITY = 135;
  private static final int MAX_EXTENSIONS = 16;

  private Ip() {}

  /** Either version, by the first four bits. */
  static void decode(Decoder d, int at, int end, int length) {
    if (at >= end) {
      return;
    }
    int version = (d.packet.bytes[at] & 0xFF) >> 4;
    if (version == 4) {
      ipv4(d, at, end, length);
    } else if (version == 6) {
      ipv6(d, at, end, length);
    }
  }

  private static void ipv4(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    byte[] b = p.bytes;
    if (at + 20 > end || !p.layer(Layer.IPV4)) {
      return;
    }
    int header = (b[at] & 0xF) * 4;
    int total = Bytes.u16(b, at + 2);
    // Segmentation offload leaves 0 where a packet is longer than 65,535 bytes.
    total = total == 0 ? length : Math.min(total, length);
    if (header < 20 || total < header) {
      return;
    }
    begin(p, 4, total);
    p.trafficClass = Bytes.u8(b, at + 1);
    p.ipId = Bytes.u16(b, at + 4);
    p.ttl = Bytes.u8(b, at + 8);
    p.sourceHigh = 0;
    p.sourceLow = Address.ofIpv4(Bytes.s32(b, at + 12));
    p.destinationHigh = 0;
    p.destinationLow = Address.ofIpv4(Bytes.s32(b, at + 16));
    p.protocol = Bytes.u8(b, at + 9);
    int fragment = Bytes.u16(b, at + 6);
    p.dontFragment = (fragment & 0x4000) != 0;
    int offset = (fragment & 0x1FFF) * 8;
    boolean more = (fragment & 0x2000) != 0;
    int stop = Math.min(end, at + total);
    if (more || offset > 0) {
      fragment(d, p.protocol, offset, more, at + header, stop, total - header);
    } else {
      payload(d, p.protocol, at + header, stop, total - header);
    }
  }

  private static void ipv6(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    byte[] b = p.bytes;
    if (at + 40 > end || !p.layer(Layer.IPV6)) {
      return;
    }
    int told = Bytes.u16(b, at + 4);
    int total = told == 0 ? length : Math.min(told + 40, length);
    if (total < 40) {
      return;
    }
    begin(p, 6, total);
    p.trafficClass = Bytes.u16(b, at) >> 4 & 0xFF;
    p.ipId = 0;
    p.dontFragment = true;
    p.ttl = Bytes.u8(b, at + 7);
    p.sourceHigh = Bytes.s64(b, at + 8);
    p.sourceLow = Bytes.s64(b, at + 16);
    p.destinationHigh = Bytes.s64(b, at + 24);
    p.destinationLow = Bytes.s64(b, at + 32);
    extensions(d, Bytes.u8(b, at + 6), at + 40, Math.min(end, at + total), total - 40);
  }

  /** Begins the fields of an IP packet; one that was there before is around this one. */
  private static void begin(Packet p, int version, int total) {
    p.pushOuter();
    p.ipLength = p.version == 0 ? total : p.ipLength;
    p.version = version;
    p.transport = Packet.NONE;
    p.fragment = Packet.WHOLE;
    p.lengthKnown = false;
    p.payloadLength = 0;
    p.transportFrom = p.payloadFrom = p.payloadTo = p.to;
  }

  private static void extensions(Decoder d, int first, int from, int end, int length) {
    Packet p = d.packet;
    byte[] b = p.bytes;
    int next = first;
    int at = from;
    int rest = length;
    for (int i = 0; i < MAX_EXTENSIONS; i++) {
      if (!isExtension(next)) {
        payload(d, next, at, end, rest);
        return;
      }
      p.protocol = next;
      if (at + 8 > end) {
        return;
      }
      int size = next == FRAGMENT ? 8 : Bytes.u8(b, at + 1) * 8 + 8;
      if (next == FRAGMENT) {
        int field = Bytes.u16(b, at + 2);
        boolean more = (field & 1) != 0;
        p.ipId = Bytes.s32(b, at + 4);
        if (more || field >> 3 > 0) {
          int protocol = Bytes.u8(b, at);
          p.protocol = protocol;
          fragment(d, protocol, field & ~7, more, at + 8, end, rest - 8);
          return;
        }
      }
      next = Bytes.u8(b, at);
      at += size;
      rest -= size;
    }
  }

  private static boolean isExtension(int protocol) {
    return protocol == HOP_BY_HOP
        || protocol == ROUTING
        || protocol == FRAGMENT
        || protocol == DESTINATION
        || protocol == MOBILITY;
  }

  private static void fragment(
      Decoder d, int protocol, int offset, boolean more, int at, int end, int length) {
    Packet p = d.packet;
    p.fragmentOffset = offset;
    p.fragment = offset == 0 ? Packet.FIRST : Packet.LATER;
    Fragments.Datagram whole = d.fragments.add(p, protocol, more, at, end, length);
    if (whole == null) {
      return;
    }
    p.fragment = Packet.COMPLETING;
    p.bytes = whole.bytes;
    payload(d, protocol, 0, Math.min(whole.bytes.length, whole.total), whole.total);
  }

  /** What follows the IP headers. */
  static void payload(Decoder d, int protocol, int at, int end, int length) {
    Packet p = d.packet;
    p.protocol = protocol;
    if (length < 0 || at >= end) {
      return;
    }
    switch (protocol) {
      case Packet.TCP -> Transport.tcp(p, at, end, length);
      case Packet.UDP -> Transport.udp(d, at, end, length);
      case Packet.ICMP -> Icmp.icmp(p, at, end, length);
      case Packet.ICMPV6 -> Icmp.icmpv6(p, at, end, length);
      case 4, 41 -> {
        Tunnel.enter(p, protocol == 4 ? Layer.IPV4 : Layer.IPV6, 0);
        decode(d, at, end, length);
      }
      case 47 -> Tunnel.gre(d, at, end, length);
      case AUTHENTICATION -> authentication(d, at, end, length);
      case 137 -> Link.mpls(d, at, end, length);
      default -> {}
    }
  }

  private static void authentication(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 8 > end || !p.layer(Layer.AUTHENTICATION)) {
      return;
    }
    int size = (Bytes.u8(p.bytes, at + 1) + 2) * 4;
    payload(d, Bytes.u8(p.bytes, at), at + size, end, length - size);
  }
}
