package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.s;

/**
 * A TCP connection as the capture sees it. What both sides do together is here; for all else there
 * are {@link #client} and {@link #server}:
 *
 * <pre>{@code
 * Tcp tcp = traffic.tcp(vm, db, 5432).rtt(ms(20)).open().exchange(300, 40_000);
 * tcp.client.lose(500).segment(700);
 * tcp.server.ack();
 * tcp.client.pause(ms(200)).resend();
 * }</pre>
 */
public final class Tcp extends Conversation<Tcp> {
  public final Side client;
  public final Side server;

  Tcp(Traffic traffic, Host from, int fromPort, Host to, int toPort) {
    super(traffic, from, to);
    client = new Side(this, from, fromPort);
    server = new Side(this, to, toPort);
    client.peer(server);
    server.peer(client);
  }

  @Override
  Tcp self() {
    return this;
  }

  public Tcp isn(long ofClient, long ofServer) {
    client.isn(ofClient);
    server.isn(ofServer);
    return this;
  }

  public Tcp mss(int bytes) {
    client.mss(bytes);
    server.mss(bytes);
    return this;
  }

  /** Window scaling of both sides; -1: not used. */
  public Tcp scale(int shift) {
    client.scale(shift);
    server.scale(shift);
    return this;
  }

  public Tcp sack(boolean permitted) {
    client.sack(permitted);
    server.sack(permitted);
    return this;
  }

  public Tcp timestamps() {
    client.timestamps();
    server.timestamps();
    return this;
  }

  /** The handshake. */
  public Tcp open() {
    client.syn();
    server.synAck();
    client.ack();
    return this;
  }

  /** Open since before the capture: none of it is seen. */
  public Tcp opened() {
    client.opened();
    server.opened();
    return this;
  }

  /** The first SYN, and again so long after it; nobody answers. */
  public Tcp unanswered(long... retriesAfter) {
    client.syn();
    long last = 0;
    for (long after : retriesAfter) {
      pause(after - last);
      last = after;
      client.syn();
    }
    return this;
  }

  /** A SYN that is sent again after 1, 3 and 7 seconds, as most systems do. */
  public Tcp unanswered() {
    return unanswered(s(1), s(3), s(7));
  }

  public Tcp refused() {
    client.syn();
    server.refuse();
    return this;
  }

  /** The client sends so many bytes, which the server acknowledges. */
  public Tcp send(int bytes) {
    client.sends(bytes);
    return this;
  }

  public Tcp send(byte... data) {
    client.sends(data);
    return this;
  }

  public Tcp reply(int bytes) {
    server.sends(bytes);
    return this;
  }

  public Tcp reply(byte... data) {
    server.sends(data);
    return this;
  }

  public Tcp exchange(int request, int answer) {
    return send(request).reply(answer);
  }

  /** A TLS 1.3 handshake for a server name. */
  public Tcp tls(String serverName) {
    send(Tls.clientHello(serverName)).reply(Tls.serverHandshake());
    return send(Tls.clientFinished());
  }

  /** The client is done first. */
  public Tcp close() {
    return close(client, server);
  }

  public Tcp closeByServer() {
    return close(server, client);
  }

  private Tcp close(Side first, Side second) {
    first.fin();
    second.fin();
    first.ack();
    return this;
  }
}
