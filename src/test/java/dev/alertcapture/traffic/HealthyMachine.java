package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;

import java.util.Random;

/**
 * Ordinary traffic of a web server that is well: clients, a database, lookups, the platform. To be
 * put under or beside whatever else a capture is to show.
 */
public final class HealthyMachine {
  static final String DATABASE_NAME = "sql-prod.contoso.net";
  static final Host DATABASE = Host.at("10.0.1.5");
  static final int DATABASE_PORT = 1433;

  private static final Host GATEWAY = Host.at("10.0.0.1");
  private static final String[][] NAMES = {
    {DATABASE_NAME, "10.0.1.5"},
    {"queue.contoso.net", "10.0.1.6"},
    {"example.org", "198.51.100.80"}
  };

  private final Traffic traffic;
  private final Host machine;
  private final Random random;
  private long leastThought = ms(2);
  private long mostThought = ms(40);

  public HealthyMachine(Traffic traffic, Host machine, long seed) {
    this.traffic = traffic;
    this.machine = machine;
    this.random = new Random(seed);
  }

  /** How long the application takes to answer, at least and at most. */
  HealthyMachine thinks(long least, long most) {
    leastThought = least;
    mostThought = most;
    return this;
  }

  /** Adds so many seconds from there on, with so many client connections in each. */
  public void run(long from, int seconds, int connectionsPerSecond) {
    Tcp queries = traffic.at(from).tcp(machine, DATABASE, DATABASE_PORT).rtt(ms(1.5)).opened();
    for (int second = 0; second < seconds; second++) {
      long start = from + s(second);
      for (int i = 0; i < connectionsPerSecond; i++) {
        client(start + within(s(1)));
      }
      lookup(start + within(s(1)));
      platform(start + within(s(0.5)));
      for (long at = start; at < start + s(1) - ms(60); at += ms(50)) {
        queries.at(at).exchange(between(80, 600), between(100, 20_000));
      }
    }
  }

  private void client(long at) {
    Host client =
        Host.at("203.0." + random.nextInt(256) + "." + between(1, 254)).ttl(between(40, 60));
    Tcp tcp = traffic.at(at).tcp(client, between(1_024, 65_535), machine, 443);
    tcp.timestamps().rtt(ms(between(8, 90))).open();
    tcp.send(Tls.clientHello("www.contoso.net")).pause(thought());
    tcp.reply(Tls.serverHandshake()).send(Tls.clientFinished());
    for (int requests = between(1, 4); requests > 0; requests--) {
      tcp.send(Tls.data(between(90, 900))).pause(thought());
      tcp.reply(Tls.data(between(300, 30_000)));
    }
    if (random.nextInt(10) < 9) {
      tcp.close();
    }
  }

  private void lookup(long at) {
    String[] of = NAMES[random.nextInt(NAMES.length)];
    traffic.at(at).lookup(machine, Azure.WIRE_SERVER, of[0]).answer(of[1]);
    traffic.lookup(machine, Azure.WIRE_SERVER, of[0], Dns.AAAA).answer();
  }

  private void platform(long at) {
    Tcp probe = traffic.at(at).tcp(Azure.WIRE_SERVER, machine, 8080).open();
    probe.send(Http.get("/health")).pause(thought() / 8).reply(Http.status(200, 2)).closeByServer();
    Tcp agent = traffic.tcp(machine, Azure.WIRE_SERVER, 80).open();
    agent.send(Http.get("/machine?comp=goalstate")).reply(Http.status(200, 1_900)).close();
    traffic.arp(machine, GATEWAY).ask().answer();
  }

  private long thought() {
    return leastThought + within(mostThought - leastThought);
  }

  private long within(long time) {
    return (long) (random.nextDouble() * time);
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
