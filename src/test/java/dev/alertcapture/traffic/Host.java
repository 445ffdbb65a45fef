package dev.alertcapture.traffic;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An address on the network, the MAC that its frames carry where the capture sees them, and its
 * packets' TTL or hop limit there.
 */
public final class Host {
  private static final int OWN_TTL = 64;
  private static final int FAR_TTL = 57;

  private final byte[] address;
  private final byte[] mac;
  private final int ttl;

  private Host(byte[] address, byte[] mac, int ttl) {
    this.address = address;
    this.mac = mac;
    this.ttl = ttl;
  }

  /** A virtual machine in Azure, with a MAC of its own. */
  public static Host machine(String address) {
    byte[] bytes = parse(address);
    return new Host(bytes, mac(0x000D3A, bytes), OWN_TTL);
  }

  /** Whoever is reached through Azure's router. */
  public static Host at(String address) {
    return new Host(parse(address), Azure.routerMac(), FAR_TTL);
  }

  /** A neighbour on the same link. */
  public static Host neighbour(String address) {
    byte[] bytes = parse(address);
    return new Host(bytes, mac(0x00155D, bytes), OWN_TTL);
  }

  /** Another address behind the same MAC. */
  public Host address(String other) {
    return new Host(parse(other), mac, ttl);
  }

  public Host mac(String hex) {
    return new Host(address, HexFormat.ofDelimiter(":").parseHex(hex), ttl);
  }

  public Host ttl(int to) {
    return new Host(address, mac, to);
  }

  byte[] address() {
    return address;
  }

  byte[] mac() {
    return mac;
  }

  int ttl() {
    return ttl;
  }

  boolean isV6() {
    return address.length == 16;
  }

  boolean sameAddress(Host other) {
    return Arrays.equals(address, other.address);
  }

  /** Four or sixteen bytes; names are not looked up. */
  static byte[] parse(String address) {
    if (!address.matches("[0-9a-fA-F:.]+")) {
      throw new IllegalArgumentException("no address: " + address);
    }
    try {
      return InetAddress.getAllByName(address)[0].getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address: " + address, e);
    }
  }

  private static byte[] mac(int vendor, byte[] address) {
    return new Octets(6).u24(vendor).add(address, address.length - 3, address.length).bytes();
  }
}
