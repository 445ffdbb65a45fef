package dev.alertcapture.evidence.connect;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Http;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.util.List;

/** A machine in Azure that is well, for so many seconds; tests add what is not. */
final class Network {
  static final Host VM = Host.machine("10.0.0.4");
  static final Host DB = Host.at("10.1.2.3");
  static final Host USER = Host.at("20.50.1.7");
  static final Host OTHER_USER = Host.at("20.50.1.8");

  final Traffic traffic = new Traffic(VM);

  /** An agent that asks, and a cache that answers, in each second. */
  static Network of(int seconds) {
    Network network = new Network();
    for (int i = 0; i <= seconds; i++) {
      network.at(s(i)).tcp(VM, Azure.METADATA, 80).open().exchange(100, 300).close();
      network.at(s(i) + ms(10)).tcp(VM, Host.at("10.1.9.9"), 6379).open().exchange(50, 50).close();
    }
    return network;
  }

  Traffic at(long time) {
    return traffic.at(time);
  }

  /** Connections that work, one after the other. */
  void works(long from, int count, Host client, Host server, int port) {
    for (int i = 0; i < count; i++) {
      at(from + i * ms(100)).tcp(client, server, port).open().exchange(80, 200).close();
    }
  }

  /** Attempts that nothing answers, one after the other. */
  void unanswered(long from, int count, Host client, Host server, int port) {
    for (int i = 0; i < count; i++) {
      at(from + i * ms(100)).tcp(client, server, port).unanswered(s(1), s(3));
    }
  }

  void refused(long from, int count, Host client, Host server, int port) {
    for (int i = 0; i < count; i++) {
      at(from + i * ms(100)).tcp(client, server, port).refused();
    }
  }

  /** An inbound probe of the load balancer that gets this status. */
  Tcp probe(long at, int status) {
    return at(at)
        .tcp(Azure.WIRE_SERVER, VM, 8080)
        .open()
        .send(Http.get("/health"))
        .reply(Http.status(status, 2))
        .close();
  }

  Report report() {
    return Explained.of(CaptureFile.pcap().bytes(traffic));
  }

  List<Finding> findings(Id id) {
    return Explained.findings(report(), id);
  }

  Finding finding(Id id) {
    List<Finding> all = findings(id);
    if (all.size() != 1) {
      throw new AssertionError(id + ": " + all.stream().map(Finding::say).toList());
    }
    return all.get(0);
  }
}
