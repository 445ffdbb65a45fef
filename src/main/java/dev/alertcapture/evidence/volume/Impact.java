package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** I-IMPACT: whether those who use the machine's own ports are served. */
final class Impact implements Rule {
  private static final int EPHEMERAL = 32_768;
  private static final int FTP_DATA = 20;
  private static final int PORTS_SHOWN = 3;

  /** What is no user: scans and floods; slow answers are told apart from failures. */
  private static final Set<Id> NOT_USERS = EnumSet.of(Id.S_SCAN, Id.S_FLOOD, Id.C_PROBE);

  private static final Set<Id> SLOW = EnumSet.of(Id.H_SLOW, Id.W_ZERO, Id.C_RETRY);

  private final Context context;
  private final Service service;

  Impact(Context context, Service service) {
    this.context = context;
    this.service = service;
  }

  /** How one own port serves. */
  private record Port(
      int port, long connections, long failed, long slow, int median, long again, long sent) {
    String say() {
      StringBuilder out = new StringBuilder();
      if (failed > 0) {
        out.append(Say.of(failed, connections)).append(" connections on :").append(port);
        out.append(" fail");
        if (slow > 0) {
          out.append(", ").append(Say.count(slow)).append(" are slow");
        }
      } else if (slow > 0) {
        out.append(Say.of(slow, connections)).append(" connections on :").append(port);
        out.append(" are slow");
      } else {
        out.append(Say.count(connections, "connection")).append(" on :").append(port);
      }
      if (median >= 0) {
        out.append(failed + slow > 0 ? ", answers take " : " answered in ");
        out.append(Say.micros(median)).append(failed + slow > 0 ? " (p50)" : "");
        out.append(", ").append(Say.percent(again, sent)).append(" resent");
      } else if (failed + slow == 0) {
        out.append(", none asked for anything");
      }
      return out.toString();
    }
  }

  @Override
  public void tell(Findings findings) {
    if (!context.ownKnown()) {
      findings.notChecked(Id.I_IMPACT, "it is not known which addresses are the machine's");
      return;
    }
    List<Port> ports = new ArrayList<>();
    FlowLog log = context.log();
    for (Group group :
        Groups.byService(log, row -> log.isTcp(row) && log.direction(row) == FlowLog.IN)) {
      Port port = port(findings, group);
      if (port != null) {
        ports.add(port);
      }
    }
    ports.sort(
        Comparator.<Port>comparingLong(port -> -port.failed() - port.slow())
            .thenComparingLong(port -> -port.connections())
            .thenComparingInt(Port::port));
    findings.add(finding(ports));
  }

  private Finding finding(List<Port> ports) {
    if (ports.isEmpty()) {
      return new Finding(Id.I_IMPACT, Severity.INFO, "No user traffic in the file.")
          .blames(Verdict.NOTHING_FOUND);
    }
    List<String> said = ports.stream().limit(PORTS_SHOWN).map(Port::say).toList();
    String more =
        ports.size() > PORTS_SHOWN
            ? "; " + Say.count(ports.size() - PORTS_SHOWN, "port") + " more"
            : "";
    return new Finding(Id.I_IMPACT, Severity.INFO, "Users: " + String.join("; ", said) + more + ".")
        .blames(Verdict.NOTHING_FOUND)
        .number("connections", ports.stream().mapToLong(Port::connections).sum())
        .number("failed", ports.stream().mapToLong(Port::failed).sum())
        .number("slow", ports.stream().mapToLong(Port::slow).sum());
  }

  private Port port(Findings findings, Group group) {
    FlowLog log = context.log();
    long connections = 0;
    long failed = 0;
    long slow = 0;
    long again = 0;
    long sent = 0;
    int[] took = new int[group.rows().size()];
    int timed = 0;
    for (int row : group.rows()) {
      Id taker = findings.taker(row);
      boolean data = log.clientPort(row) == FTP_DATA && group.port() >= 1024;
      if (log.isPlatform(row) || data || (taker != null && NOT_USERS.contains(taker))) {
        continue;
      }
      connections++;
      boolean isSlow = taker != null && SLOW.contains(taker);
      slow += isSlow ? 1 : 0;
      failed += taker != null && !isSlow ? 1 : 0;
      again += service.again(row);
      sent += log.payload(row, 1);
      if (service.took(row) >= 0) {
        took[timed++] = service.took(row);
      }
    }
    if (connections == 0 || (connections == 1 && group.port() >= EPHEMERAL)) {
      return null;
    }
    Arrays.sort(took, 0, timed);
    int median = timed == 0 ? -1 : took[timed / 2];
    return new Port(group.port(), connections, failed, slow, median, again, sent);
  }
}
