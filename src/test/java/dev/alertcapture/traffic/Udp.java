package dev.alertcapture.traffic;

/** Datagrams between two ports. */
public final class Udp extends Conversation<Udp> {
  private final int clientPort;
  private final int serverPort;
  private boolean withoutId;

  Udp(Traffic traffic, Host client, int clientPort, Host server, int serverPort) {
    super(traffic, client, server);
    this.clientPort = clientPort;
    this.serverPort = serverPort;
  }

  @Override
  Udp self() {
    return this;
  }

  /** IPv4 identification 0 from now on. */
  public Udp withoutId() {
    withoutId = true;
    return this;
  }

  public Udp send(byte... data) {
    return put(true, data);
  }

  public Udp send(int length) {
    return put(true, filled(length));
  }

  public Udp answer(byte... data) {
    return put(false, data);
  }

  public Udp answer(int length) {
    return put(false, filled(length));
  }

  /** Datagrams without meaning differ. */
  private byte[] filled(int length) {
    byte[] data = new byte[length];
    traffic.random().nextBytes(data);
    return data;
  }

  private Udp put(boolean fromClient, byte[] data) {
    turn(fromClient ? clientHost : serverHost);
    put(packet(fromClient, data));
    return this;
  }

  Packet packet(boolean fromClient, byte[] data) {
    Host from = fromClient ? clientHost : serverHost;
    Host to = fromClient ? serverHost : clientHost;
    byte[] body =
        fromClient
            ? Ip.udp(from, clientPort, to, serverPort, data)
            : Ip.udp(from, serverPort, to, clientPort, data);
    int id = withoutId ? 0 : 1 + traffic.random().nextInt(65_535);
    return Ip.packet(from, to, Ip.UDP, id, from.ttl(), body, body.length);
  }
}
