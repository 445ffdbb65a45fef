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
import dev.alertcapture.evidence.finding.Words;
import java.util.List;

/** T-TLS: handshakes that one end refuses with an alert, or the server ends without a word. */
final class FailedTls implements Rule {
  private static final int TLS_1_0 = 0x0301;
  private static final int TLS_1_1 = 0x0302;

  private final FlowLog log;
  private final Words words;
  private final Parties parties;
  private final TlsHandshakes handshakes;
  private final Endings endings;

  FailedTls(Context context, TlsHandshakes handshakes, Endings endings) {
    log = context.log();
    words = context.words();
    parties = new Parties(context);
    this.handshakes = handshakes;
    this.endings = endings;
  }

  @Override
  public void tell(Findings findings) {
    Fold told = new Fold();
    long all = 0;
    for (Group group : parties.sessions(findings)) {
      List<Integer> hellos =
          group.rows().stream()
              .filter(row -> log.isFromStart(row) && handshakes.isTls(row))
              .toList();
      all += hellos.size();
      alerts(group, hellos, SERVER, told, findings);
      alerts(group, hellos, CLIENT, told, findings);
      ended(group, hellos, told, findings);
    }
    if (told.isEmpty() && all > 0) {
      findings.clean(Id.T_TLS, "0 of " + Say.count(all, "TLS handshake") + " refused");
    }
    told.tell(findings);
  }

  private void alerts(Group group, List<Integer> hellos, int by, Fold told, Findings findings) {
    int alert = mostFrequent(hellos, by);
    if (alert == TlsHandshakes.NONE) {
      return;
    }
    List<Integer> failed =
        hellos.stream().filter(row -> handshakes.alert(row, by) == alert).toList();
    Cited cited = new Cited();
    int offered = 0;
    for (int row : failed) {
      cited.add(handshakes.alertFrame(row, by), row, 0);
      offered = Math.max(offered, handshakes.version(row));
    }
    String sender = by == SERVER ? serverName(group) : clientName(group, failed);
    String other = by == SERVER ? clientName(group, failed) : serverName(group);
    String filter =
        parties.filter(group, by)
            + " && tcp.payload contains 00:02:02:"
            + (alert < 16 ? "0" : "")
            + Integer.toHexString(alert);
    Finding finding =
        new Finding(
                Id.T_TLS,
                severity(failed.size(), hellos.size()),
                "TLS to "
                    + parties.service(group)
                    + " fails ("
                    + Say.of(failed.size(), hellos.size())
                    + "): "
                    + sender
                    + " ends the handshake with "
                    + TlsAlerts.say(alert)
                    + old(by, alert, offered)
                    + ".")
            .about(parties.subject(group))
            .blames(Parties.verdict(group, 1 - by))
            .brief("TLS to " + parties.shortService(group) + " fails")
            .next(TlsAlerts.next(alert, sender, other, by == CLIENT))
            .threshold("an alert; info for under 3 that are under 5 %", Thresholds.TLS_WHY)
            .number("failed", failed.size())
            .number("handshakes", hellos.size())
            .number("alert", alert)
            .share(failed.size(), hellos.size())
            .proof(failed.size(), hellos.size(), cited, filter, true);
    told.add(finding);
    Parties.take(findings, finding, failed);
  }

  private int mostFrequent(List<Integer> hellos, int by) {
    int[] counts = new int[256];
    int most = TlsHandshakes.NONE;
    for (int row : hellos) {
      int alert = handshakes.alert(row, by);
      if (alert == TlsHandshakes.NONE || TlsAlerts.isHarmless(alert)) {
        continue;
      }
      counts[alert]++;
      most = most == TlsHandshakes.NONE || counts[alert] > counts[most] ? alert : most;
    }
    return most;
  }

  private static String old(int by, int alert, int offered) {
    boolean old = offered == TLS_1_0 || offered == TLS_1_1 || offered == 0x0300;
    if (by == CLIENT || !old || !TlsAlerts.isAboutVersion(alert)) {
      return "";
    }
    String version = offered == TLS_1_0 ? "TLS 1.0" : offered == TLS_1_1 ? "TLS 1.1" : "SSL 3.0";
    return "; the client offers at most " + version + ", which Azure services refuse";
  }

  private void ended(Group group, List<Integer> hellos, Fold told, Findings findings) {
    List<Integer> ended = hellos.stream().filter(this::isEnded).toList();
    if (ended.size() < Thresholds.TLS_ENDED) {
      return;
    }
    Cited cited = new Cited();
    for (int row : ended) {
      cited.add(endings.frame(row), row, 0);
    }
    String filter =
        parties.filter(group, SERVER) + " && (tcp.flags.fin == 1 || tcp.flags.reset == 1)";
    Finding finding =
        new Finding(
                Id.T_TLS,
                severity(ended.size(), hellos.size()),
                "TLS to "
                    + parties.service(group)
                    + " fails ("
                    + Say.of(ended.size(), hellos.size())
                    + "): "
                    + serverName(group)
                    + " ends the connection after the client hello, without a word.")
            .about(parties.subject(group))
            .blames(Parties.verdict(group, SERVER))
            .brief("TLS to " + parties.shortService(group) + " fails")
            .next(
                "Look at the log of "
                    + serverName(group)
                    + ": whether it expects TLS on this port, and this server name.")
            .threshold(">= " + Thresholds.TLS_ENDED, Thresholds.TLS_WHY)
            .number("failed", ended.size())
            .number("handshakes", hellos.size())
            .share(ended.size(), hellos.size())
            .proof(ended.size(), hellos.size(), cited, filter, true);
    told.add(finding);
    Parties.take(findings, finding, ended);
  }

  private boolean isEnded(int row) {
    return endings.by(row) == SERVER
        && log.payload(row, SERVER) == 0
        && handshakes.alert(row, CLIENT) == TlsHandshakes.NONE;
  }

  private String serverName(Group group) {
    return Parties.isOwn(group) ? words.machine() : parties.shortService(group);
  }

  private String clientName(Group group, List<Integer> rows) {
    return parties.clients(group, rows);
  }

  private static Severity severity(int failed, int all) {
    boolean few = failed < Thresholds.TLS_FEW && 20 * failed < all;
    return few ? Severity.INFO : Severity.NOTABLE;
  }
}
