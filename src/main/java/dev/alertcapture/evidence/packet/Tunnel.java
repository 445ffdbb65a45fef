package dev.alertcapture.evidence.packet;

/**
 * What packets travel in: GRE with ERSPAN and PPP, VXLAN, Geneve, Teredo. Where no packet can be
 * read inside, the one around stays the packet that is analysed.
 */
final class Tunnel {
  private static final int GRE_ROUTING = 0x4000;

  private Tunnel() {}

  static void enter(Packet p, int kind, int id) {
    p.tunnel = kind;
    p.tunnelId = id;
  }

  /** Tunnels over UDP by their ports. */
  static void udp(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    int source = p.sourcePort;
    int destination = p.destinationPort;
    if (is(source, destination, 4789) || is(source, destination, 8472)) {
      vxlan(d, at, end, length);
    } else if (is(source, destination, 6081)) {
      geneve(d, at, end, length);
    } else if (is(source, destination, 3544)) {
      teredo(d, at, end, length);
    }
  }

  private static boolean is(int source, int destination, int port) {
    return source == port || destination == port;
  }

  /** RFC 7348. */
  private static void vxlan(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 8 > end || (p.bytes[at] & 0x08) == 0 || !p.layer(Layer.VXLAN)) {
      return;
    }
    enter(p, Layer.VXLAN, Bytes.u24(p.bytes, at + 4));
    Link.ethernet(d, at + 8, end, length - 8);
  }

  /** RFC 8926. */
  private static void geneve(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 8 > end || (p.bytes[at] & 0xC0) != 0 || !p.layer(Layer.GENEVE)) {
      return;
    }
    int header = 8 + (p.bytes[at] & 0x3F) * 4;
    enter(p, Layer.GENEVE, Bytes.u24(p.bytes, at + 4));
    Link.etherType(d, Bytes.u16(p.bytes, at + 2), at + header, end, length - header);
  }

  /** RFC 4380: an authentication and an origin may stand before the IPv6 packet. */
  private static void teredo(Decoder d, int at, int end, int length) {
    byte[] b = d.packet.bytes;
    int next = at;
    if (next + 4 <= end && Bytes.u16(b, next) == 1) {
      next += 13 + Bytes.u8(b, next + 2) + Bytes.u8(b, next + 3);
    }
    if (next + 2 <= end && Bytes.u16(b, next) == 0) {
      next += 8;
    }
    if (next < end && (b[next] & 0xF0) == 0x60 && d.packet.layer(Layer.TEREDO)) {
      enter(d.packet, Layer.TEREDO, 0);
      Ip.decode(d, next, end, length - (next - at));
    }
  }

  /** RFC 2784, 2890, and version 1 of RFC 2637 (PPTP). */
  static void gre(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    byte[] b = p.bytes;
    if (at + 4 > end || !p.layer(Layer.GRE)) {
      return;
    }
    int flags = Bytes.u16(b, at);
    int type = Bytes.u16(b, at + 2);
    boolean key = (flags & 0x2000) != 0;
    boolean numbered = (flags & 0x1000) != 0;
    int next = at + 4 + ((flags & 0xC000) != 0 ? 4 : 0);
    if ((flags & GRE_ROUTING) != 0 || next + 4 > end) {
      return;
    }
    enter(p, Layer.GRE, key ? Bytes.s32(b, next) : 0);
    next += (key ? 4 : 0) + (numbered ? 4 : 0);
    if ((flags & 7) == 1) {
      // Of PPTP's key only the call is the tunnel's; the rest is the payload's length.
      p.tunnelId &= 0xFFFF;
      next += (flags & 0x80) != 0 ? 4 : 0;
    }
    int rest = length - (next - at);
    if (type == 0x88BE || type == 0x22EB) {
      erspan(d, numbered || type == 0x22EB, next, end, rest);
    } else {
      Link.etherType(d, type, next, end, rest);
    }
  }

  /** Types I (no header), II and III of draft-foschiano-erspan. */
  private static void erspan(Decoder d, boolean header, int at, int end, int length) {
    Packet p = d.packet;
    if (at + 12 > end || !p.layer(Layer.ERSPAN)) {
      return;
    }
    int size = 0;
    if (header) {
      boolean third = (p.bytes[at] & 0xF0) == 0x20;
      boolean platform = third && (p.bytes[at + 11] & 1) != 0;
      size = third ? platform ? 20 : 12 : 8;
      enter(p, Layer.ERSPAN, Bytes.u16(p.bytes, at + 2) & 0x3FF);
    } else {
      enter(p, Layer.ERSPAN, 0);
    }
    Link.ethernet(d, at + size, end, length - size);
  }
}
