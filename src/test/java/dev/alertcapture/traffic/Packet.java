package dev.alertcapture.traffic;

/** A network layer packet, or what wraps one, of which the first bytes may be all there is. */
final class Packet {
  static final int IPV4 = 0x0800;
  static final int IPV6 = 0x86DD;
  static final int ARP = 0x0806;

  final int etherType;
  final byte[] bytes;
  final int length;
  final Host from;
  final Host to;

  Packet(int etherType, byte[] bytes, int length, Host from, Host to) {
    this.etherType = etherType;
    this.bytes = bytes;
    this.length = length;
    this.from = from;
    this.to = to;
  }

  /** The same behind a header. */
  Packet behind(byte[] header, int type) {
    return behind(header, type, from, to);
  }

  Packet behind(byte[] header, int type, Host source, Host target) {
    byte[] all = new Octets(header.length + bytes.length).add(header).add(bytes).bytes();
    return new Packet(type, all, header.length + length, source, target);
  }
}
