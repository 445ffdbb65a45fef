package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.names.NameTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** T-TALKERS, T-PROTO, T-NAMES: who and what has most bytes. */
final class Tops implements Rule {
  private static final int SHOWN = 5;

  private final Context context;
  private final Talkers talkers;

  Tops(Context context, Talkers talkers) {
    this.context = context;
    this.talkers = talkers;
  }

  @Override
  public void tell(Findings findings) {
    Addresses addresses = context.tables().addresses;
    List<Integer> peers = talkers.top(SHOWN);
    if (!peers.isEmpty()) {
      String said =
          peers.stream()
              .map(
                  peer ->
                      context
                              .words()
                              .peer(
                                  peer,
                                  context
                                      .names()
                                      .peers()
                                      .nameOf(addresses.high(peer), addresses.low(peer)))
                          + " "
                          + way(peer))
              .collect(Collectors.joining("; "));
      findings.add(info(Id.T_TALKERS, "Top peers: " + said + "."));
    }
    List<Integer> ports = talkers.topPorts(SHOWN);
    if (!ports.isEmpty()) {
      String said =
          ports.stream()
              .map(port -> Talkers.portName(port) + " " + Say.bytes(talkers.port(port)))
              .collect(Collectors.joining(", "));
      findings.add(info(Id.T_PROTO, "Top ports: " + said + "."));
    }
    names(findings);
  }

  private String way(int peer) {
    return context.ownKnown()
        ? Say.bytes(talkers.in(peer)) + " in, " + Say.bytes(talkers.out(peer)) + " out"
        : Say.bytes(talkers.in(peer)) + " sent, " + Say.bytes(talkers.out(peer)) + " received";
  }

  private void names(Findings findings) {
    FlowLog log = context.log();
    long[] bytes = new long[context.names().table().size()];
    for (int row = 0; row < log.size(); row++) {
      if (log.name(row) != NameTable.NONE) {
        bytes[log.name(row)] += log.bytes(row, 0) + log.bytes(row, 1);
      }
    }
    String said =
        IntStream.range(0, bytes.length)
            .filter(name -> bytes[name] > 0)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(name -> -bytes[name])
                    .thenComparingInt(name -> name))
            .limit(SHOWN)
            .map(name -> context.words().name(name) + " " + Say.bytes(bytes[name]))
            .collect(Collectors.joining(", "));
    if (!said.isEmpty()) {
      findings.add(info(Id.T_NAMES, "Top names: " + said + "."));
    }
  }

  private static Finding info(Id id, String say) {
    return new Finding(id, Severity.INFO, say).blames(Verdict.NOTHING_FOUND);
  }
}
