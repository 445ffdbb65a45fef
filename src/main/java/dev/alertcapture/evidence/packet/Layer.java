package dev.alertcapture.evidence.packet;

/** The protocols of layers 2 to 4 in the order in which a packet nests them. */
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
  public static final byte HOP_BY_HOP = 13;
  public static final byte ROUTING = 14;
  public static final byte FRAGMENT = 15;
  public static final byte DESTINATION = 16;
  public static final byte AUTHENTICATION = 17;
  public static final byte TCP = 18;
  public static final byte UDP = 19;
  public static final byte ICMP = 20;
  public static final byte ICMPV6 = 21;
  public static final byte GRE = 22;
  public static final byte ERSPAN = 23;
  public static final byte VXLAN = 24;
  public static final byte GENEVE = 25;
  public static final byte TEREDO = 26;
  public static final byte PSEUDOWIRE = 27;
  public static final byte VLAN_SERVICE = 28;
  public static final int COUNT = 29;

  private Layer() {}

  /** The protocol's name in a display filter. */
  public static String name(int layer) {
    return switch (layer) {
      case ETHERNET -> "eth";
      case COOKED, COOKED_2 -> "sll";
      case NULL -> "null";
      case RAW -> "raw";
      case VLAN -> "vlan";
      case VLAN_SERVICE -> "ieee8021ad";
      case MPLS -> "mpls";
      case PPPOE -> "pppoes";
      case PPP -> "ppp";
      case LLC -> "llc";
      case ARP -> "arp";
      case IPV4 -> "ip";
      case IPV6 -> "ipv6";
      case HOP_BY_HOP -> "ipv6.hopopts";
      case ROUTING -> "ipv6.routing";
      case FRAGMENT -> "ipv6.fraghdr";
      case DESTINATION -> "ipv6.dstopts";
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
