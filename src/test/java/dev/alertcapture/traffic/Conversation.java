package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.us;

import java.util.List;

/**
 * Packets between two hosts, one after the other. Times are those at which the capture sees them:
 * when the other host takes its turn, the machine's own answer comes after {@link #think}, one from
 * afar after a round trip; a host's next packet follows its last by {@link #gap}.
 */
abstract class Conversation<C extends Conversation<C>> {
  final Traffic traffic;
  final Host clientHost;
  final Host serverHost;
  private Way way;
  private long rtt = ms(1);
  private long think = us(50);
  private long gap = us(12);
  private long now;
  private Host last;
  private boolean exact;
  private Packet sent;

  Conversation(Traffic traffic, Host client, Host server) {
    this.traffic = traffic;
    this.clientHost = client;
    this.serverHost = server;
    this.way = traffic.way();
    this.now = traffic.now();
  }

  abstract C self();

  /** From the capture to the other host and back. */
  public C rtt(long time) {
    rtt = time;
    return self();
  }

  /** How long the machine takes to answer. */
  public C think(long time) {
    think = time;
    return self();
  }

  public C gap(long time) {
    gap = time;
    return self();
  }

  /** The next packet follows the last by exactly so long; several pauses add up. */
  public C pause(long time) {
    now += time;
    exact = true;
    return self();
  }

  /** The next packet comes exactly so long after the capture's start. */
  public C at(long sinceStart) {
    now = Traffic.START + sinceStart;
    exact = true;
    return self();
  }

  public C over(Encapsulation around) {
    way = new Way(around, way.nic(), way.copies());
    return self();
  }

  public C on(Nic nic) {
    way = new Way(way.around(), nic, way.copies());
    return self();
  }

  public C copied(Copy... copies) {
    way = new Way(way.around(), way.nic(), List.of(copies));
    return self();
  }

  /** An ICMP error about the last packet, from whoever. {@code value}: the second word. */
  public C icmp(Host from, int type, int code, int value) {
    Packet about = sent;
    boolean byClient = from.sameAddress(clientHost);
    now += exact ? 0 : delay(from);
    exact = false;
    traffic.put(now, Icmp.error(from, about, type, code, value), byClient, way);
    last = null;
    return self();
  }

  /** Host {@code from} takes its turn: when its next packet leaves. */
  long turn(Host from) {
    if (exact || last == null) {
      exact = false;
    } else {
      now += last == from ? gap : delay(from);
    }
    last = from;
    return now;
  }

  void put(Packet packet) {
    put(now, packet);
  }

  void put(long time, Packet packet) {
    sent = packet;
    traffic.put(time, packet, packet.from == clientHost, way);
  }

  /** The last packet was seen then, and came from there. */
  void seen(long time, Host from) {
    now = time;
    last = from;
  }

  long delay(Host from) {
    if (traffic.isMachine(from)) {
      return think;
    }
    return traffic.isMachine(clientHost) || traffic.isMachine(serverHost) ? rtt : rtt / 2;
  }

  long gap() {
    return gap;
  }

  long now() {
    return now;
  }
}
