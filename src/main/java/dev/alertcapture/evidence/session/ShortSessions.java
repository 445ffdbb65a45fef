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
import dev.alertcapture.evidence.flow.Handshakes;
import java.util.List;

/** C-SHORT: servers that end each session at once, as those do that say no. */
final class ShortSessions implements Rule {
  private static final long SECOND = 1_000_000_000L;
  private static final int SHORT = 4_000;

  private final Context context;
  private final FlowLog log;
  private final Parties parties;
  private final Endings endings;
  private final Requests requests;
  private final TlsHandshakes tls;

  ShortSessions(Context context, Endings endings, Requests requests, TlsHandshakes tls) {
    this.context = context;
    log = context.log();
    parties = new Parties(context);
    this.endings = endings;
    this.requests = requests;
    this.tls = tls;
  }

  @Override
  public void tell(Findings findings) {
    Fold told = new Fold();
    for (Group group : parties.sessions(findings, Id.H_SLOW, Id.R_RESET, Id.H_STATUS)) {
      List<Integer> rows = group.rows().stream().filter(this::isJudged).toList();
      List<Integer> mute = rows.stream().filter(this::isMute).toList();
      List<Integer> brief = rows.stream().filter(this::isBrief).toList();
      if (isMost(mute, rows)) {
        Finding finding = mute(group, mute, rows);
        told.add(finding);
        Parties.take(findings, finding, mute);
      } else if (isMost(brief, rows)) {
        told.add(brief(group, brief, rows));
      }
    }
    told.tell(findings);
  }

  private static boolean isMost(List<Integer> these, List<Integer> of) {
    return these.size() >= Thresholds.SHORT
        && these.size() * 100L >= of.size() * (long) Thresholds.SHORT_PERCENT;
  }

  /** What began in the last two seconds may still go on. */
  private boolean isJudged(int row) {
    return log.isFromStart(row) && context.tables().timeline.now() - log.began(row) > 2 * SECOND;
  }

  private boolean isByServer(int row) {
    return endings.by(row) == SERVER && (log.sent(row, SERVER) & Handshakes.FIN) != 0;
  }

  /** Accepted, and closed before a byte. */
  private boolean isMute(int row) {
    return isByServer(row)
        && log.payload(row, SERVER) == 0
        && endings.afterAccept(row) >= 0
        && endings.afterAccept(row) <= Ticks.SECOND;
  }

  /** One short exchange that the server ends. */
  private boolean isBrief(int row) {
    return isByServer(row)
        && log.payload(row, SERVER) > 0
        && log.payload(row, SERVER) < SHORT
        && log.payload(row, CLIENT) > 0
        && requests.turns(row) <= 1
        && endings.afterData(row) <= 100 * Ticks.MILLI
        && !requests.is(row, Requests.HTTP)
        && !tls.isTls(row);
  }

  private Finding mute(Group group, List<Integer> rows, List<Integer> of) {
    String say =
        parties.server(group)
            + " accepts"
            + (Parties.isOwn(group) ? " on :" + group.port() : "")
            + " and closes "
            + Say.of(rows.size(), of.size())
            + " connections before a byte";
    return finding(group, rows, of, say, Severity.NOTABLE)
        .next(
            "Look at the log of "
                + parties.shortService(group)
                + ": it takes connections and closes them at once (a limit, or nothing behind it).");
  }

  private Finding brief(Group group, List<Integer> rows, List<Integer> of) {
    String say =
        parties.server(group)
            + " ends every session"
            + (Parties.isOwn(group) ? " on :" + group.port() : "")
            + " after one short exchange ("
            + Say.of(rows.size(), of.size())
            + "): it may say no; its log knows why";
    return finding(group, rows, of, say, Severity.INFO);
  }

  private Finding finding(
      Group group, List<Integer> rows, List<Integer> of, String say, Severity severity) {
    Cited cited = new Cited();
    for (int row : rows) {
      cited.add(endings.frame(row), row, 0);
    }
    return new Finding(Id.C_SHORT, severity, Parties.sentence(say))
        .about(parties.subject(group))
        .blames(Parties.verdict(group, SERVER))
        .brief(parties.shortService(group) + " closes connections at once")
        .threshold(Thresholds.SHORT_SAYS, Thresholds.SHORT_WHY)
        .number("closed", rows.size())
        .number("connections", of.size())
        .share(rows.size(), of.size())
        .proof(
            rows.size(),
            of.size(),
            cited,
            parties.filter(group, SERVER) + " && tcp.flags.fin == 1",
            true);
  }
}
