package dev.alertcapture.evidence.packet;

/**
 * One decoded packet, reused for all: every field holds until the next {@link Decoder#decode}.
 *
 * <p>With tunnels, the addresses, ports and lengths are those of the innermost packet; the outer
 * ones are in {@link #outer}. All lengths are those on the wire, never what was captured; only
 * {@link #payloadFrom} and {@link #payloadTo} bound bytes that can be read. Addresses are two longs
 * with IPv4 as {@code ::ffff:a.b.c.d}; {@link Address} reads and writes them. Fields of a layer
 * that the packet does not have keep nonsense: ask {@link #version} and {@link #transport} first.
 */
public final class Packet {
  /** No transport header that could be read. */
  public static final int NONE = 0;

  public static final int TCP = 6;
  public static final int UDP = 17;
  public static final int ICMP = 1;
  public static final int ICMPV6 = 58;

  /** For {@link #transport}; sender and target stand in the addresses, {@link #version} is 0. */
  public static final int ARP = 0x0806;

  public static final int FIN = 1;
  public static final int SYN = 2;
  public static final int RST = 4;
  public static final int PSH = 8;
  public static final int ACK = 16;
  public static final int URG = 32;
  public static final int ECE = 64;
  public static final int CWR = 128;

  /** {@link #fragment}: no fragment, or the only one of its datagram. */
  public static final int WHOLE = 0;

  /** The first fragment: it has the ports; its transport header is not analysed yet. */
  public static final int FIRST = 1;

  /** A later fragment; ports only where the first one came before it. */
  public static final int LATER = 2;

  /** The fragment that completes its datagram, which is decoded with it. */
  public static final int COMPLETING = 3;

  static final int MAX_LAYERS = 24;
  static final int MAX_OUTER = 4;

  // The record.

  /** As Wireshark numbers frames, from 1. */
  public long frame;

  /** Where the record is in the file. */
  public long offset;

  /** Nanoseconds since 1970. */
  public long time;

  /** False where the file keeps no time for this record. */
  public boolean timed;

  /** The fraction of a second is one second or more: the clock or the file is wrong. */
  public boolean badFraction;

  /** Length on the wire, layer 2 included. */
  public int wireLength;

  /** Bytes of it in the file. */
  public int captured;

  public int link;

  /** pcapng's interface, or the interface index that a Linux cooked 2 header has. */
  public int interfaceId;

  /** The frame's bytes, from {@link #from} to {@link #to}. */
  public byte[] data;

  public int from;
  public int to;

  // Layers.

  /** The protocols of layers 2 to 4, outermost first: {@link #layerCount} of {@link Layer}. */
  public final byte[] layers = new byte[MAX_LAYERS];

  public int layerCount;

  /** Outermost MAC addresses in 48 bits, -1 where there are none; cooked headers have a source. */
  public long sourceMac;

  public long destinationMac;

  /** Linux cooked packet type (0 to us, 1 broadcast, 2 multicast, 3 to others, 4 by us), or -1. */
  public int cookedType;

  /** VLAN ids, the outer one times 4,096 plus the inner one; 0 for none. */
  public int vlan;

  /** What the innermost packet travels in: a {@link Layer}, or 0 for no tunnel. */
  public int tunnel;

  /** VNI or key of the innermost tunnel, 0 where it has none. */
  public int tunnelId;

  /** Addresses of the packets around the innermost one, four longs each, outermost first. */
  public final long[] outer = new long[4 * MAX_OUTER];

  public int outerCount;

  // Network.

  /** 4, 6, or 0 where there is no IP packet. */
  public int version;

  public long sourceHigh;
  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;
  public int ttl;

  /** DSCP and ECN. */
  public int trafficClass;

  /** IPv4 identification; 0 in IPv6 without a fragment header. */
  public int ipId;

  public boolean dontFragment;

  /** The protocol behind the IP headers, whether or not it could be read. */
  public int protocol;

  /**
   * Total length of the outermost IP packet. Where its header says 0, for segmentation was left to
   * the card, or says more than there was: what the frame had behind layer 2.
   */
  public int ipLength;

  /** {@link #WHOLE}, {@link #FIRST}, {@link #LATER} or {@link #COMPLETING}. */
  public int fragment;

  /** Where this fragment's bytes belong in its datagram. */
  public int fragmentOffset;

  // Transport.

  /** {@link #TCP}, {@link #UDP}, {@link #ICMP}, {@link #ICMPV6}, {@link #ARP}, else NONE. */
  public int transport;

  /** Ports; the id of an ICMP echo stands in both. */
  public int sourcePort;

  public int destinationPort;

  /** False where {@link #payloadLength} is not known: a first fragment, a damaged length. */
  public boolean lengthKnown;

  /** Bytes behind the transport header, on the wire. */
  public int payloadLength;

  /** The bytes that hold the transport header and the payload: {@link #data}, or reassembled. */
  public byte[] bytes;

  /** Where the transport header begins in {@link #bytes}. */
  public int transportFrom;

  /** The captured part of the payload is in {@link #bytes} from here ... */
  public int payloadFrom;

  /** ... to here, exclusive. */
  public int payloadTo;

  public int sequence;
  public int acknowledgment;
  public int flags;
  public int window;
  public final TcpOptions options = new TcpOptions();

  public int icmpType;
  public int icmpCode;

  /** Next-hop MTU of "fragmentation needed" and "packet too big", else 0. */
  public int mtu;

  /** The packet that an ICMP error is about. */
  public final Quote quote = new Quote();

  /** 1 request, 2 reply. */
  public int arpOperation;

  void begin() {
    layerCount = 0;
    sourceMac = -1;
    destinationMac = -1;
    cookedType = -1;
    vlan = 0;
    tunnel = 0;
    tunnelId = 0;
    outerCount = 0;
    version = 0;
    transport = NONE;
    protocol = -1;
    fragment = WHOLE;
    lengthKnown = false;
    payloadLength = 0;
    bytes = data;
    transportFrom = payloadFrom = payloadTo = to;
    sourcePort = destinationPort = 0;
    flags = 0;
    ipLength = 0;
    quote.present = false;
  }

  /** Notes a protocol; false where the packet nests deeper than is looked at. */
  boolean layer(byte layer) {
    if (layerCount == MAX_LAYERS) {
      return false;
    }
    layers[layerCount++] = layer;
    return true;
  }

  /** Puts the addresses of an IP packet aside, in whose payload another one was found. */
  void pushOuter() {
    if (version != 0 && outerCount < MAX_OUTER) {
      outer[4 * outerCount] = sourceHigh;
      outer[4 * outerCount + 1] = sourceLow;
      outer[4 * outerCount + 2] = destinationHigh;
      outer[4 * outerCount + 3] = destinationLow;
      outerCount++;
    }
  }

  /** Whether all of these TCP flags are set. */
  public boolean has(int tcpFlags) {
    return (flags & tcpFlags) == tcpFlags;
  }

  /** A SYN without ACK. */
  public boolean isPureSyn() {
    return (flags & (SYN | ACK)) == SYN;
  }
}
