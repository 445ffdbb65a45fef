package dev.alertcapture.traffic;

/** The four messages that give a machine its address (RFC 2131). */
public final class Dhcp extends Conversation<Dhcp> {
  private static final Host EVERYBODY = Host.at("255.255.255.255").mac("ff:ff:ff:ff:ff:ff");
  private static final int CLIENT_PORT = 68;
  private static final int SERVER_PORT = 67;
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private final int transaction;
  private final Udp asking;
  private final Udp telling;

  Dhcp(Traffic traffic, Host client, Host server) {
    super(traffic, client, server);
    transaction = traffic.random().nextInt();
    asking = traffic.udp(clientHost.address("0.0.0.0"), CLIENT_PORT, EVERYBODY, SERVER_PORT);
    telling = traffic.udp(serverHost, SERVER_PORT, clientHost, CLIENT_PORT);
  }

  @Override
  Dhcp self() {
    return this;
  }

  public Dhcp discover() {
    return ask(1);
  }

  public Dhcp offer() {
    return tell(2);
  }

  public Dhcp request() {
    return ask(3);
  }

  public Dhcp acknowledge() {
    return tell(5);
  }

  private Dhcp ask(int type) {
    turn(clientHost);
    put(asking.packet(true, message(REQUEST, type)));
    return this;
  }

  private Dhcp tell(int type) {
    turn(serverHost);
    put(telling.packet(true, message(REPLY, type)));
    return this;
  }

  private byte[] message(int operation, int type) {
    boolean reply = operation == REPLY;
    return new Octets(300)
        .u8(operation)
        .u8(1)
        .u8(6)
        .u8(0)
        .u32(transaction)
        .u32(0)
        .u32(0) // the client's address
        .add(reply ? clientHost.address() : new byte[4])
        .add(reply ? serverHost.address() : new byte[4])
        .u32(0)
        .add(clientHost.mac())
        .fill(0, 10 + 64 + 128)
        .u32(0x6382_5363)
        .u8(53)
        .u8(1)
        .u8(type)
        .u8(54)
        .u8(4)
        .add(serverHost.address())
        .u8(255)
        .bytes();
  }
}
