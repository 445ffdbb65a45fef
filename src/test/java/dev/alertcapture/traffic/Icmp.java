package dev.alertcapture.traffic;

/** ICMP and ICMPv6 messages. */
final class Icmp {
  private static final int QUOTED = 128;

  private Icmp() {}

  /** An error about a packet, to its sender. */
  static Packet error(Host from, Packet about, int type, int code, int value) {
    int quoted = Math.min(QUOTED, about.bytes.length);
    Octets data = new Octets(quoted).add(about.bytes, 0, quoted);
    return message(from, about.from, type, code, value, data.bytes());
  }

  /** The same numbers in both versions; {@code value}: the second word. */
  static Packet message(Host from, Host to, int type, int code, long value, byte[] data) {
    int protocol = from.isV6() ? Ip.ICMPV6 : Ip.ICMP;
    Octets out = new Octets().u8(type).u8(code).u16(0).u32(value).add(data);
    long pseudo = from.isV6() ? Ip.pseudoSum(from, to, protocol, out.size()) : 0;
    byte[] body = out.set16(2, Checksum.of(pseudo + Checksum.sum(out.bytes()))).bytes();
    return Ip.packet(from, to, protocol, 0, from.ttl(), body, body.length);
  }
}
