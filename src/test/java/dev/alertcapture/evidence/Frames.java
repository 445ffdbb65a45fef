package dev.alertcapture.evidence;

import static dev.alertcapture.evidence.Octets.octets;

/** Headers for tests, each around the bytes of what is inside. */
public final class Frames {
  private Frames() {}

  public static byte[] ethernet(int type, byte... inside) {
    return octets().hex("020000000002 020000000001").u16(type).bytes(inside).get();
  }

  /** Ethernet and IPv4 around a transport header; addresses are 10.0.0.x. */
  public static byte[] frame(int source, int destination, int protocol, byte... inside) {
    return ethernet(0x0800, ipv4(source, destination, protocol, 1, inside));
  }

  public static byte[] ipv4(int source, int destination, int protocol, int id, byte... inside) {
    return fragment(source, destination, protocol, id, 0x4000, inside);
  }

  /** IPv4 with the field of flags and fragment offset as it stands in the header. */
  public static byte[] fragment(
      int source, int destination, int protocol, int id, int fragment, byte... inside) {
    return octets()
        .hex("4500")
        .u16(20 + inside.length)
        .u16(id)
        .u16(fragment)
        .u8(64)
        .u8(protocol)
        .u16(0)
        .u32(0x0A000000 + source)
        .u32(0x0A000000 + destination)
        .bytes(inside)
        .get();
  }

  /** IPv6 between fd00::x and fd00::y. */
  public static byte[] ipv6(int source, int destination, int next, byte... inside) {
    return octets()
        .hex("60000000")
        .u16(inside.length)
        .u8(next)
        .u8(64)
        .u64(0xFD00L << 48)
        .u64(source)
        .u64(0xFD00L << 48)
        .u64(destination)
        .bytes(inside)
        .get();
  }

  public static byte[] tcp(
      int source, int destination, long sequence, long ack, int flags, byte... payload) {
    return octets()
        .u16(source)
        .u16(destination)
        .u32(sequence)
        .u32(ack)
        .u8(0x50)
        .u8(flags)
        .u16(1000)
        .u32(0)
        .bytes(payload)
        .get();
  }

  public static byte[] udp(int source, int destination, byte... payload) {
    return octets()
        .u16(source)
        .u16(destination)
        .u16(8 + payload.length)
        .u16(0)
        .bytes(payload)
        .get();
  }

  /** The header of a classic pcap file in big endian. */
  public static Octets pcap(int link) {
    return octets().u32(0xA1B2C3D4L).u16(2).u16(4).u64(0).u32(65_535).u32(link);
  }

  /** A record of a classic pcap file; the time is in microseconds. */
  public static byte[] record(long time, byte... frame) {
    return octets()
        .u32(time / 1_000_000)
        .u32(time % 1_000_000)
        .u32(frame.length)
        .u32(frame.length)
        .bytes(frame)
        .get();
  }
}
