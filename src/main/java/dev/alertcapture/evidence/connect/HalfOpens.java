package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Told;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.names.NameTable;
import java.util.List;

/** C-HALF: this machine's SYN-ACKs are sent again, and no client acknowledges them. */
final class HalfOpens implements Rule {
  private final Attempts attempts;
  private final FlowLog log;
  private final Words words;

  HalfOpens(Attempts attempts) {
    this.attempts = attempts;
    log = attempts.context.log();
    words = attempts.context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    long waitingInAll = 0;
    for (Groups.Group service : attempts.outcomes().services(row -> waits(row))) {
      if (mayBeIn(service.direction())) {
        Tally tally = new Tally(attempts, findings, service.rows());
        List<Integer> waiting = tally.accepted.stream().filter(row -> waits(row)).toList();
        waitingInAll += waiting.size();
        tell(findings, told, service, tally, waiting);
      }
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " connections to "
                + Say.count(subjects)
                + " ports wait for the client's ACK, most of them to "
                + named
                + ".",
        "tcp.flags.syn == 1 && tcp.flags.ack == 1");
    long inbound = attempts.outcomes().accepted(row -> mayBeIn(log.direction(row)));
    if (inbound > 0 && !findings.has(Id.C_HALF)) {
      findings.clean(
          Id.C_HALF,
          Say.count(waitingInAll) + " of " + Say.count(inbound, "connect") + " half open");
    }
  }

  private static boolean mayBeIn(byte direction) {
    return direction == FlowLog.IN || direction == FlowLog.OTHER;
  }

  private boolean waits(int row) {
    boolean completed = (attempts.rows.facts[row] & Syns.COMPLETED) != 0;
    boolean aborted = (log.sent(row, 0) & Handshakes.RST) != 0;
    return log.tries(row, 1) > 1 && !completed && !aborted;
  }

  private void tell(
      Findings findings, Told told, Groups.Group service, Tally tally, List<Integer> waiting) {
    long all = tally.accepted.size() + (long) tally.unanswered.size();
    if (waiting.size() < Thresholds.HALF_OPEN
        || 100L * waiting.size() < Thresholds.HALF_OPEN_PERCENT * all) {
      return;
    }
    boolean in = service.direction() == FlowLog.IN;
    String where =
        in ? ":" + service.port() : words.service(service.server(), service.port(), NameTable.NONE);
    Cited cited = new Cited();
    waiting.forEach(row -> cited.add(attempts.rows.answerFrame[row], row, log.tries(row, 1)));
    told.add(
        new Finding(
                Id.C_HALF,
                Severity.NOTABLE,
                Say.of(waiting.size(), all)
                    + " connections to "
                    + where
                    + (in ? " of " + words.machine() : "")
                    + " wait for the client's ACK: a blocked way back, or a SYN flood.")
            .about(
                Subject.of(
                    in ? null : words.address(service.server()), service.port(), "tcp", null))
            .blames(Verdict.NETWORK)
            .brief("connections to " + where + " stay half open")
            .next(
                "Check the route and the firewalls on the way back from "
                    + (in ? words.machine() : where)
                    + " to the clients (asymmetric routing drops the SYN-ACKs).")
            .threshold(
                ">= 20 and >= 20 %", "single clients vanish; a fifth of them does not at once")
            .number("halfOpen", waiting.size())
            .number("attempts", all)
            .share(waiting.size(), all)
            .proof(
                waiting.size(),
                all,
                cited,
                words.is("src", service.server())
                    + " && tcp.srcport == "
                    + service.port()
                    + " && tcp.flags.syn == 1 && tcp.flags.ack == 1",
                true),
        where);
    waiting.forEach(row -> findings.take(row, Id.C_HALF));
  }
}
