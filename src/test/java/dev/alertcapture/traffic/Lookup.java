package dev.alertcapture.traffic;

/** A question about a name over UDP, asked from one port with one id. */
public final class Lookup extends Conversation<Lookup> {
  private final Udp datagrams;
  private final String name;
  private final int type;
  private final int id;

  Lookup(Traffic traffic, Host asker, Host resolver, String name, int type) {
    super(traffic, asker, resolver);
    this.datagrams = traffic.udp(asker, resolver, Dns.PORT);
    this.name = name;
    this.type = type;
    this.id = traffic.random().nextInt(1 << 16);
  }

  @Override
  Lookup self() {
    return this;
  }

  /** Asks, or asks again. */
  public Lookup ask() {
    return send(clientHost, Dns.query(id, name, type));
  }

  /** Answers with aliases and addresses, which may be none. */
  public Lookup answer(String... records) {
    return send(serverHost, Dns.answer(id, name, type, records));
  }

  public Lookup rcode(int code) {
    return send(serverHost, Dns.empty(id, name, type, code));
  }

  private Lookup send(Host from, byte[] message) {
    turn(from);
    put(datagrams.packet(from == clientHost, message));
    return this;
  }
}
