package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;

/**
 * Azure's own addresses, and what kinds of address there are beside them. An address is two longs,
 * IPv4 as {@code ::ffff:a.b.c.d}. Each is the platform's, {@link #isPrivate private}, {@link
 * #isPublic public} or nobody's.
 */
public final class Platform {
  /** 168.63.129.16: agent, resolver, DHCP, load balancer probes. */
  private static final int WIRE_SERVER = 0xA83F_8110;

  /** 169.254.169.254: instance metadata. */
  private static final int METADATA = 0xA9FE_A9FE;

  private Platform() {}

  /** 168.63.129.16 or 169.254.169.254. */
  public static boolean is(long high, long low) {
    return Address.isIpv4(high, low) && ((int) low == WIRE_SERVER || (int) low == METADATA);
  }

  /** Not routed on the internet: RFC 1918, 4193 and 6598, link-local, loopback. */
  public static boolean isPrivate(long high, long low) {
    if (is(high, low)) {
      return false;
    }
    if (!Address.isIpv4(high, low)) {
      boolean loopback = high == 0 && low == 1;
      return loopback || high >>> 57 == 0xFC >> 1 || high >>> 54 == 0xFE80 >> 6;
    }
    int address = (int) low;
    return address >>> 24 == 10
        || address >>> 20 == 0xAC1
        || address >>> 16 == 0xC0A8
        || address >>> 22 == 0x6440 >> 6
        || address >>> 16 == 0xA9FE
        || address >>> 24 == 127;
  }

  /** A host's address on the internet; those of documentation (RFC 5737) are taken for such. */
  public static boolean isPublic(long high, long low) {
    return isHost(high, low) && !is(high, low) && !isPrivate(high, low);
  }

  /** One machine's: not unspecified, multicast or broadcast, and of no reserved range. */
  public static boolean isHost(long high, long low) {
    if (Address.isIpv4(high, low)) {
      int first = (int) low >>> 24;
      return first != 0 && first < 0xE0;
    }
    return !Address.isMulticast(high, low) && (high | low) != 0;
  }
}
