package dev.alertcapture.traffic;

import java.util.HexFormat;

/** A second look at each packet: what a capture sees twice, or a network delivers twice. */
public final class Copy {
  private final long after;
  private final int hops;
  private final byte[] mac;
  private final Encapsulation around;
  private final Nic nic;

  private Copy(long after, int hops, byte[] mac, Encapsulation around, Nic nic) {
    this.after = after;
    this.hops = hops;
    this.mac = mac;
    this.around = around;
    this.nic = nic;
  }

  /** The same frame again so much later, or earlier where that is negative. */
  public static Copy after(long time) {
    return new Copy(time, 0, null, null, null);
  }

  /** With a TTL that is smaller by so much, and nothing else changed. */
  public Copy hops(int passed) {
    return new Copy(after, passed, mac, around, nic);
  }

  /** From another MAC. */
  public Copy mac(String source) {
    return new Copy(after, hops, HexFormat.ofDelimiter(":").parseHex(source), around, nic);
  }

  /** With something else around it, for one {@link Encapsulation#NONE}. */
  public Copy over(Encapsulation other) {
    return new Copy(after, hops, mac, other, nic);
  }

  /** On another interface. */
  public Copy on(Nic other) {
    return new Copy(after, hops, mac, around, other);
  }

  void put(Traffic traffic, long time, Packet packet, boolean fromClient, Way way, int id) {
    Packet again = hops == 0 ? packet : Ip.withTtl(packet, ttl(packet) - hops);
    if (mac != null) {
      Host from = again.from.mac(HexFormat.ofDelimiter(":").formatHex(mac));
      again = new Packet(again.etherType, again.bytes, again.length, from, again.to);
    }
    Encapsulation with = around == null ? way.around() : around;
    for (Packet part : with.of(again, fromClient, id)) {
      traffic.add(time + after, nic == null ? way.nic() : nic, part);
    }
  }

  private static int ttl(Packet packet) {
    return packet.bytes[packet.etherType == Packet.IPV6 ? 7 : 8] & 0xFF;
  }
}
