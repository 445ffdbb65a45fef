package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** C-PROBE: the load balancer's probes of one of this machine's ports fail. */
final class Probe implements Rule {
  private static final String PROBER = "168.63.129.16";
  private static final int OK = 200;

  private final Attempts attempts;
  private final ProbeAnswers answers;
  private final Context context;
  private final FlowLog log;
  private final Words words;
  private long probes;

  Probe(Attempts attempts, ProbeAnswers answers) {
    this.attempts = attempts;
    this.answers = answers;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Told told = new Told();
    probes = 0;
    for (Groups.Group service : attempts.outcomes().services(row -> isProbe(row))) {
      port(findings, told, service);
    }
    told.to(
        findings,
        (subjects, part, whole, named) ->
            "The load balancer's probes of "
                + Say.count(subjects)
                + " ports of "
                + words.machine()
                + " fail: "
                + named
                + " and others.",
        "ip.addr == " + PROBER);
    if (probes > 0 && !findings.has(Id.C_PROBE)) {
      findings.clean(
          Id.C_PROBE, Say.count(probes, "probe") + " of load balancers, passed in the end");
    }
  }

  private boolean isProbe(int row) {
    return log.direction(row) == FlowLog.IN
        && log.isPlatform(row)
        && attempts.rows.tries[row] > 0
        && PROBER.equals(words.address(log.client(row)));
  }

  private void port(Findings findings, Told told, Groups.Group service) {
    List<Integer> judged =
        service.rows().stream()
            .filter(row -> isProbe(row) && why(row) != null)
            .sorted(Comparator.comparingLong(log::began).thenComparingInt(log::firstFrame))
            .toList();
    probes += judged.size();
    List<Integer> failed = new ArrayList<>();
    for (int i = judged.size() - 1; i >= 0 && !why(judged.get(i)).isEmpty(); i--) {
      failed.add(judged.get(i));
    }
    if (failed.size() >= Thresholds.PROBES_FAILED) {
      tell(findings, told, service, failed, judged.size());
    }
  }

  /** Why a probe failed; empty where it did not, null where that can't be said. */
  private String why(int row) {
    int status = answers.status(row);
    if (attempts.outcomes().of(row) == Outcomes.REFUSED) {
      return "it is refused";
    } else if (attempts.outcomes().of(row) == Outcomes.ACCEPTED) {
      return status == 0 || status == OK ? "" : "it is answered with " + status;
    }
    boolean waited =
        Outcomes.follows(context.tables().timeline, log.began(row)) >= PlatformLookups.PATIENCE;
    return attempts.outcomes().isSilent(row) && waited ? "it gets no answer" : null;
  }

  private void tell(
      Findings findings, Told told, Groups.Group service, List<Integer> failed, int all) {
    int port = service.port();
    Cited cited = new Cited();
    failed.forEach(row -> cited.add(log.firstFrame(row), row, attempts.rows.tries[row]));
    String why = why(failed.get(0));
    told.add(
        new Finding(
                Id.C_PROBE,
                Severity.BAD,
                "The load balancer's probe of :"
                    + port
                    + " fails ("
                    + Say.of(failed.size(), all)
                    + ", "
                    + why
                    + "): "
                    + words.machine()
                    + " is out of rotation.")
            .about(Subject.of(PROBER, port, "tcp", null))
            .blames(Verdict.MACHINE)
            .brief("the probe of :" + port + " fails")
            .next(
                "Find out why "
                    + words.machine()
                    + " does not answer the probe on port "
                    + port
                    + " with 200.")
            .threshold(
                ">= 2 in a row at the end", "load balancers take a machine out after two or so")
            .number("failed", failed.size())
            .number("probes", all)
            .share(failed.size(), all)
            .proof(
                failed.size(),
                all,
                cited,
                "ip.src == " + PROBER + " && tcp.dstport == " + port + " && " + Words.SYNS,
                failed.size() < all),
        ":" + port);
    failed.forEach(row -> findings.take(row, Id.C_PROBE));
  }
}
