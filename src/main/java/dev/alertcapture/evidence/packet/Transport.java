package dev.alertcapture.evidence.packet;

/** TCP (RFC 9293) and UDP (RFC 768). */
final class Transport {
  private Transport() {}

  static void tcp(Packet p, int at, int end, int length) {
    byte[] b = p.bytes;
    if (!ports(p, Packet.TCP, Layer.TCP, at, end)) {
      return;
    }
    p.flags = 0;
    p.options.clear();
    if (at + 20 > end) {
      return;
    }
    p.sequence = Bytes.s32(b, at + 4);
    p.acknowledgment = Bytes.s32(b, at + 8);
    int header = (b[at + 12] >> 4 & 0xF) * 4;
    p.flags = Bytes.u8(b, at + 13);
    p.window = Bytes.u16(b, at + 14);
    if (header < 20) {
      return;
    }
    p.options.read(b, at + 20, at + Math.min(header, length), end);
    p.lengthKnown = header <= length;
    payload(p, at, end, header, length);
  }

  static void udp(Decoder d, int at, int end, int length) {
    Packet p = d.packet;
    if (!ports(p, Packet.UDP, Layer.UDP, at, end) || at + 8 > end) {
      return;
    }
    int told = Bytes.u16(p.bytes, at + 4);
    int size = told < 8 ? length : Math.min(told, length);
    p.lengthKnown = size >= 8;
    payload(p, at, end, 8, size);
    if (p.lengthKnown) {
      Tunnel.udp(d, at + 8, Math.min(end, at + size), size - 8);
    }
  }

  /** Both protocols begin with their ports; false where not even those were captured. */
  private static boolean ports(Packet p, int transport, byte layer, int at, int end) {
    if (at + 4 > end || !p.layer(layer)) {
      return false;
    }
    p.transport = transport;
    p.sourcePort = Bytes.u16(p.bytes, at);
    p.destinationPort = Bytes.u16(p.bytes, at + 2);
    p.transportFrom = at;
    p.payloadFrom = p.payloadTo = end;
    p.payloadLength = 0;
    return true;
  }

  static void payload(Packet p, int at, int end, int header, int length) {
    p.payloadLength = Math.max(0, length - header);
    p.payloadFrom = Math.min(end, at + header);
    p.payloadTo = Math.max(p.payloadFrom, Math.min(end, at + length));
  }
}
