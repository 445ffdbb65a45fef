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
import java.util.ArrayList;
import java.util.List;

/** S-FLOOD: SYNs to one of this machine's ports, a thousand a second, few of them completed. */
final class Flood implements Rule {
  private static final int FEW_SOURCES = 5;

  private final Attempts attempts;
  private final FloodCounts counts;
  private final Context context;
  private final FlowLog log;
  private final Words words;

  Flood(Attempts attempts, FloodCounts counts) {
    this.attempts = attempts;
    this.counts = counts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    for (FloodCounts.Target target : counts.flooded()) {
      tell(findings, told, target);
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            "SYN floods to "
                + Say.count(subjects)
                + " ports of "
                + words.machine()
                + ", most of all "
                + named
                + ".",
        Words.SYNS);
    if (!findings.has(Id.S_FLOOD)) {
      findings.clean(
          Id.S_FLOOD,
          "no port gets " + Say.count(Thresholds.FLOOD_SYNS) + " SYNs/s that come to nothing");
    }
  }

  private void tell(Findings findings, Told told, FloodCounts.Target target) {
    int server = context.tables().addresses.find(target.high, target.low);
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < log.size(); row++) {
      boolean its = log.server(row) == server && log.serverPort(row) == target.port;
      boolean incomplete = (attempts.rows.facts[row] & Syns.COMPLETED) == 0;
      if (its && log.isTcp(row) && attempts.rows.tries[row] > 0 && incomplete) {
        rows.add(row);
      }
    }
    long sources = Tally.clients(log, rows, row -> log.client(row) >= 0);
    boolean few = sources > 0 && sources <= FEW_SOURCES;
    String from =
        sources == 1
            ? words.address(log.client(rows.get(0)))
            : (log.leftOut() > 0 ? "at least " : "") + Say.count(sources, "address");
    String say =
        Say.count(target.inFloodedSeconds / target.floodedSeconds)
            + " SYNs/s from "
            + from
            + " to :"
            + target.port
            + " of "
            + words.machine()
            + ", "
            + Say.percent(target.completed, target.attempts)
            + " completed: a SYN flood.";
    Cited cited = new Cited();
    cited.add(target.firstFrame, 0, 0);
    cited.add(target.peakFrame, 1, 1);
    cited.add(target.lastFrame, 2, 0);
    told.add(
        new Finding(Id.S_FLOOD, Severity.BAD, say)
            .about(Subject.of(sources == 1 ? from : null, target.port, "tcp", null))
            .blames(Verdict.PEER)
            .brief("port " + target.port + " of " + words.machine() + " is flooded with SYNs")
            .next(next(few, from))
            .threshold(
                ">= 1,000 SYNs/s in >= 2 s, <= 10 % completed",
                "a busy service completes what it is asked, and a queue of thousands is full in seconds")
            .number("synsPerSecond", target.inFloodedSeconds / target.floodedSeconds)
            .number("syns", target.syns)
            .number("completed", target.completed)
            .share(target.attempts - target.completed, target.attempts)
            .proof(
                target.attempts - target.completed,
                target.attempts,
                cited,
                filter(server, target.port),
                target.completed > 0),
        ":" + target.port);
    rows.forEach(row -> findings.take(row, Id.S_FLOOD));
  }

  private String filter(int server, int port) {
    String to = server < 0 ? "" : words.is("dst", server) + " && ";
    return to + "tcp.dstport == " + port + " && " + Words.SYNS;
  }

  private static String next(boolean few, String from) {
    return few
        ? "Block " + from + " in the NSG, and keep SYN cookies on."
        : "Turn on Azure DDoS Protection, or put a gateway in front; keep SYN cookies on. Blocking"
            + " the sources does not help, they may be forged.";
  }
}
