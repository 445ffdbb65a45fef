package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Bytes;
import dev.alertcapture.evidence.packet.Packet;

/** DHCP's last message, which gives a client its address (RFC 2131, 2132). */
final class DhcpAck {
  private static final int SERVER_PORT = 67;
  private static final int CLIENT_PORT = 68;
  private static final int GIVEN = 16;
  private static final int OPTIONS = 240;
  private static final int COOKIE = 0x6382_5363;
  private static final int PAD = 0;
  private static final int MESSAGE_TYPE = 53;
  private static final int END = 255;
  private static final int ACK = 5;

  private DhcpAck() {}

  /** The address that a packet gives, 0 where it is another one. */
  static int address(Packet p) {
    boolean dhcp =
        p.transport == Packet.UDP
            && p.sourcePort == SERVER_PORT
            && p.destinationPort == CLIENT_PORT
            && p.payloadTo - p.payloadFrom > OPTIONS;
    int at = p.payloadFrom;
    if (!dhcp || Bytes.s32(p.bytes, at + OPTIONS - 4) != COOKIE) {
      return 0;
    }
    return isAck(p, at + OPTIONS) ? Bytes.s32(p.bytes, at + GIVEN) : 0;
  }

  private static boolean isAck(Packet p, int options) {
    int at = options;
    while (at + 2 < p.payloadTo && Bytes.u8(p.bytes, at) != END) {
      int option = Bytes.u8(p.bytes, at);
      if (option == MESSAGE_TYPE) {
        return Bytes.u8(p.bytes, at + 2) == ACK;
      }
      at += option == PAD ? 1 : 2 + Bytes.u8(p.bytes, at + 1);
    }
    return false;
  }
}
