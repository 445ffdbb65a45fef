package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.session.Parties.CLIENT;
import static dev.alertcapture.evidence.session.Parties.SERVER;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.List;

/** C-STALE: connections from before the file on which one end asks and never hears anything. */
final class StaleSessions implements Rule {
  /** Segments as large as this may be lost for their size. */
  private static final int FULL_SIZE = 1_280;

  private final FlowLog log;
  private final Parties parties;
  private final Silences silences;

  StaleSessions(Context context, Silences silences) {
    log = context.log();
    parties = new Parties(context);
    this.silences = silences;
  }

  @Override
  public void tell(Findings findings) {
    Fold told = new Fold();
    for (Group group : parties.sessions(findings)) {
      for (int asking = CLIENT; asking <= SERVER; asking++) {
        int end = asking;
        List<Integer> stale = group.rows().stream().filter(row -> isStale(row, end)).toList();
        if (stale.size() >= Thresholds.STALE) {
          Finding finding = finding(group, end, stale);
          told.add(finding);
          Parties.take(findings, finding, stale);
        }
      }
    }
    told.tell(findings);
    if (told.isEmpty()) {
      findings.clean(Id.C_STALE, "no old connections that are dead");
    }
  }

  private boolean isStale(int row, int end) {
    return silences.sender(row) == end
        && silences.isStale(row)
        && silences.began(row) >= Ticks.SECOND
        && silences.lasted(row) >= 3 * Ticks.SECOND
        && silences.leastPayload(row) < FULL_SIZE;
  }

  private Finding finding(Group group, int end, List<Integer> stale) {
    Cited cited = new Cited();
    for (int row : stale) {
      cited.add(silences.frame(row), row, silences.lasted(row));
    }
    boolean machine = Parties.isMachine(group, 1 - end);
    long alive =
        group.rows().stream()
            .filter(row -> log.isFromStart(row) && log.payload(row, 1 - end) > 0)
            .count();
    String count = Say.count(stale.size()) + " old connections ";
    String who = end == CLIENT ? "to " + parties.service(group) : "from " + parties.service(group);
    String how =
        machine
            ? " reach "
                + (end == CLIENT ? "it" : "this machine")
                + " and get no answer any more: its own firewall has forgotten them"
            : " get no answer any more: idle connections that a load balancer or firewall on the way has dropped";
    String others =
        alive > 1
            ? "; " + Say.count(alive) + " new ones work"
            : alive == 1 ? "; 1 new one works" : "";
    return new Finding(Id.C_STALE, Severity.NOTABLE, count + who + how + others + ".")
        .about(parties.subject(group))
        .blames(machine ? Verdict.MACHINE : Verdict.NETWORK)
        .brief("old connections to " + parties.shortService(group) + " are dead")
        .next(
            "Keep connections to "
                + parties.shortService(group)
                + " alive under the idle time-out on the way (4 minutes by default in Azure), or"
                + " shorten their life in the pool.")
        .threshold(">= " + Thresholds.STALE, Thresholds.STALE_WHY)
        .number("connections", stale.size())
        .number("alive", alive)
        .share(stale.size(), group.rows().size())
        .proof(
            stale.size(),
            group.rows().size(),
            cited,
            parties.filter(group, end) + " && tcp.len > 0",
            true);
  }
}
