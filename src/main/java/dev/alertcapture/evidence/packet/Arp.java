package dev.alertcapture.evidence.packet;

/** ARP for IPv4 (RFC 826): sender and target become source and destination. */
final class Arp {
  private Arp() {}

  static void decode(Packet p, int at, int end) {
    if (at + 8 > end || !p.layer(Layer.ARP)) {
      return;
    }
    boolean ipv4 = Bytes.u16(p.bytes, at + 2) == 0x0800 && Bytes.u16(p.bytes, at + 4) == 0x0604;
    if (!ipv4 || at + 28 > end) {
      return;
    }
    p.pushOuter();
    p.version = 0;
    p.transport = Packet.ARP;
    p.arpOperation = Bytes.u16(p.bytes, at + 6);
    p.sourceHigh = p.destinationHigh = 0;
    p.sourceLow = Address.ofIpv4(Bytes.s32(p.bytes, at + 14));
    p.destinationLow = Address.ofIpv4(Bytes.s32(p.bytes, at + 24));
  }
}
