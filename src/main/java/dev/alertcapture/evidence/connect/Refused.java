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

/** C-REFUSED: attempts that a reset answers. */
final class Refused implements Rule {
  private static final String RESETS = "tcp.flags.reset == 1 && tcp.flags.ack == 1";

  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final Words words;
  private Nearer nearer;

  Refused(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    nearer = new Nearer(log, attempts.rows, attempts.outcomes());
    Outcomes outcomes = attempts.outcomes();
    for (Groups.Group service : outcomes.services(row -> outcomes.of(row) == Outcomes.REFUSED)) {
      service(findings, told, service);
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " attempts to "
                + Say.count(subjects)
                + " services are refused, most of them to "
                + named
                + ".",
        RESETS);
    long all = outcomes.accepted(row -> true);
    if (all > 0 && !findings.has(Id.C_REFUSED)) {
      findings.clean(Id.C_REFUSED, "0 of " + Say.count(all, "connect") + " refused");
    }
  }

  private void service(Findings findings, Told told, Groups.Group service) {
    Tally tally = new Tally(attempts, findings, service.rows());
    List<Integer> failed = tally.refused;
    if (failed.isEmpty()) {
      return;
    }
    boolean stopped = tally.acceptedBefore(failed);
    long others = tally.accepted.size() + (long) tally.unanswered.size();
    long whole = failed.size() + (stopped ? 0L : others);
    boolean out = service.direction() != FlowLog.IN;
    boolean serves = serves(service);
    boolean many = failed.size() >= Thresholds.FAILED_BAD && 2L * failed.size() >= whole;
    boolean still = tally.last(failed) > tally.last(tally.accepted);
    Severity severity =
        out && many && still ? Severity.BAD : out || serves ? Severity.NOTABLE : Severity.INFO;
    boolean box = service.direction() == FlowLog.OUT && nearer.refuses(service.server(), failed);
    int name = log.name(failed.get(0));
    String who = out ? words.peer(service.server(), name) : words.theMachine();
    Finding finding =
        new Finding(
                Id.C_REFUSED,
                severity,
                who
                    + " "
                    + refuses(tally, service, whole, serves)
                    + from(box, service, serves)
                    + ".")
            .about(
                Subject.of(
                    out ? words.address(service.server()) : null,
                    service.port(),
                    "tcp",
                    out ? words.name(name) : null))
            .blames(box ? Verdict.NETWORK : verdict(service))
            .brief((out ? words.peer(service.server(), name) : who) + " refuses " + service.port())
            .next(next(service, box, name))
            .threshold(Thresholds.FAILED + " and so to the end", Thresholds.FAILED_WHY)
            .number("refused", failed.size())
            .number("answered", tally.accepted.size())
            .share(failed.size(), whole)
            .proof(
                failed.size(),
                whole,
                tally.answers(failed),
                words.is("src", service.server())
                    + " && tcp.srcport == "
                    + service.port()
                    + " && "
                    + RESETS,
                serves);
    told.add(finding, words.shortService(service.server(), service.port(), name));
    failed.forEach(each -> findings.take(each, Id.C_REFUSED));
  }

  private static Verdict verdict(Groups.Group service) {
    return switch (service.direction()) {
      case FlowLog.OUT -> Verdict.PEER;
      case FlowLog.IN -> Verdict.MACHINE;
      default -> Verdict.CANNOT_SAY;
    };
  }

  /** Whether the port was served, too: something else than a reset came from there. */
  private boolean serves(Groups.Group service) {
    return service.rows().stream()
        .anyMatch(
            row ->
                attempts.outcomes().of(row) == Outcomes.ACCEPTED
                    || (attempts.rows.tries[row] == 0 && log.payload(row, 1) > 0));
  }

  private String refuses(Tally tally, Groups.Group service, long whole, boolean serves) {
    List<Integer> failed = tally.refused;
    String port = "port " + service.port();
    String count = " (" + Say.of(failed.size(), whole) + " attempts)";
    long first = tally.first(failed);
    long last = tally.last(failed);
    boolean before = tally.accepted.stream().anyMatch(row -> log.began(row) < first);
    boolean after = tally.accepted.stream().anyMatch(row -> log.began(row) > last);
    boolean between =
        tally.accepted.stream().anyMatch(row -> log.began(row) >= first && log.began(row) <= last);
    if (between || (after && !before)) {
      return "refuses some attempts to " + port + " (" + Say.of(failed.size(), whole) + ")";
    } else if (before && after) {
      return "refused "
          + port
          + " from "
          + second(first)
          + " to "
          + second(last)
          + count
          + ", it worked before and after: restarted";
    } else if (before) {
      return "refuses " + port + " since " + second(first) + count + ", it worked before";
    } else if (serves) {
      return "refuses new connections to " + port + count + ", older ones still work";
    }
    return "refuses " + port + count;
  }

  private static String from(boolean box, Groups.Group service, boolean serves) {
    if (box) {
      return "; not by itself, for the resets come sooner than it ever answers: a box on the way";
    } else if (serves) {
      return "";
    } else if (service.direction() == FlowLog.IN) {
      return ": nothing listens there, or its own firewall rejects it";
    }
    return ": nothing listens there, or a firewall rejects it (an NSG never does)";
  }

  private String next(Groups.Group service, boolean box, int name) {
    if (box) {
      return "Find the firewall or proxy between "
          + words.machine()
          + " and "
          + words.peer(service.server(), name)
          + " that rejects port "
          + service.port()
          + ".";
    }
    String where =
        service.direction() == FlowLog.IN ? words.machine() : words.peer(service.server(), name);
    return "Check on " + where + " that the service on port " + service.port() + " runs.";
  }

  private String second(long time) {
    return Say.second(context.sinceStart(time));
  }
}
