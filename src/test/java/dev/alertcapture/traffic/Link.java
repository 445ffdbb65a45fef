package dev.alertcapture.traffic;

/** What stands before the network layer in a frame. */
public enum Link {
  ETHERNET(1),
  /** Linux cooked, version 1. */
  COOKED(113),
  /** Linux cooked, version 2. */
  COOKED2(276),
  RAW(101),
  IPV4(228),
  IPV6(229),
  /** BSD loopback, the family in the writer's byte order: little endian here. */
  NULL(0),
  /** OpenBSD loopback, the family in network byte order. */
  LOOP(108);

  private static final int ARPHRD_ETHER = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 30;
  private static final int BROADCAST = 1;
  private static final int MULTICAST = 2;

  final int number;

  Link(int number) {
    this.number = number;
  }

  /** The frame of a packet. {@code direction}: cooked packet type, 0 to us, 3 others', 4 ours. */
  byte[] frame(Packet packet, int direction) {
    byte[] from = packet.from.mac();
    byte[] to = packet.to.mac();
    Octets frame = new Octets(packet.bytes.length + 20);
    switch (this) {
      case ETHERNET -> frame.add(to).add(from).u16(packet.etherType);
      case COOKED ->
          frame
              .u16(type(to, direction))
              .u16(ARPHRD_ETHER)
              .u16(from.length)
              .add(from)
              .u16(0)
              .u16(packet.etherType);
      case COOKED2 ->
          frame
              .u16(packet.etherType)
              .u16(0)
              .u32(2) // interface index
              .u16(ARPHRD_ETHER)
              .u8(type(to, direction))
              .u8(from.length)
              .add(from)
              .u16(0);
      case NULL -> frame.u8(family(packet)).u24(0);
      case LOOP -> frame.u32(family(packet));
      case RAW, IPV4, IPV6 -> family(packet);
    }
    return frame.add(packet.bytes).bytes();
  }

  int headerLength() {
    return switch (this) {
      case ETHERNET -> 14;
      case COOKED -> 16;
      case COOKED2 -> 20;
      case NULL, LOOP -> 4;
      case RAW, IPV4, IPV6 -> 0;
    };
  }

  private static int type(byte[] to, int direction) {
    if (direction == Traffic.OUTGOING || to[0] % 2 == 0) {
      return direction;
    }
    return to[0] == -1 ? BROADCAST : MULTICAST;
  }

  private static int family(Packet packet) {
    return switch (packet.etherType) {
      case Packet.IPV4 -> AF_INET;
      case Packet.IPV6 -> AF_INET6;
      default -> throw new IllegalStateException("IP alone goes over a link without a header");
    };
  }
}
