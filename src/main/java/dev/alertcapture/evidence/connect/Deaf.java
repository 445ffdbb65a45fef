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
import java.util.Set;
import java.util.stream.Collectors;

/** C-DEAF: attempts that reach this machine, and that it does not answer. */
final class Deaf implements Rule {
  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final Words words;

  Deaf(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    Outcomes outcomes = attempts.outcomes();
    for (Groups.Group service : outcomes.services(row -> outcomes.isUnanswered(row, true))) {
      port(findings, told, service);
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " attempts to "
                + Say.count(subjects)
                + " ports of "
                + words.machine()
                + " reach it and get no answer, most of them to "
                + named
                + ".",
        Words.SYNS);
    long all = outcomes.accepted(row -> log.direction(row) == FlowLog.IN);
    if (all > 0 && !findings.has(Id.C_DEAF)) {
      findings.clean(Id.C_DEAF, "0 of " + Say.count(all, "inbound connect") + " unanswered");
    }
  }

  private void port(Findings findings, Told told, Groups.Group service) {
    Tally tally = new Tally(attempts, findings, service.rows());
    List<Integer> failed = tally.unanswered;
    if (failed.isEmpty()) {
      return;
    }
    boolean stopped = tally.acceptedBefore(failed);
    long whole = failed.size() + (stopped ? 0L : tally.accepted.size());
    boolean many = failed.size() >= Thresholds.FAILED_BAD && 2L * failed.size() >= whole;
    String say = reached(tally, service, stopped) + ": " + cause(tally, stopped) + ".";
    Finding finding =
        new Finding(Id.C_DEAF, severity(tally, many), say)
            .about(subject(service, failed))
            .blames(Verdict.MACHINE)
            .brief("port " + service.port() + " of " + words.machine() + " does not answer")
            .next(
                "Look at "
                    + words.machine()
                    + "'s own firewall, and at its listen queue: ss -ltn 'sport = :"
                    + service.port()
                    + "'.")
            .threshold(Thresholds.FAILED, Thresholds.FAILED_WHY)
            .number("unanswered", failed.size())
            .number("answered", tally.accepted.size())
            .share(failed.size(), whole)
            .proof(
                failed.size(),
                whole,
                tally.syns(failed),
                words.is("dst", service.server())
                    + " && tcp.dstport == "
                    + service.port()
                    + " && "
                    + Words.SYNS,
                failed.size() < service.rows().size());
    told.add(finding, ":" + service.port());
    failed.forEach(each -> findings.take(each, Id.C_DEAF));
  }

  private Severity severity(Tally tally, boolean many) {
    // A few single SYNs to a port that serves nobody are what the internet sends everybody.
    boolean noise =
        tally.unanswered.size() < Thresholds.FAILED_BAD
            && tally.accepted.isEmpty()
            && tally.unanswered.stream().allMatch(row -> attempts.rows.tries[row] == 1);
    return noise ? Severity.INFO : many ? Severity.BAD : Severity.NOTABLE;
  }

  private String reached(Tally tally, Groups.Group service, boolean stopped) {
    long failed = tally.unanswered.size();
    String to = " attempts to port " + service.port() + " reach " + words.machine();
    if (!stopped) {
      return Say.of(failed, failed + (long) tally.accepted.size()) + to + " and get no answer";
    }
    return "Since "
        + Say.second(context.sinceStart(tally.first(tally.unanswered)))
        + " "
        + Say.count(failed)
        + to
        + " and get no answer ("
        + Say.count(tally.accepted.size())
        + " before did)";
  }

  /** The one source there is, as the peer. */
  private Subject subject(Groups.Group service, List<Integer> failed) {
    boolean one = Tally.clients(log, failed, row -> true) == 1;
    String peer = one ? words.address(log.client(failed.get(0))) : null;
    return Subject.of(peer, service.port(), "tcp", null);
  }

  /** Tells a firewall from a full queue by who is answered. */
  private String cause(Tally tally, boolean stopped) {
    if (tally.accepted.isEmpty() || stopped) {
      return "its own firewall drops them, or its listen queue is full";
    }
    Set<Integer> served = tally.accepted.stream().map(log::client).collect(Collectors.toSet());
    long mixed =
        tally.unanswered.stream().map(log::client).distinct().filter(served::contains).count();
    if (mixed > 0) {
      return "its listen queue is full, for the same "
          + (mixed == 1 ? "address is" : "addresses are")
          + " answered at other times";
    }
    long sources = Tally.clients(log, tally.unanswered, row -> true);
    String who =
        sources == 1
            ? words.address(log.client(tally.unanswered.get(0))) + " never gets one"
            : Say.count(sources) + " addresses never get one";
    return who + " and others always do, so its own firewall drops them";
  }
}
