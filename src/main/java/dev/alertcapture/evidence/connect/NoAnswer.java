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

/** C-NOANSWER: attempts to a peer's port that nothing answers. */
final class NoAnswer implements Rule {
  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final Words words;
  private Peers peers;
  private OtherFamily otherFamily;

  NoAnswer(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    peers = new Peers(context, attempts.rows);
    otherFamily = new OtherFamily(context, attempts.outcomes());
    Outcomes outcomes = attempts.outcomes();
    for (Groups.Group service : outcomes.services(row -> outcomes.isUnanswered(row, false))) {
      service(findings, told, service);
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " attempts to "
                + Say.count(subjects)
                + " services got no answer, most of them to "
                + named
                + ".",
        Words.SYNS);
    long all = outcomes.accepted(row -> log.direction(row) != FlowLog.IN);
    if (all > 0 && !findings.has(Id.C_NOANSWER)) {
      findings.clean(Id.C_NOANSWER, "0 of " + Say.count(all, "connect") + " unanswered");
    }
    if (attempts.outcomes().allOpen()) {
      findings.inconclusive(
          "no attempt to connect has an answer, and too little of them is there.");
    }
  }

  private void service(Findings findings, Told told, Groups.Group service) {
    Tally tally = new Tally(attempts, findings, service.rows());
    List<Integer> failed = tally.unanswered;
    if (failed.isEmpty()) {
      return;
    }
    boolean stopped = tally.acceptedBefore(failed);
    long whole = failed.size() + (stopped ? 0L : tally.accepted.size());
    boolean many = failed.size() >= Thresholds.FAILED_BAD && 2L * failed.size() >= whole;
    int row = failed.get(0);
    boolean spare = failed.stream().allMatch(otherFamily::connected);
    Severity severity = spare ? Severity.INFO : many ? Severity.BAD : Severity.NOTABLE;
    String called = words.service(service.server(), service.port(), log.name(row));
    boolean out = service.direction() == FlowLog.OUT;
    String filter = words.is("dst", service.server()) + " && tcp.dstport == " + service.port();
    Finding finding =
        new Finding(Id.C_NOANSWER, severity, say(tally, service, called, stopped) + ".")
            .about(
                Subject.of(
                    words.address(service.server()),
                    service.port(),
                    "tcp",
                    words.name(log.name(row))))
            .blames(out ? Verdict.NETWORK : Verdict.CANNOT_SAY)
            .brief(
                words.shortService(service.server(), service.port(), log.name(row))
                    + " does not answer")
            .next(next(called, out))
            .threshold(Thresholds.FAILED, Thresholds.FAILED_WHY)
            .number("unanswered", failed.size())
            .number("answered", tally.accepted.size())
            .share(failed.size(), whole)
            .proof(
                failed.size(),
                whole,
                tally.syns(failed),
                filter + " && " + Words.SYNS,
                failed.size() < service.rows().size());
    if (spare) {
      finding.caveat("IPv4 connected at the same time, so nobody has to notice.");
    }
    told.add(finding, called);
    failed.forEach(each -> findings.take(each, Id.C_NOANSWER));
  }

  private String next(String called, boolean out) {
    return out
        ? "Check the NSG, the route and the firewalls between "
            + words.machine()
            + " and "
            + called
            + "."
        : "Capture on the server's side, to see whether the attempts to " + called + " arrive.";
  }

  private String say(Tally tally, Groups.Group service, String called, boolean stopped) {
    List<Integer> failed = tally.unanswered;
    long tried = failed.size() + (long) tally.accepted.size();
    String from = service.direction() == FlowLog.OUT ? "" : " " + from(failed);
    String attempts = " attempt" + (tried == 1 ? "" : "s") + from + " to " + called;
    if (!stopped) {
      String begin = Say.of(failed.size(), tried) + attempts + " got no answer";
      return begin + cause(tally, service);
    }
    String since = Say.second(context.sinceStart(tally.first(failed)));
    String none = failed.size() == 1 ? "the one" : "none of the " + Say.count(failed.size());
    return "Since "
        + since
        + " "
        + none
        + attempts
        + (failed.size() == 1 ? " got no answer" : " got an answer")
        + " ("
        + Say.count(tally.accepted.size())
        + " before did)"
        + cause(tally, service);
  }

  private String from(List<Integer> failed) {
    long clients = Tally.clients(log, failed, row -> true);
    return clients == 1
        ? "from " + words.address(log.client(failed.get(0)))
        : "from " + Say.count(clients) + " addresses";
  }

  private String cause(Tally tally, Groups.Group service) {
    if (service.direction() != FlowLog.OUT) {
      return "; what drops them, or whether the host is down, these packets can't say";
    }
    long first = tally.first(tally.unanswered);
    int older = peers.olderThatLive(service.rows(), first);
    if (older > 0) {
      return ": dropped on the way for new connections only, or its listen queue is full; "
          + (older == 1
              ? "an older connection still works"
              : Say.count(older) + " older connections still work");
    }
    String also = "";
    if (tally.acceptedBefore(tally.unanswered)) {
      int silent = peers.silentSince(service.server(), first);
      also = silent == 0 ? "" : "; " + Say.count(silent, "other flow") + " of it fell silent, too";
    } else if (!tally.accepted.isEmpty()) {
      return ": some are dropped on the way, or its listen queue is full";
    }
    String itself =
        log.isPlatform(tally.unanswered.get(0))
            ? ""
            : peers.heard(service.server()) ? " or by its own firewall" : ", or the host is down";
    return ": dropped on the way (NSG, firewall, route)" + itself + also;
  }
}
