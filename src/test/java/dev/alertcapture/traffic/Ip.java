package dev.alertcapture.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** IPv4 and IPv6 packets. */
final class Ip {
  static final int ICMP = 1;
  static final int IN_IP = 4;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int IPV6_IN_IP = 41;
  static final int FRAGMENT = 44;
  static final int GRE = 47;
  static final int ICMPV6 = 58;
  static final int V4_HEADER = 20;
  static final int V6_HEADER = 40;

  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;

  private Ip() {}

  /**
   * @param id IPv4 identification
   * @param body what the IP header carries, or its first bytes
   * @param bodyLength of the whole of it
   */
  static Packet packet(
      Host from, Host to, int protocol, int id, int ttl, byte[] body, int bodyLength) {
    boolean whole = protocol == ICMP || protocol == UDP;
    return packet(from, to, protocol, id, whole ? 0 : DONT_FRAGMENT, ttl, body, bodyLength);
  }

  private static Packet packet(
      Host from,
      Host to,
      int protocol,
      int id,
      int fragment,
      int ttl,
      byte[] body,
      int bodyLength) {
    if (from.isV6() != to.isV6()) {
      throw new IllegalArgumentException("an IPv4 and an IPv6 address");
    }
    if (from.isV6()) {
      byte[] header =
          new Octets(V6_HEADER)
              .u32(0x6000_0000L)
              .u16(bodyLength)
              .u8(protocol)
              .u8(ttl)
              .add(from.address())
              .add(to.address())
              .bytes();
      return new Packet(Packet.IPV6, body, bodyLength, from, to).behind(header, Packet.IPV6);
    }
    Octets header =
        new Octets(V4_HEADER)
            .u16(0x4500)
            .u16(V4_HEADER + bodyLength)
            .u16(id)
            .u16(fragment)
            .u8(ttl)
            .u8(protocol)
            .u16(0)
            .add(from.address())
            .add(to.address());
    header.set16(10, Checksum.of(Checksum.sum(header.bytes())));
    return new Packet(Packet.IPV4, body, bodyLength, from, to).behind(header.bytes(), Packet.IPV4);
  }

  /** What the pseudo header adds to a checksum. */
  static long pseudoSum(Host from, Host to, int protocol, int length) {
    return Checksum.sum(from.address()) + Checksum.sum(to.address()) + protocol + length;
  }

  /** A UDP datagram; checksum 0 is sent as 0xFFFF. */
  static byte[] udp(Host from, int fromPort, Host to, int toPort, byte[] data) {
    int length = 8 + data.length;
    Octets out = new Octets(length).u16(fromPort).u16(toPort).u16(length).u16(0).add(data);
    long sum = pseudoSum(from, to, UDP, length) + Checksum.sum(out.bytes());
    int checksum = Checksum.of(sum);
    return out.set16(6, checksum == 0 ? 0xFFFF : checksum).bytes();
  }

  /** A UDP header without a checksum, as tunnels over IPv4 and IPv6 may have it. */
  static byte[] udpHeader(int fromPort, int toPort, int dataLength) {
    return new Octets(8).u16(fromPort).u16(toPort).u16(8 + dataLength).u16(0).bytes();
  }

  /** Sets a packet's TTL or hop limit, mending its checksum. */
  static Packet withTtl(Packet packet, int ttl) {
    byte[] bytes = packet.bytes.clone();
    if (packet.etherType == Packet.IPV4) {
      bytes[8] = (byte) ttl;
      bytes[10] = 0;
      bytes[11] = 0;
      int checksum = Checksum.of(Checksum.sum(bytes, 0, V4_HEADER));
      bytes[10] = (byte) (checksum >> 8);
      bytes[11] = (byte) checksum;
    } else if (packet.etherType == Packet.IPV6) {
      bytes[7] = (byte) ttl;
    }
    return new Packet(packet.etherType, bytes, packet.length, packet.from, packet.to);
  }

  /** Cuts a packet into fragments of at most {@code mtu} bytes, whatever it says of that. */
  static List<Packet> fragments(Packet packet, int mtu, int id) {
    boolean v6 = packet.etherType == Packet.IPV6;
    int header = v6 ? V6_HEADER : V4_HEADER;
    if (packet.length <= mtu || !(v6 || packet.etherType == Packet.IPV4)) {
      return List.of(packet);
    }
    int each = (mtu - header - (v6 ? 8 : 0)) / 8 * 8;
    int protocol = packet.bytes[v6 ? 6 : 9];
    int ttl = packet.bytes[v6 ? 7 : 8] & 0xFF;
    List<Packet> all = new ArrayList<>();
    for (int at = 0; at < packet.length - header; at += each) {
      int length = Math.min(each, packet.length - header - at);
      boolean more = header + at + length < packet.length;
      int first = Math.min(packet.bytes.length, header + at);
      byte[] body =
          Arrays.copyOfRange(packet.bytes, first, Math.min(packet.bytes.length, first + length));
      if (v6) {
        byte[] extension =
            new Octets(8).u8(protocol).u8(0).u16(at | (more ? 1 : 0)).u32(id).bytes();
        Packet part = new Packet(Packet.IPV6, body, length, packet.from, packet.to);
        Packet extended = part.behind(extension, Packet.IPV6);
        all.add(
            packet(packet.from, packet.to, FRAGMENT, 0, 0, ttl, extended.bytes, extended.length));
      } else {
        int field = (at / 8) | (more ? MORE_FRAGMENTS : 0);
        all.add(packet(packet.from, packet.to, protocol, id, field, ttl, body, length));
      }
    }
    return all;
  }
}
