package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
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

/** C-RETRY: connects of which the first SYN was not answered and a later one was. */
final class Retry implements Rule {
  private final Attempts attempts;
  private final Snat snat;
  private final Context context;
  private final FlowLog log;
  private final Words words;

  Retry(Attempts attempts, Snat snat) {
    this.attempts = attempts;
    this.snat = snat;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    Outcomes outcomes = attempts.outcomes();
    for (Groups.Group service : outcomes.services(row -> attempts.rows.triesToAnswer[row] > 1)) {
      if (!snat.explains(service)) {
        service(findings, told, service);
      }
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " connects to "
                + Say.count(subjects)
                + " services needed a second SYN, most of them to "
                + named
                + ".",
        Words.SYNS);
    long all = outcomes.accepted(row -> true);
    if (all > 0 && !findings.has(Id.C_RETRY)) {
      findings.clean(Id.C_RETRY, "0 of " + Say.count(all, "connect") + " needed a second SYN");
    }
  }

  private void service(Findings findings, Told told, Groups.Group service) {
    Tally tally = new Tally(attempts, findings, service.rows());
    List<Integer> late =
        tally.accepted.stream().filter(row -> attempts.rows.triesToAnswer[row] > 1).toList();
    int of = tally.accepted.size();
    if (late.isEmpty()) {
      return;
    }
    boolean many =
        late.size() >= Thresholds.RETRIED
            && 100L * late.size() >= (long) Thresholds.RETRIED_PERCENT * of;
    boolean in = service.direction() == FlowLog.IN;
    int name = log.name(late.get(0));
    String called =
        in
            ? "port " + service.port() + " of " + words.machine()
            : words.service(service.server(), service.port(), name);
    long[] waits = late.stream().mapToLong(row -> attempts.rows.wait[row]).sorted().toArray();
    String say =
        Say.of(late.size(), of)
            + " connects to "
            + called
            + needed(late)
            + Say.micros(waits[waits.length / 2])
            + (late.size() > 1 ? " each" : "")
            + (in ? "; the first one had reached it." : ".");
    told.add(
        new Finding(Id.C_RETRY, many ? Severity.NOTABLE : Severity.INFO, say)
            .about(
                Subject.of(
                    in ? null : words.address(service.server()),
                    service.port(),
                    "tcp",
                    in ? null : words.name(name)))
            .blames(verdict(service.direction()))
            .brief("connects to " + called + " need a second SYN")
            .next(next(in, called))
            .threshold(
                ">= 3 and >= 2 %", "a single SYN may be lost on any way; each costs a second")
            .number("retried", late.size())
            .number("answered", of)
            .number("medianMicros", waits[waits.length / 2])
            .share(late.size(), of)
            .proof(
                late.size(),
                of,
                tally.syns(late),
                words.is("dst", service.server())
                    + " && tcp.dstport == "
                    + service.port()
                    + " && "
                    + Words.SYNS,
                late.size() < service.rows().size()),
        called);
  }

  private String needed(List<Integer> late) {
    int most = 0;
    for (int row : late) {
      most = Math.max(most, attempts.rows.triesToAnswer[row]);
    }
    return most == 2 ? " needed a second SYN: " : " needed up to " + most + " SYNs: ";
  }

  private static Verdict verdict(byte direction) {
    return switch (direction) {
      case FlowLog.OUT -> Verdict.NETWORK;
      case FlowLog.IN -> Verdict.MACHINE;
      default -> Verdict.CANNOT_SAY;
    };
  }

  private String next(boolean in, String called) {
    return in
        ? "Look at the listen queue of " + words.machine() + ": nstat -az TcpExtListenOverflows."
        : "Look for loss on the way to " + called + ", and at its listen queue.";
  }
}
