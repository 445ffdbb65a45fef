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
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.self.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * C-SNAT: some of many connects to one public service fail, and those to others do not. Outbound
 * ports are given out by destination, so they run out for one.
 */
final class Snat implements Rule {
  /** One public service: how many connects there were, and which of them failed or came late. */
  private record Service(Groups.Group group, long attempts, Tally tally, List<Integer> late) {
    long troubled() {
      return tally.unanswered.size() + (long) late.size();
    }
  }

  private final Attempts attempts;
  private final Context context;
  private final FlowLog log;
  private final Words words;
  private Groups.Group explained;

  Snat(Attempts attempts) {
    this.attempts = attempts;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  /** Whether it is the reason why connects to this service needed a second SYN. */
  boolean explains(Groups.Group service) {
    return explained != null
        && explained.server() == service.server()
        && explained.port() == service.port()
        && explained.direction() == service.direction();
  }

  @Override
  public void tell(Findings findings) {
    List<Service> services = new ArrayList<>();
    for (Groups.Group group : attempts.outcomes().services(row -> isOutToPublic(row))) {
      services.add(service(findings, group));
    }
    for (Service each : services) {
      if (isShort(each) && !comesIn(each.group().server()) && othersAreFine(services, each)) {
        tell(findings, each, services.size() > 1);
        return;
      }
    }
    if (!services.isEmpty()) {
      findings.clean(Id.C_SNAT, "no public service fails in part alone");
    }
  }

  private Service service(Findings findings, Groups.Group group) {
    Tally tally = new Tally(attempts, findings, group.rows());
    List<Integer> late =
        tally.accepted.stream().filter(row -> attempts.rows.triesToAnswer[row] > 1).toList();
    return new Service(group, tally.accepted.size() + (long) tally.unanswered.size(), tally, late);
  }

  private static boolean isShort(Service service) {
    long part = service.troubled();
    long all = service.attempts();
    return all >= Thresholds.SNAT_ATTEMPTS && 20 * part >= all && 10 * part <= 9 * all;
  }

  private boolean isOutToPublic(int row) {
    Addresses all = context.tables().addresses;
    int address = log.server(row);
    return log.direction(row) == FlowLog.OUT
        && address >= 0
        && Platform.isPublic(all.high(address), all.low(address));
  }

  /** A peer that connects to this machine as well is no destination behind SNAT. */
  private boolean comesIn(int peer) {
    for (int row = 0; row < log.size(); row++) {
      if (log.direction(row) == FlowLog.IN && log.client(row) == peer) {
        return true;
      }
    }
    return false;
  }

  private static boolean othersAreFine(List<Service> services, Service one) {
    long part = 0;
    long all = 0;
    for (Service each : services) {
      if (each.group().server() != one.group().server()) {
        part += each.troubled();
        all += each.attempts();
      }
    }
    return 100 * part < Math.max(1, all);
  }

  private void tell(Findings findings, Service service, boolean others) {
    explained = service.group();
    Groups.Group group = service.group();
    List<Integer> rows =
        Stream.concat(service.tally().unanswered.stream(), service.late().stream()).toList();
    int name = log.name(rows.get(0));
    String called = words.service(group.server(), group.port(), name);
    findings.add(
        new Finding(
                Id.C_SNAT,
                Severity.NOTABLE,
                Say.of(rows.size(), service.attempts())
                    + " new connections to "
                    + called
                    + " get no answer, or one to a second SYN only"
                    + (others ? "; other destinations are fine" : "")
                    + ": SNAT ports may have run out (a hint).")
            .about(Subject.of(words.address(group.server()), group.port(), "tcp", words.name(name)))
            .blames(Verdict.NETWORK)
            .brief("connects to " + called + " fail in part")
            .next(
                "Look at the metrics of SNAT connections of the NAT gateway or load balancer, and"
                    + " reuse connections to "
                    + called
                    + ".")
            .threshold(
                ">= 64 connects to one public service, 5 to 90 % in trouble, < 1 % to others",
                "SNAT ports are given out by 64 or more, by destination")
            .number("troubled", rows.size())
            .number("attempts", service.attempts())
            .share(rows.size(), service.attempts())
            .proof(
                rows.size(),
                service.attempts(),
                service.tally().syns(rows),
                words.is("dst", group.server())
                    + " && tcp.dstport == "
                    + group.port()
                    + " && "
                    + Words.SYNS,
                true));
    service.tally().unanswered.forEach(row -> findings.take(row, Id.C_SNAT));
  }
}
