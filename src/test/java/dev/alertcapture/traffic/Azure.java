package dev.alertcapture.traffic;

import java.util.HexFormat;

/** Who is on each of Azure's virtual networks. */
public final class Azure {
  private static final String ROUTER_MAC = "123456789abc";

  /** The agent's server, resolver, DHCP server and load balancer probe. */
  public static final Host WIRE_SERVER = Host.at("168.63.129.16").ttl(128);

  /** The instance metadata service. */
  public static final Host METADATA = Host.at("169.254.169.254").ttl(128);

  private Azure() {}

  /** What all traffic of a machine comes from and goes to: 12:34:56:78:9a:bc. */
  static byte[] routerMac() {
    return HexFormat.of().parseHex(ROUTER_MAC);
  }
}
