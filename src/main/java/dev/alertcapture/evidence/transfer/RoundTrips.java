package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** H-RTT: how far peers are, by the handshakes. One that had to be retried tells nothing. */
final class RoundTrips implements Rule {
  private final FlowLog log;
  private final Words words;

  /** Handshakes with one peer: with a port that it serves, or 0 where the machine serves. */
  private record Peer(int address, int port, boolean outbound, List<Integer> rows) {}

  /** What they took. */
  private record Times(Peer peer, Spread spread) {
    long p50() {
      return spread.p50();
    }
  }

  RoundTrips(Context context) {
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    List<Times> loud = new ArrayList<>();
    List<Times> quiet = new ArrayList<>();
    for (Peer peer : peers()) {
      Times times = times(peer);
      (times.spread.severity().isLoud() ? loud : quiet).add(times);
    }
    each(findings, Severity.NOTABLE, loud);
    each(findings, Severity.INFO, quiet);
  }

  private List<Peer> peers() {
    Map<Long, Peer> peers = new TreeMap<>();
    for (int row = 0; row < log.size(); row++) {
      if (log.isTcp(row) && !log.isPlatform(row) && micros(row) >= 0) {
        boolean outbound = log.direction(row) != FlowLog.IN;
        int port = outbound ? log.serverPort(row) : 0;
        int address = outbound ? log.server(row) : log.client(row);
        long key = (long) address << 17 | (long) port << 1 | (outbound ? 1 : 0);
        peers
            .computeIfAbsent(key, any -> new Peer(address, port, outbound, new ArrayList<>()))
            .rows
            .add(row);
      }
    }
    return peers.values().stream()
        .sorted(Comparator.comparingInt(peer -> log.firstFrame(peer.rows.get(0))))
        .toList();
  }

  /** Microseconds from the machine to its peer and back; of strangers, from end to end. */
  private long micros(int row) {
    int server = log.leg(row, 1);
    int client = log.leg(row, 0);
    return switch (log.direction(row)) {
      case FlowLog.IN -> client;
      case FlowLog.OUT -> server;
      default -> server < 0 || client < 0 ? -1 : (long) server + client;
    };
  }

  private Times times(Peer peer) {
    return new Times(
        peer, Spread.of(peer.rows.stream().mapToLong(this::micros).sorted().toArray()));
  }

  private void each(Findings findings, Severity severity, List<Times> all) {
    if (all.size() > Thresholds.FOLD) {
      findings.add(folded(severity, all));
    } else {
      all.forEach(times -> findings.add(one(severity, times)));
    }
  }

  private Finding one(Severity severity, Times times) {
    Peer peer = times.peer;
    String of = Say.count(peer.rows.size());
    String say =
        (peer.outbound ? "Connecting to " : "The way to ")
            + called(peer)
            + (peer.outbound ? " takes " : " and back takes ")
            + Say.micros(times.p50())
            + " (p50 of "
            + of
            + ")"
            + (times.spread.isUneven()
                ? ", and " + Say.micros(times.spread.p95()) + " for the slowest 5 %."
                : ".");
    String name = peer.outbound ? words.name(log.name(peer.rows.get(0))) : null;
    Finding finding =
        new Finding(Id.H_RTT, severity, say)
            .about(Subject.of(words.address(peer.address), peer.port, "tcp", name))
            .number("p50Micros", times.p50())
            .number("p95Micros", times.spread.p95())
            .threshold(Thresholds.RTT.says(), Thresholds.RTT.why());
    if (severity.isLoud()) {
      finding.next("Trace the route to " + called(peer) + " and look at where the time is added.");
    }
    String port = peer.port > 0 ? " && tcp.port == " + peer.port : "";
    String filter = words.is("addr", peer.address) + port + " && tcp.flags.syn == 1";
    return finding.proof(peer.rows.size(), 0, cited(List.of(times)), filter, true);
  }

  private Finding folded(Severity severity, List<Times> all) {
    Times worst = all.stream().max(Comparator.comparingLong(Times::p50)).orElseThrow();
    Times best = all.stream().min(Comparator.comparingLong(Times::p50)).orElseThrow();
    long rows = all.stream().mapToLong(times -> times.peer.rows.size()).sum();
    String say =
        Say.count(all.size(), "peer")
            + " are "
            + Say.micros(best.p50())
            + " to "
            + Say.micros(worst.p50())
            + " away (p50 each, of "
            + Say.count(rows, "handshake")
            + "), farthest "
            + called(worst.peer)
            + ".";
    return new Finding(Id.H_RTT, severity, say)
        .number("p50Micros", worst.p50())
        .proof(rows, 0, cited(all), "tcp.flags.syn == 1", true);
  }

  private Cited cited(List<Times> all) {
    Cited cited = new Cited();
    for (Times times : all) {
      for (int row : times.peer.rows) {
        cited.add(log.firstFrame(row), row, micros(row));
      }
    }
    return cited;
  }

  private String called(Peer peer) {
    return peer.outbound
        ? words.service(peer.address, peer.port, log.name(peer.rows.get(0)))
        : words.address(peer.address);
  }
}
