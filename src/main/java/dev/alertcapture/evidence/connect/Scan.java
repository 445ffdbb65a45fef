package dev.alertcapture.evidence.connect;

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
import dev.alertcapture.evidence.finding.Told;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** S-SCAN: one source tries many ports or peers, few of which answer. */
final class Scan implements Rule {
  /** A client that tries one service more often than this, or uses it twice, does not scan it. */
  private static final int FEW_TRIES = 10;

  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final Words words;

  /** Attempts of each client, by its address's number. */
  private int[] byClient = {};

  Scan(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    countByClient();
    Integer[] rows =
        IntStream.range(0, log.size())
            .filter(row -> mayScan(row) && byClient[log.client(row)] >= Thresholds.SCANNED)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(log::client)
                    .thenComparingInt(log::server)
                    .thenComparingInt(log::serverPort)
                    .thenComparingInt(log::firstFrame))
            .toArray(Integer[]::new);
    for (int from = 0, to; from < rows.length; from = to) {
      to = from + 1;
      while (to < rows.length && log.client(rows[from]) == log.client(rows[to])) {
        to++;
      }
      source(findings, told, Arrays.asList(rows).subList(from, to));
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.count(subjects) + " addresses scan ports, most of all " + named + ".",
        Words.SYNS);
    if (!findings.has(Id.S_SCAN)) {
      findings.clean(
          Id.S_SCAN, "no source tried " + Thresholds.SCANNED + " ports or peers in vain");
    }
  }

  private void countByClient() {
    byClient = new int[1];
    for (int row = 0; row < log.size(); row++) {
      int client = log.client(row);
      if (attempts.rows.tries[row] > 0 && client >= 0) {
        byClient = client < byClient.length ? byClient : Arrays.copyOf(byClient, 2 * client);
        byClient[client]++;
      }
    }
  }

  /** A peer that a lookup named is no scanner's target, even where nothing answers. */
  private boolean mayScan(int row) {
    boolean named = log.direction(row) != FlowLog.IN && log.name(row) != NameTable.NONE;
    return attempts.rows.tries[row] > 0 && log.client(row) >= 0 && !named;
  }

  /** Both sides have said something. */
  private boolean isUsed(int row) {
    return log.payload(row, 0) > 0 && log.payload(row, 1) > 0;
  }

  private void source(Findings findings, Told told, List<Integer> rows) {
    Targets all = new Targets(rows);
    int most = Math.max(all.ports.cardinality(), all.peers);
    if (most >= Thresholds.SCANNED && 10L * all.accepted <= all.rows.size()) {
      tell(told, all);
      all.rows.stream().filter(row -> !isUsed(row)).forEach(row -> findings.take(row, Id.S_SCAN));
    }
  }

  /** What one source tried: its rows but those of services that it tried often. */
  private final class Targets {
    final List<Integer> rows = new ArrayList<>();
    final BitSet ports = new BitSet();
    int peers;
    int open;
    long accepted;

    Targets(List<Integer> ofSource) {
      int lastPeer = -2;
      for (int from = 0, to; from < ofSource.size(); from = to) {
        int first = ofSource.get(from);
        to = from + 1;
        while (to < ofSource.size() && sameService(first, ofSource.get(to))) {
          to++;
        }
        List<Integer> tries = ofSource.subList(from, to);
        if (tries.size() > FEW_TRIES || tries.stream().filter(row -> isUsed(row)).count() > 1) {
          continue;
        }
        long here = tries.stream().filter(row -> isAccepted(row)).count();
        rows.addAll(tries);
        ports.set(log.serverPort(first));
        peers += log.server(first) == lastPeer ? 0 : 1;
        lastPeer = log.server(first);
        open += here > 0 ? 1 : 0;
        accepted += here;
      }
    }

    private boolean sameService(int one, int other) {
      return log.server(one) == log.server(other) && log.serverPort(one) == log.serverPort(other);
    }

    private boolean isAccepted(int row) {
      return attempts.outcomes().of(row) == Outcomes.ACCEPTED;
    }
  }

  private void tell(Told told, Targets all) {
    int row = all.rows.get(0);
    byte direction = log.direction(row);
    String source = words.address(log.client(row));
    long from = all.rows.stream().mapToLong(log::began).min().orElse(0);
    long to = all.rows.stream().mapToLong(log::last).max().orElse(0);
    String who = direction == FlowLog.OUT ? words.theMachine() + " scans: it" : source;
    String least = log.leftOut() > 0 ? "at least " : "";
    boolean onePeer = all.peers == 1;
    int ports = all.ports.cardinality();
    String what =
        onePeer
            ? Say.count(ports, "port") + " of " + target(direction, row)
            : (ports == 1 ? "port " + log.serverPort(row) : Say.count(ports, "port"))
                + " at "
                + Say.count(all.peers, "address");
    String open =
        onePeer
            ? Say.count(all.open) + (all.open == 1 ? " is open" : " are open")
            : Say.count(all.open) + (all.open == 1 ? " answers" : " answer");
    String say =
        who
            + " tried "
            + least
            + what
            + " in "
            + Say.nanos(to - from)
            + ", "
            + (all.open == 0 ? (onePeer ? "none is open" : "none answers") : open)
            + (direction == FlowLog.OUT ? "." : ": a scan.");
    Cited cited = new Cited();
    all.rows.forEach(each -> cited.add(log.firstFrame(each), each, isOpen(each) ? 1 : 0));
    long ofSource = byClient[log.client(row)];
    Finding finding =
        new Finding(Id.S_SCAN, Severity.NOTABLE, say)
            .about(
                Subject.of(
                    direction == FlowLog.OUT ? words.address(log.server(row)) : source,
                    0,
                    "tcp",
                    null))
            .blames(verdict(direction))
            .brief(direction == FlowLog.OUT ? words.machine() + " scans" : source + " scans ports")
            .next(next(direction, source))
            .threshold(
                ">= " + Thresholds.SCANNED + " ports or peers, <= 10 % answered",
                "clients know where they go; who tries a hundred places in vain searches")
            .number("ports", ports)
            .number("peers", all.peers)
            .number("open", all.open)
            .share(all.rows.size(), ofSource)
            .proof(
                all.rows.size(),
                0,
                cited,
                words.is("src", log.client(row)) + " && " + Words.SYNS,
                ofSource > all.rows.size());
    if (log.leftOut() > 0) {
      finding.caveat("There were more attempts than are kept; these are the first of them.");
    }
    told.add(finding, source);
  }

  private boolean isOpen(int row) {
    return attempts.outcomes().of(row) == Outcomes.ACCEPTED;
  }

  private String target(byte direction, int row) {
    String address = words.address(log.server(row));
    return direction == FlowLog.IN ? words.machine() + " (" + address + ")" : address;
  }

  private static Verdict verdict(byte direction) {
    return switch (direction) {
      case FlowLog.IN -> Verdict.PEER;
      case FlowLog.OUT -> Verdict.MACHINE;
      default -> Verdict.CANNOT_SAY;
    };
  }

  private String next(byte direction, String source) {
    if (direction == FlowLog.OUT) {
      return "Find the process on " + words.machine() + " that scans (ss -tnp), and stop it.";
    }
    return "Nothing has to be broken by it: block "
        + source
        + " in the NSG, and close the ports that need not be public.";
  }
}
