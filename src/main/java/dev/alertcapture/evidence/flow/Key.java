package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;

/**
 * What tells flows apart, of the packet at hand: both addresses and ports without their order, the
 * protocol, the tunnel. VLAN ids are compared side by side: a capture may see one direction tagged
 * and the other not.
 */
final class Key {
  /** The smaller of both address numbers, and the larger. */
  int low;

  int high;

  /** The port at the lower address in the upper half, the other one in the lower half. */
  int ports;

  /** The protocol, and the tunnel's kind from bit 8 on. */
  int kind;

  int tunnelId;
  int vlan;

  /**
   * The packet's sender is the side of the lower address (or of the lower port, if both are the
   * same).
   */
  boolean fromLow;

  int hash;

  void set(int source, int sourcePort, int destination, int destinationPort, int protocol) {
    fromLow = source < destination || (source == destination && sourcePort <= destinationPort);
    low = fromLow ? source : destination;
    high = fromLow ? destination : source;
    ports = fromLow ? sourcePort << 16 | destinationPort : destinationPort << 16 | sourcePort;
    kind = protocol;
    tunnelId = 0;
    vlan = 0;
  }

  void context(int tunnel, int id, int vlanIds) {
    kind = (kind & 0xFF) | tunnel << 8;
    tunnelId = id;
    vlan = vlanIds;
    long mixed = ((long) low << 32 | high) * 0x9E3779B97F4A7C15L + ports;
    mixed = (mixed ^ mixed >>> 29) * 0xD6E8FEB86659FD93L + kind + tunnelId;
    hash = (int) (mixed >>> 32) ^ (int) mixed;
  }

  /** The protocol of a packet as flows have it. */
  static int protocol(Packet p) {
    return p.transport == Packet.NONE ? Math.max(0, p.protocol) : p.transport;
  }
}
