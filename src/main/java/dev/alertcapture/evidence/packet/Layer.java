package dev.alertcapture.evidence.packet;

/** The protocols of layers 2 to 4, as a packet nests them. IPv6's extension headers are IPv6. */
public final class Layer {
  public static final byte ETHERNET = 0;
  public static final byte COOKED = 1;
  public static final byte COOKED_2 = 2;
  public static final byte NULL = 3;
  public static final byte RAW = 4;
  public static final byte VLAN = 5;
  public static final byte MPLS = 6;
  public static final byte PPPOE = 7;
  public static final byte PPP = 8;
  public static final byte LLC = 9;
  public static final byte ARP = 10;
  public static final byte IPV4 = 11;
  public static final byte IPV6 = 12;
  public static final byte AUTHENTICATION = 13;
  public static final byte TCP = 14;
  public static final byte UDP = 15;
  public static final byte ICMP = 16;
  public static final byte ICMPV6 = 17;
  public static final byte GRE = 18;
  public static final byte ERSPAN = 19;
  public static final byte VXLAN = 20;
  public static final byte GENEVE = 21;
  public static final byte TEREDO = 22;
  public static final byte PSEUDOWIRE = 23;

  /** The outer tag of two, 802.1ad. */
  public static final byte SERVICE_VLAN = 24;

  public static final int COUNT = 25;

  private Layer() {}

  /** The protocol's name in a display filter. */
  public static String name(int layer) {
    return switch (layer) {
      case ETHERNET -> "eth";
      case COOKED, COOKED_2 -> "sll";
      case NULL -> "null";
      case RAW -> "raw";
      case VLAN -> "vlan";
      case SERVICE_VLAN -> "ieee8021ad";
      case MPLS -> "mpls";
      case PPPOE -> "pppoes";
      case PPP -> "ppp";
      case LLC -> "llc";
      case ARP -> "arp";
      case IPV4 -> "ip";
      case IPV6 -> "ipv6";
      case AUTHENTICATION -> "ah";
      case TCP -> "tcp";
      case UDP -> "udp";
      case ICMP -> "icmp";
      case ICMPV6 -> "icmpv6";
      case GRE -> "gre";
      case ERSPAN -> "erspan";
      case VXLAN -> "vxlan";
      case GENEVE -> "geneve";
      case TEREDO -> "teredo";
      case PSEUDOWIRE -> "pwethcw";
      default -> "unknown";
    };
  }
}
