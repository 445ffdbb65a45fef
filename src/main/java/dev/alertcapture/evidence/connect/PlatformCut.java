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
import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.List;

/** P-PLATFORM: Azure's own address does not answer this machine, or its gateway does not. */
final class PlatformCut implements Rule {
  private static final String PLATFORM = "168.63.129.16";
  private static final int DHCP = 67;

  private final Attempts attempts;
  private final PlatformLookups lookups;
  private final Gateway gateway;
  private final Context context;
  private final FlowLog log;
  private final List<Integer> connects = new ArrayList<>();
  private final List<Integer> leases = new ArrayList<>();
  private long answered;

  PlatformCut(Attempts attempts, PlatformLookups lookups, Gateway gateway) {
    this.attempts = attempts;
    this.lookups = lookups;
    this.gateway = gateway;
    context = attempts.context;
    log = context.log();
  }

  @Override
  public void tell(Findings findings) {
    boolean unheard =
        findings.of(Id.C_UNHEARD).stream().anyMatch(each -> PLATFORM.equals(each.subject().peer()));
    collect(findings);
    long failed = lookups.unanswered() + connects.size() + leases.size();
    long all = failed + answered + lookups.answered();
    if (failed >= Thresholds.PLATFORM_FAILED && 2 * failed >= all && !unheard) {
      tell(findings, failed, all);
    } else if (!gateway.tell(findings) && all > 0) {
      findings.clean(
          Id.P_PLATFORM, Say.of(failed, all) + " requests to " + PLATFORM + " unanswered");
    }
  }

  private void collect(Findings findings) {
    connects.clear();
    leases.clear();
    answered = 0;
    for (int row = 0; row < log.size(); row++) {
      boolean out = log.direction(row) != FlowLog.IN && log.isPlatform(row);
      if (!out || findings.isTaken(row) || !isPlatform(row)) {
        continue;
      }
      if (log.isTcp(row)) {
        switch (attempts.outcomes().of(row)) {
          case Outcomes.UNANSWERED -> connects.add(row);
          case Outcomes.ACCEPTED, Outcomes.REFUSED -> answered++;
          default -> {}
        }
      } else if (log.protocol(row) == Packet.UDP && log.serverPort(row) == DHCP) {
        lease(row);
      }
    }
  }

  private void lease(int row) {
    if (log.frames(row, 1) > 0) {
      answered++;
    } else if (Outcomes.follows(context.tables().timeline, log.began(row))
        >= PlatformLookups.PATIENCE) {
      leases.add(row);
    }
  }

  /** The metadata service is an address of its own. */
  private boolean isPlatform(int row) {
    return PLATFORM.equals(context.words().address(log.server(row)));
  }

  private void tell(Findings findings, long failed, long all) {
    List<String> counts = new ArrayList<>();
    List<String> cut = new ArrayList<>();
    List<String> filters = new ArrayList<>();
    Cited cited = new Cited();
    if (!connects.isEmpty()) {
      counts.add(Say.count(connects.size(), "connect"));
      cut.add("agent");
      filters.add("(" + Words.SYNS + ")");
      connects.forEach(row -> cited.add(log.firstFrame(row), row, attempts.rows.tries[row]));
    }
    if (lookups.unanswered() > 0) {
      counts.add(Say.count(lookups.unanswered(), "lookup"));
      cut.add("DNS");
      filters.add("(dns && dns.flags.response == 0)");
      lookups.cite(cited);
    }
    if (!leases.isEmpty()) {
      counts.add(Say.count(leases.size(), "DHCP request"));
      cut.add("DHCP");
      filters.add("udp.dstport == 67");
      leases.forEach(row -> cited.add(log.firstFrame(row), row, 1));
    }
    findings.add(
        new Finding(
                Id.P_PLATFORM,
                Severity.BAD,
                PLATFORM
                    + " left "
                    + Say.of(failed, all)
                    + " requests unanswered ("
                    + String.join(", ", counts)
                    + "): "
                    + list(cut)
                    + (cut.size() == 1 ? " is" : " are")
                    + " cut off (NSG, route, firewall).")
            .about(Subject.of(PLATFORM, 0, null, null))
            .blames(Verdict.NETWORK)
            .brief(PLATFORM + " does not answer")
            .next(
                "Allow "
                    + PLATFORM
                    + " in the NSG, the routes and the firewalls of "
                    + context.words().machine()
                    + ".")
            .threshold(
                ">= 2 and >= 50 %", "Azure's own address answers from the host, without a network")
            .number("unanswered", failed)
            .number("requests", all)
            .share(failed, all)
            .proof(
                failed,
                all,
                cited,
                "ip.dst == " + PLATFORM + " && (" + String.join(" || ", filters) + ")",
                true));
    connects.forEach(row -> findings.take(row, Id.P_PLATFORM));
    leases.forEach(row -> findings.take(row, Id.P_PLATFORM));
  }

  private static String list(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
