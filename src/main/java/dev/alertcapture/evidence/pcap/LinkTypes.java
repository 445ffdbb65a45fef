package dev.alertcapture.evidence.pcap;

/** Link types by their numbers in the registry of tcpdump.org. */
public final class LinkTypes {
  public static final int NULL = 0;
  public static final int ETHERNET = 1;

  /** Raw IP under the numbers that some systems' own headers have for it. */
  public static final int RAW_BSD = 12;

  /** OpenBSD's number for raw IP. */
  public static final int RAW_OPENBSD = 14;

  public static final int RAW = 101;
  public static final int LOOP = 108;
  public static final int LINUX_COOKED = 113;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int LINUX_COOKED_2 = 276;

  private LinkTypes() {}

  /** A name for people; the number itself where it is not one of the usual ones. */
  public static String name(int link) {
    return switch (link) {
      case NULL -> "BSD loopback";
      case ETHERNET -> "Ethernet";
      case 6 -> "Token Ring";
      case 9 -> "PPP";
      case RAW, RAW_BSD, RAW_OPENBSD -> "raw IP";
      case 50 -> "PPP in HDLC framing";
      case 104 -> "Cisco HDLC";
      case 105 -> "IEEE 802.11";
      case 107 -> "Frame Relay";
      case LOOP -> "OpenBSD loopback";
      case LINUX_COOKED -> "Linux cooked";
      case 127 -> "IEEE 802.11 with radiotap";
      case 189, 220 -> "USB";
      case IPV4 -> "raw IPv4";
      case IPV6 -> "raw IPv6";
      case 239 -> "Netfilter log";
      case 247 -> "InfiniBand";
      case 253 -> "Netlink";
      case LINUX_COOKED_2 -> "Linux cooked 2";
      default -> "link type " + link;
    };
  }
}
