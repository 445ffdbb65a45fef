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
import java.util.List;

/** X-REUSE: the server still has the old connection of a port that the client uses again. */
final class Reuse implements Rule {
  private static final String BARE_ACKS =
      "tcp.flags.ack == 1 && tcp.flags.syn == 0 && tcp.flags.fin == 0 && tcp.flags.reset == 0"
          + " && tcp.len == 0";

  private final Attempts attempts;
  private final FlowLog log;
  private final Words words;

  Reuse(Attempts attempts) {
    this.attempts = attempts;
    log = attempts.context.log();
    words = attempts.context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    for (Groups.Group service : attempts.outcomes().services(row -> isReused(row))) {
      List<Integer> reused =
          service.rows().stream()
              .filter(row -> isReused(row))
              .filter(row -> !findings.isTaken(row))
              .toList();
      if (reused.size() >= Thresholds.REUSED) {
        told.add(finding(service, reused), called(service, reused.get(0)));
        reused.forEach(row -> findings.take(row, Id.X_REUSE));
      }
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            "Clients of "
                + Say.count(subjects)
                + " services use ports again while the servers still wait, most often of "
                + named
                + ".",
        BARE_ACKS);
    if (!findings.has(Id.X_REUSE)) {
      findings.clean(Id.X_REUSE, "no port used again too soon");
    }
  }

  private boolean isReused(int row) {
    return (attempts.rows.facts[row] & Syns.REUSED) != 0;
  }

  private String called(Groups.Group service, int row) {
    return words.service(service.server(), service.port(), log.name(row));
  }

  private Finding finding(Groups.Group service, List<Integer> reused) {
    int first = reused.get(0);
    boolean out = service.direction() == FlowLog.OUT;
    boolean one = Tally.clients(log, reused, row -> true) == 1;
    String client =
        out ? words.theMachine() : one ? words.address(log.client(first)) : "The clients";
    boolean plural = !out && !one;
    String say =
        client
            + (plural ? " use" : " uses")
            + " ports again while "
            + called(service, first)
            + " still waits: "
            + Say.count(reused.size(), "SYN")
            + (reused.size() == 1 ? " is" : " are")
            + " answered by a bare ACK.";
    Cited cited = new Cited();
    reused.forEach(row -> cited.add(attempts.rows.oddFrame[row], row, attempts.rows.tries[row]));
    long attemptsInAll =
        service.rows().stream().filter(row -> attempts.rows.tries[row] > 0).count();
    return new Finding(Id.X_REUSE, Severity.NOTABLE, say)
        .about(
            Subject.of(
                words.address(out ? service.server() : log.client(first)),
                service.port(),
                "tcp",
                out ? words.name(log.name(first)) : null))
        .blames(
            switch (service.direction()) {
              case FlowLog.OUT -> Verdict.MACHINE;
              case FlowLog.IN -> Verdict.PEER;
              default -> Verdict.CANNOT_SAY;
            })
        .brief("ports are used again too soon")
        .next("Keep connections open and pool them, so that the client needs fewer ports.")
        .threshold(">= 3", "one may be an old packet that comes late")
        .number("reused", reused.size())
        .share(reused.size(), attemptsInAll)
        .proof(
            reused.size(),
            attemptsInAll,
            cited,
            words.is("src", service.server())
                + " && tcp.srcport == "
                + service.port()
                + " && "
                + BARE_ACKS,
            true);
  }
}
