package dev.alertcapture.evidence.packet;

/** ICMP (RFC 792, 1191) and ICMPv6 (RFC 4443), with the packets that errors quote. */
final class Icmp {
  private Icmp() {}

  static void icmp(Packet p, int at, int end, int length) {
    if (!header(p, Packet.ICMP, Layer.ICMP, at, end, length)) {
      return;
    }
    switch (p.icmpType) {
      case 0, 8 -> echo(p, at);
      case 3, 4, 5, 11, 12 -> {
        p.mtu = p.icmpType == 3 && p.icmpCode == 4 ? Bytes.u16(p.bytes, at + 6) : 0;
        quote(p, at + 8, end);
      }
      default -> {}
    }
  }

  static void icmpv6(Packet p, int at, int end, int length) {
    if (!header(p, Packet.ICMPV6, Layer.ICMPV6, at, end, length)) {
      return;
    }
    switch (p.icmpType) {
      case 128, 129 -> echo(p, at);
      case 1, 2, 3, 4 -> {
        p.mtu = p.icmpType == 2 ? Math.max(0, Bytes.s32(p.bytes, at + 4)) : 0;
        quote(p, at + 8, end);
      }
      default -> {}
    }
  }

  private static boolean header(Packet p, int transport, byte layer, int at, int end, int length) {
    if (at + 8 > end || length < 8 || !p.layer(layer)) {
      return false;
    }
    p.transport = transport;
    p.transportFrom = at;
    p.icmpType = Bytes.u8(p.bytes, at);
    p.icmpCode = Bytes.u8(p.bytes, at + 1);
    p.mtu = 0;
    p.sourcePort = p.destinationPort = 0;
    p.lengthKnown = true;
    Transport.payload(p, at, end, 8, length);
    return true;
  }

  private static void echo(Packet p, int at) {
    p.sourcePort = p.destinationPort = Bytes.u16(p.bytes, at + 4);
  }

  private static void quote(Packet p, int at, int end) {
    byte[] b = p.bytes;
    Quote q = p.quote;
    if (at + 20 > end) {
      return;
    }
    int version = (b[at] & 0xFF) >> 4;
    if (version == 4) {
      q.ipLength = Bytes.u16(b, at + 2);
      q.protocol = Bytes.u8(b, at + 9);
      q.sourceHigh = q.destinationHigh = 0;
      q.sourceLow = Address.ofIpv4(Bytes.s32(b, at + 12));
      q.destinationLow = Address.ofIpv4(Bytes.s32(b, at + 16));
      boolean later = (Bytes.u16(b, at + 6) & 0x1FFF) != 0;
      transport(q, b, later ? end : at + (b[at] & 0xF) * 4, end);
    } else if (version == 6 && at + 40 <= end) {
      q.ipLength = Bytes.u16(b, at + 4) + 40;
      q.protocol = Bytes.u8(b, at + 6);
      q.sourceHigh = Bytes.s64(b, at + 8);
      q.sourceLow = Bytes.s64(b, at + 16);
      q.destinationHigh = Bytes.s64(b, at + 24);
      q.destinationLow = Bytes.s64(b, at + 32);
      int next = at + 40;
      // A fragment header, the one extension that is usual in front of TCP and UDP.
      if (q.protocol == 44 && next + 8 <= end) {
        q.protocol = Bytes.u8(b, next);
        next = Bytes.u16(b, next + 2) >> 3 != 0 ? end : next + 8;
      }
      transport(q, b, next, end);
    } else {
      return;
    }
    q.present = true;
  }

  private static void transport(Quote q, byte[] b, int at, int end) {
    boolean ported = q.protocol == Packet.TCP || q.protocol == Packet.UDP;
    boolean echo = q.protocol == Packet.ICMP || q.protocol == Packet.ICMPV6;
    q.sourcePort = q.destinationPort = 0;
    q.hasSequence = q.protocol == Packet.TCP && at + 8 <= end;
    q.sequence = q.hasSequence ? Bytes.s32(b, at + 4) : 0;
    if (ported && at + 4 <= end) {
      q.sourcePort = Bytes.u16(b, at);
      q.destinationPort = Bytes.u16(b, at + 2);
    } else if (echo && at + 6 <= end) {
      q.sourcePort = q.destinationPort = Bytes.u16(b, at + 4);
    }
  }
}
