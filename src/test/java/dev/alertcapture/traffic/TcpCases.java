package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;

import java.util.List;
import java.util.function.Consumer;

/** How TCP connections begin, go on and end. */
final class TcpCases {
  private static final long WRAP = 1L << 32;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");

  private TcpCases() {}

  static List<Case> all() {
    return List.of(
        one("handshake and close", tcp -> tcp.open().close()),
        one("transfer both ways", tcp -> tcp.open().exchange(30_000, 60_000).closeByServer()),
        one("timestamps", tcp -> tcp.timestamps().open().exchange(30_000, 60_000).close()),
        one("no scaling, no SACK", tcp -> tcp.scale(-1).sack(false).open().exchange(9_000, 9_000)),
        one("one side scales", TcpCases::oneSideScales),
        one("mid-stream", tcp -> tcp.opened().exchange(5_000, 5_000).pause(s(1)).exchange(80, 80)),
        one("one side only", TcpCases::oneSideOnly),
        one("unanswered", Tcp::unanswered),
        one("SYN retried", TcpCases::synRetried),
        one("SYN-ACK retried", TcpCases::synAckRetried),
        one("refused", Tcp::refused),
        one("simultaneous open", TcpCases::simultaneousOpen),
        one("SYN and ACK at one moment", TcpCases::oneMoment),
        one("data in SYN", TcpCases::dataInSyn),
        one("sequence number 0", tcp -> tcp.isn(WRAP - 1, 5).open().exchange(2_000, 3_000)),
        one("acknowledgement 0", tcp -> tcp.isn(5, WRAP - 1).open().exchange(2_000, 3_000)),
        one("first sequence number 0", tcp -> tcp.isn(0, 0).open().exchange(2_000, 3_000)),
        one("data through 0", tcp -> tcp.isn(WRAP - 101, WRAP - 201).open().exchange(100, 200)),
        one("another SYN number", TcpCases::anotherSyn),
        one("another SYN-ACK number", TcpCases::anotherSynAck),
        one("ports reused after a close", TcpCases::reusedPorts),
        one("reset by the client", tcp -> reset(tcp.open().exchange(500, 500).client)),
        one("reset by the server", tcp -> reset(tcp.open().send(500).server)),
        one("reset by a box between", tcp -> reset(tcp.open().send(500).server.ttl(120))),
        one("abort after a close", TcpCases::abortAfterClose),
        one("half closed", TcpCases::halfClosed),
        one("FIN again", TcpCases::finAgain),
        one("keep-alives", TcpCases::keepAlives),
        one("zero window", tcp -> stopReading(tcp.open().exchange(20_000, 300))),
        one("full window", TcpCases::fullWindow),
        one("window updates", TcpCases::windowUpdates));
  }

  private static Case one(String name, Consumer<Tcp> what) {
    return Case.of(
        name,
        () -> {
          Traffic traffic = new Traffic(VM);
          what.accept(traffic.tcp(VM, DB, 5432).rtt(ms(20)));
          return traffic;
        });
  }

  private static void oneSideScales(Tcp tcp) {
    tcp.server.scale(-1);
    tcp.open().exchange(9_000, 9_000);
  }

  private static void oneSideOnly(Tcp tcp) {
    tcp.opened();
    for (int i = 0; i < 5; i++) {
      tcp.client.segment(300);
      tcp.server.unseen(700);
    }
  }

  private static void synRetried(Tcp tcp) {
    tcp.unanswered(s(1), s(3));
    tcp.server.synAck();
    tcp.client.ack();
    tcp.exchange(100, 100);
  }

  private static void synAckRetried(Tcp tcp) {
    tcp.client.syn();
    tcp.server.synAck().pause(s(1)).synAck();
    tcp.client.ack();
    tcp.exchange(100, 100);
  }

  private static void simultaneousOpen(Tcp tcp) {
    tcp.client.syn();
    tcp.server.syn();
    tcp.client.synAck();
    tcp.server.synAck();
    tcp.exchange(100, 100);
  }

  /** tshark takes a round trip of 0 for none, and the next one instead. */
  private static void oneMoment(Tcp tcp) {
    Side client = tcp.gap(0).client.syn().ack();
    client.pause(ms(10)).segment(100).segment(100);
    client.pause(ms(5)).raw(Side.ACK, client.next() - 200, tcp.server.next(), 100);
  }

  private static void dataInSyn(Tcp tcp) {
    tcp.client.syn(200);
    tcp.server.synAck().segment(900);
    tcp.client.ack();
    tcp.exchange(100, 100).close();
  }

  private static void anotherSyn(Tcp tcp) {
    tcp.isn(1_000, 2_000).unanswered(s(1));
    tcp.client.pause(s(4)).isn(777_000);
    tcp.open().exchange(100, 100);
  }

  private static void anotherSynAck(Tcp tcp) {
    tcp.isn(1_000, 2_000).client.syn();
    tcp.server.synAck().isn(88_000).pause(ms(3)).synAck();
    tcp.client.ack();
    tcp.exchange(100, 100);
  }

  private static void reusedPorts(Tcp tcp) {
    tcp.isn(1_000, 2_000).open().exchange(100, 100).close();
    tcp.pause(s(2)).isn(500_000, 600_000).open().exchange(200, 200).close();
  }

  private static void reset(Side side) {
    side.reset();
  }

  private static void abortAfterClose(Tcp tcp) {
    tcp.open().exchange(100, 100).close();
    tcp.server.segment(50);
    tcp.client.abort();
  }

  private static void halfClosed(Tcp tcp) {
    tcp.open().client.fin();
    tcp.server.ack();
    tcp.reply(5_000).server.fin();
    tcp.client.ack();
  }

  private static void finAgain(Tcp tcp) {
    Side client = tcp.open().client;
    client.fin();
    client.pause(ms(300)).raw(Side.FIN | Side.ACK, client.next() - 1, tcp.server.next(), 0);
    tcp.server.fin();
    client.ack();
  }

  private static void keepAlives(Tcp tcp) {
    Side client = tcp.open().exchange(400, 400).client;
    for (int i = 0; i < 3; i++) {
      client.pause(s(10)).keepAlive();
      tcp.server.ack();
    }
    client.pause(s(10)).raw(Side.ACK, client.next() - 1, tcp.server.next(), 1);
    tcp.server.ack();
    tcp.exchange(100, 100);
  }

  private static void stopReading(Tcp tcp) {
    tcp.server.stopsReading(s(3));
    tcp.exchange(700, 300).close();
  }

  private static void fullWindow(Tcp tcp) {
    tcp.server.window(4_000 << 7);
    tcp.open().client.offload(64_000);
    for (int i = 0; i < 8; i++) {
      tcp.client.lose(64_000);
    }
    tcp.client.pause(ms(300)).resend();
    tcp.server.ack();
  }

  private static void windowUpdates(Tcp tcp) {
    Side server = tcp.open().exchange(3_000, 100).server;
    for (int i = 1; i < 5; i++) {
      server.window(10_000 * i).pause(ms(5)).ack();
    }
    tcp.exchange(100, 100);
  }
}
