package dev.alertcapture.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * What is put around packets on their way past the capture, from the inside out: {@code
 * Encapsulation.NONE.vxlan(left, right, 42).vlan(7)} is a tunnel whose outer frames have a tag.
 *
 * <p>{@code left} is the end of a tunnel at the client's, {@code right} the one at the server's.
 */
public final class Encapsulation {
  public static final Encapsulation NONE = new Encapsulation(List.of(), 0);

  private static final int VLAN = 0x8100;
  private static final int SERVICE_VLAN = 0x88A8;
  private static final int MPLS = 0x8847;
  private static final int PPPOE_SESSION = 0x8864;
  private static final int TRANSPARENT_BRIDGING = 0x6558;
  private static final int TUNNEL_SOURCE_PORT = 52_000;
  private static final int VXLAN_PORT = 4789;
  private static final int GENEVE_PORT = 6081;
  private static final int TEREDO_PORT = 3544;

  private interface Layer {
    Packet around(Packet packet, boolean fromClient);
  }

  private final List<Layer> layers;
  private final int mtu;

  private Encapsulation(List<Layer> layers, int mtu) {
    this.layers = layers;
    this.mtu = mtu;
  }

  /** Cuts packets that are longer than this into fragments, before anything is around them. */
  public Encapsulation fragmented(int above) {
    return new Encapsulation(layers, above);
  }

  /** Only around what the client sends. */
  public Encapsulation ofClient() {
    List<Layer> some = new ArrayList<>();
    for (Layer layer : layers) {
      some.add((packet, fromClient) -> fromClient ? layer.around(packet, true) : packet);
    }
    return new Encapsulation(List.copyOf(some), mtu);
  }

  public Encapsulation vlan(int id) {
    return tag(VLAN, id);
  }

  /** An 802.1ad tag: the outer one of QinQ. */
  public Encapsulation serviceVlan(int id) {
    return tag(SERVICE_VLAN, id);
  }

  private Encapsulation tag(int type, int id) {
    // A tag's header is its id and the type of what follows; its own type stands before it.
    return with((p, client) -> p.behind(new Octets(4).u16(id).u16(p.etherType).bytes(), type));
  }

  public Encapsulation mpls(int label) {
    int bottomOfStack = (label << 12) | 0x100 | 64;
    return with((p, client) -> p.behind(new Octets(4).u32(bottomOfStack).bytes(), MPLS));
  }

  public Encapsulation pppoe(int session) {
    return with(
        (p, client) -> {
          int protocol = p.etherType == Packet.IPV6 ? 0x57 : 0x21;
          Octets header = new Octets(8).u16(0x1100).u16(session).u16(p.length + 2).u16(protocol);
          return p.behind(header.bytes(), PPPOE_SESSION);
        });
  }

  public Encapsulation ipip(Host left, Host right) {
    return with(
        (p, client) ->
            outer(p, left, right, client, p.etherType == Packet.IPV6 ? Ip.IPV6_IN_IP : Ip.IN_IP));
  }

  public Encapsulation gre(Host left, Host right) {
    return with(
        (p, client) -> {
          byte[] header = new Octets(4).u16(0).u16(p.etherType).bytes();
          return outer(p.behind(header, p.etherType), left, right, client, Ip.GRE);
        });
  }

  /** GRE with a key and whole Ethernet frames in it. */
  public Encapsulation greBridge(Host left, Host right, long key) {
    return with(
        (p, client) -> {
          byte[] header = new Octets(8).u16(0x2000).u16(TRANSPARENT_BRIDGING).u32(key).bytes();
          return outer(ethernet(p).behind(header, p.etherType), left, right, client, Ip.GRE);
        });
  }

  public Encapsulation vxlan(Host left, Host right, int network) {
    return with(
        (p, client) -> {
          byte[] header = new Octets(8).u32(0x0800_0000).u24(network).u8(0).bytes();
          Packet inner = ethernet(p).behind(header, p.etherType);
          return udp(inner, left, right, client, TUNNEL_SOURCE_PORT, VXLAN_PORT);
        });
  }

  public Encapsulation geneve(Host left, Host right, int network) {
    return with(
        (p, client) -> {
          Octets header = new Octets(8).u16(0).u16(TRANSPARENT_BRIDGING).u24(network).u8(0);
          Packet inner = ethernet(p).behind(header.bytes(), p.etherType);
          return udp(inner, left, right, client, TUNNEL_SOURCE_PORT, GENEVE_PORT);
        });
  }

  /** IPv6 in UDP over IPv4. */
  public Encapsulation teredo(Host left, Host right) {
    return with(
        (p, client) ->
            udp(
                p,
                left,
                right,
                client,
                client ? TUNNEL_SOURCE_PORT : TEREDO_PORT,
                client ? TEREDO_PORT : TUNNEL_SOURCE_PORT));
  }

  private Encapsulation with(Layer layer) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(layer);
    return new Encapsulation(List.copyOf(more), mtu);
  }

  private static Packet ethernet(Packet packet) {
    byte[] frame = Link.ETHERNET.frame(packet, Traffic.OTHERS);
    int length = Link.ETHERNET.headerLength() + packet.length;
    return new Packet(packet.etherType, frame, length, packet.from, packet.to);
  }

  private static Packet udp(
      Packet inner, Host left, Host right, boolean client, int source, int target) {
    byte[] header = Ip.udpHeader(source, target, inner.length);
    return outer(inner.behind(header, inner.etherType), left, right, client, Ip.UDP);
  }

  private static Packet outer(Packet body, Host left, Host right, boolean client, int protocol) {
    Host from = client ? left : right;
    Host to = client ? right : left;
    return Ip.packet(from, to, protocol, 0, from.ttl(), body.bytes, body.length);
  }

  /** The packets that go over the link for one. */
  List<Packet> of(Packet packet, boolean fromClient, int id) {
    if (layers.isEmpty() && mtu == 0) {
      return List.of(packet);
    }
    List<Packet> all = new ArrayList<>();
    for (Packet part : mtu == 0 ? List.of(packet) : Ip.fragments(packet, mtu, id)) {
      Packet wrapped = part;
      for (Layer layer : layers) {
        wrapped = layer.around(wrapped, fromClient);
      }
      all.add(wrapped);
    }
    return all;
  }
}
