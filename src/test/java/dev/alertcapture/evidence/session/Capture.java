package dev.alertcapture.evidence.session;

import static dev.alertcapture.traffic.Time.ms;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.util.List;

/** A capture on one machine, with what tests of sessions need again and again. */
final class Capture {
  static final Host VM = Host.machine("10.0.0.4");
  static final Host PEER = Host.at("10.1.2.3");
  static final Host USER = Host.at("20.50.1.2");

  final Traffic traffic = new Traffic(VM);

  /** A connection from the machine to the peer that begins so long after the capture's start. */
  Tcp out(long at, int port) {
    return traffic.at(at).tcp(VM, PEER, port).rtt(ms(2));
  }

  /** One from a user to the machine. */
  Tcp in(long at, int port) {
    return traffic.at(at).tcp(USER, VM, port).rtt(ms(20));
  }

  /** Ordinary exchanges, so many, each on a connection of its own. */
  Capture fine(int count, int port) {
    for (int i = 0; i < count; i++) {
      out(ms(20 * i), port).open().exchange(100, 900).close();
    }
    return this;
  }

  Report report(String metric) {
    Question none = Question.NONE;
    Question question =
        new Question(
            none.machine(),
            List.of("10.0.0.4"),
            none.account(),
            metric,
            none.threshold(),
            none.value(),
            none.aggregation(),
            none.operator(),
            none.window(),
            none.fired(),
            false,
            false);
    return Explained.of(CaptureFile.pcap().bytes(traffic), question);
  }

  List<Finding> findings(Id id) {
    return Explained.findings(report(null), id);
  }

  /** The only finding of a kind. */
  Finding finding(Id id) {
    List<Finding> all = findings(id);
    if (all.size() != 1) {
      throw new AssertionError(all.stream().map(Finding::say).toList() + " for " + id);
    }
    return all.get(0);
  }

  /** What it says, with plain spaces. */
  static String say(Finding of) {
    return of.say().replace('\u00A0', ' ');
  }
}
