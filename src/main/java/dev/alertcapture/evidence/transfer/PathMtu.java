package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.packet.Packet;

final class PathMtu {
  private static final int UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int PACKET_TOO_BIG = 2;

  private PathMtu() {}

  /** Whether a box says that a packet is too big for it (RFC 1191, RFC 8201). */
  static boolean isTooBig(Packet p) {
    boolean four = p.transport == Packet.ICMP && p.icmpType == UNREACHABLE;
    boolean six = p.transport == Packet.ICMPV6 && p.icmpType == PACKET_TOO_BIG;
    return (four && p.icmpCode == FRAGMENTATION_NEEDED) || six;
  }
}
