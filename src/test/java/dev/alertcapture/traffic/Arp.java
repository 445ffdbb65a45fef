package dev.alertcapture.traffic;

/** Questions for an address's MAC. */
public final class Arp extends Conversation<Arp> {
  private static final Host EVERYBODY = Host.at("255.255.255.255").mac("ff:ff:ff:ff:ff:ff");

  Arp(Traffic traffic, Host asker, Host asked) {
    super(traffic, asker, asked);
  }

  @Override
  Arp self() {
    return this;
  }

  public Arp ask() {
    turn(clientHost);
    put(message(1, clientHost, EVERYBODY, new byte[6], serverHost));
    return this;
  }

  public Arp answer() {
    turn(serverHost);
    put(message(2, serverHost, clientHost, clientHost.mac(), clientHost));
    return this;
  }

  private static Packet message(int operation, Host from, Host to, byte[] mac, Host about) {
    byte[] body =
        new Octets(28)
            .u16(1)
            .u16(Packet.IPV4)
            .u8(6)
            .u8(4)
            .u16(operation)
            .add(from.mac())
            .add(from.address())
            .add(mac)
            .add(about.address())
            .bytes();
    return new Packet(Packet.ARP, body, body.length, from, to);
  }
}
