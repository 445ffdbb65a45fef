package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is lost, overtaken, sent twice or seen twice. */
final class LossCases {
  private static final int MSS = 1_460;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");

  private LossCases() {}

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    all.add(one("lost after the capture", tcp -> lossAfter(tcp.client, tcp.server)));
    all.add(one("lost before the capture", tcp -> lossBefore(tcp.server, tcp.client)));
    all.add(one("lost after, far sender", tcp -> lossAfter(tcp.server, tcp.client)));
    all.add(one("fast retransmission", LossCases::fastRetransmission));
    all.add(one("time-outs", LossCases::timeouts));
    all.add(one("missed by the capture", LossCases::missed));
    all.add(one("overtaken", tcp -> tcp.server.segment(MSS).swap(MSS).segment(MSS)));
    all.add(one("overtaken by far", LossCases::overtakenByFar));
    all.add(one("sent again needlessly", LossCases::spurious));
    all.add(one("sent again in larger pieces", LossCases::largerPieces));
    all.add(one("two holes", LossCases::twoHoles));
    all.add(Case.of("loss across the wrap", LossCases::acrossTheWrap));
    all.add(copies("copied", Copy.after(us(3))));
    all.add(copies("copied, routed", Copy.after(us(40)).hops(1).mac("00:00:5e:00:01:02")));
    all.add(copies("copied with another TTL", Copy.after(ms(1)).hops(1)));
    all.add(copies("copied from another MAC", Copy.after(ms(1)).mac("00:00:5e:00:01:02")));
    all.add(copies("copy 39 us before", Copy.after(us(-39)).mac("00:00:5e:00:01:02")));
    all.add(copies("routing loop", Copy.after(us(20)).hops(2), Copy.after(us(40)).hops(4)));
    all.add(Case.of("copies without their tag", LossCases::untaggedCopies));
    all.add(Case.of("5 GiB cut to headers", LossCases::hugeFlow));
    for (int seed = 1; seed <= 20; seed++) {
      int each = seed;
      all.add(Case.of("random segments " + seed, () -> RandomSegments.of(each)));
    }
    return all;
  }

  private static Case one(String name, Consumer<Tcp> what) {
    return Case.of(
        name,
        () -> {
          Traffic traffic = new Traffic(VM);
          Tcp tcp = traffic.tcp(VM, DB, 5432).rtt(ms(20)).open().exchange(300, 20_000);
          what.accept(tcp);
          tcp.exchange(100, 200).close();
          return traffic;
        });
  }

  private static Case copies(String name, Copy... copies) {
    return Case.of(
        name,
        () -> {
          Traffic traffic = new Traffic(VM).copied(copies);
          traffic.tcp(VM, DB, 5432).rtt(ms(20)).open().exchange(3_000, 20_000).close();
          traffic.lookup(VM, Azure.WIRE_SERVER, "db.contoso.net").answer("10.1.2.3");
          return traffic;
        });
  }

  private static void lossAfter(Side sender, Side receiver) {
    sender.lose(MSS).segment(MSS).segment(MSS).segment(MSS);
    receiver.acks(3);
    sender.resend();
    receiver.ack();
  }

  private static void lossBefore(Side sender, Side receiver) {
    sender.drop(MSS).segment(MSS).segment(MSS);
    receiver.acks(2);
    sender.resend();
    receiver.ack();
  }

  private static void fastRetransmission(Tcp tcp) {
    tcp.server.lose(MSS).segment(MSS);
    tcp.client.ack();
    for (int i = 0; i < 3; i++) {
      tcp.server.segment(MSS);
      tcp.client.ack();
    }
    tcp.rtt(ms(10)).server.resend();
    tcp.client.ack();
  }

  private static void timeouts(Tcp tcp) {
    tcp.client.lose(500);
    for (int i = 0; i < 4; i++) {
      tcp.client.pause(ms(300 << i)).loseAgain();
    }
    tcp.client.pause(s(5)).resend();
    tcp.server.ack();
  }

  private static void missed(Tcp tcp) {
    tcp.server.unseen(MSS).segment(MSS);
    tcp.client.ack();
    tcp.client.unseen(400);
    tcp.server.ack();
    tcp.server.ack();
  }

  private static void overtakenByFar(Tcp tcp) {
    tcp.server.drop(MSS).segment(MSS);
    tcp.client.ack();
    tcp.server.pause(ms(60)).resend();
    tcp.client.ack();
  }

  private static void spurious(Tcp tcp) {
    tcp.client.segment(MSS);
    tcp.server.ack();
    tcp.client.pause(ms(400)).repeat(MSS);
    tcp.server.ack();
    tcp.server.repeat(600);
    tcp.client.ack();
  }

  private static void largerPieces(Tcp tcp) {
    tcp.client.lose(100).lose(100).lose(100);
    tcp.client.pause(ms(300)).resend();
    tcp.server.ack();
  }

  private static void twoHoles(Tcp tcp) {
    tcp.client.lose(MSS).segment(MSS).lose(MSS).segment(MSS).segment(MSS);
    tcp.server.acks(3);
    tcp.client.resend();
    tcp.server.ack();
    tcp.client.resend();
    tcp.server.ack();
  }

  private static Traffic acrossTheWrap() {
    Traffic traffic = new Traffic(VM);
    Tcp tcp = traffic.tcp(VM, DB, 5432).rtt(ms(20)).isn((1L << 32) - 1_000, 77).open();
    tcp.client.segment(500);
    lossAfter(tcp.client, tcp.server);
    tcp.server.isn((1L << 32) - 2_000);
    Tcp other = traffic.tcp(VM, DB, 5432).rtt(ms(20)).isn(9, (1L << 32) - 1_000).open();
    lossBefore(other.server, other.client);
    other.exchange(300, 5_000).close();
    return traffic;
  }

  private static Traffic untaggedCopies() {
    Traffic traffic = new Traffic(VM).over(Encapsulation.NONE.vlan(7));
    traffic.copied(Copy.after(us(2)).over(Encapsulation.NONE));
    traffic.tcp(VM, DB, 5432).open().exchange(3_000, 20_000).close();
    return traffic;
  }

  private static Traffic hugeFlow() {
    Traffic traffic = new Traffic(VM).snap(96);
    Tcp tcp = traffic.tcp(VM, DB, 445).gap(us(50)).isn((1L << 32) - 1_000, 5);
    tcp.server.window(8_000_000);
    tcp.open().client.offload(65_160);
    for (int i = 0; i < 5; i++) {
      tcp.send(1 << 30);
      tcp.client.lose(65_160).segment(65_160);
      tcp.server.acks(2);
      tcp.client.resend();
      tcp.server.ack();
    }
    tcp.close();
    return traffic;
  }
}
