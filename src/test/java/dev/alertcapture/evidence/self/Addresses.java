package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as packets have them: the higher and the lower long. */
final class Addresses {
  private Addresses() {}

  static long[] of(String literal) {
    try {
      byte[] octets = InetAddress.getByName(literal).getAddress();
      return octets.length == 4
          ? new long[] {0, Address.ofIpv4(Bytes.s32(octets, 0))}
          : new long[] {Bytes.s64(octets, 0), Bytes.s64(octets, 8)};
    } catch (UnknownHostException e) {
      throw new AssertionError(literal, e);
    }
  }
}
