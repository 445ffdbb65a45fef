package dev.alertcapture.traffic;

/** Echo requests, each with its reply or without. */
public final class Echo extends Conversation<Echo> {
  private static final byte[] DATA = new Octets().fill('p', 56).bytes();

  private final int id;
  private int number;

  Echo(Traffic traffic, Host asker, Host asked) {
    super(traffic, asker, asked);
    id = traffic.random().nextInt(1 << 16);
  }

  @Override
  Echo self() {
    return this;
  }

  public Echo ask() {
    number++;
    return send(clientHost, serverHost, clientHost.isV6() ? 128 : 8);
  }

  public Echo answer() {
    return send(serverHost, clientHost, clientHost.isV6() ? 129 : 0);
  }

  private Echo send(Host from, Host to, int type) {
    turn(from);
    put(Icmp.message(from, to, type, 0, ((long) id << 16) | number, DATA));
    return this;
  }
}
