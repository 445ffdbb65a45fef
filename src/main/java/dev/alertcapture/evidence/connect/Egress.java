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
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.self.Platform;
import java.util.ArrayList;
import java.util.List;

/** C-EGRESS: nothing public answers this machine, while private peers do. */
final class Egress implements Rule {
  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final List<Integer> failed = new ArrayList<>();
  private int judgeable;
  private boolean privateWorks;

  Egress(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
  }

  @Override
  public void tell(Findings findings) {
    boolean noWayOut = collect(findings);
    long peers = failed.stream().mapToInt(log::server).distinct().count();
    if (!noWayOut
        || !privateWorks
        || peers < Thresholds.EGRESS_PEERS
        || judgeable < Thresholds.EGRESS_ATTEMPTS) {
      if (!noWayOut) {
        findings.clean(Id.C_EGRESS, "public peers answer");
      }
      return;
    }
    Cited cited = new Cited();
    failed.forEach(row -> cited.add(log.firstFrame(row), row, attempts.rows.tries[row]));
    findings.add(
        new Finding(
                Id.C_EGRESS,
                Severity.BAD,
                "Every attempt to "
                    + Say.count(peers)
                    + " public addresses fails ("
                    + Say.count(failed.size())
                    + " in all) while private ones succeed: no way out (route, NSG, firewall, or no"
                    + " outbound address).")
            .about(Subject.of(null, 0, "tcp", null))
            .blames(Verdict.NETWORK)
            .brief("nothing public answers")
            .next(
                "Check how "
                    + context.words().machine()
                    + " gets out: NAT gateway, public address or load balancer rule, routes, NSG,"
                    + " firewall.")
            .threshold(
                ">= 3 public peers, >= 10 attempts, none answered",
                "three peers do not fail at once by themselves")
            .number("attempts", failed.size())
            .number("peers", peers)
            .share(1, 1)
            .proof(
                failed.size(),
                failed.size(),
                cited,
                context.words().is("src", log.client(failed.get(0))) + " && " + Words.SYNS,
                true));
    failed.forEach(row -> findings.take(row, Id.C_EGRESS));
  }

  /** Sorts outbound attempts; false as soon as something public answers. */
  private boolean collect(Findings findings) {
    failed.clear();
    judgeable = 0;
    privateWorks = false;
    Addresses all = context.tables().addresses;
    for (int row = 0; row < log.size(); row++) {
      int server = log.server(row);
      Id taker = findings.taker(row);
      boolean attempt = log.direction(row) == FlowLog.OUT && attempts.rows.tries[row] > 0;
      if (!attempt || server < 0 || taker == Id.S_SCAN || taker == Id.S_FLOOD) {
        continue;
      }
      long high = all.high(server);
      long low = all.low(server);
      if (Platform.isPublic(high, low)) {
        if (taker != null || !attempts.outcomes().isSilent(row)) {
          return false;
        }
        failed.add(row);
        judgeable += attempts.outcomes().isJudgeable(row) ? 1 : 0;
      } else if (Platform.isPrivate(high, low)) {
        privateWorks |= attempts.outcomes().of(row) == Outcomes.ACCEPTED;
      }
    }
    return true;
  }
}
