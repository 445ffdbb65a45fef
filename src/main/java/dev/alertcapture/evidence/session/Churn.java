package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.session.Parties.CLIENT;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.self.Platform;
import java.util.List;

/** C-CHURN: many short connections where few long ones would do. */
final class Churn implements Rule {
  private static final long SECOND = 1_000_000_000L;

  /** However they end, connections that are not reused are that. */
  private static final Id[] ANY_END = {
    Id.T_TLS, Id.H_SLOW, Id.R_RESET, Id.H_STATUS, Id.C_SHORT, Id.C_SILENT
  };

  private final Context context;
  private final FlowLog log;
  private final Parties parties;
  private final Endings endings;
  private final Ticks ticks;
  private final Lens lens;

  Churn(Context context, Endings endings) {
    this.context = context;
    log = context.log();
    parties = new Parties(context);
    this.endings = endings;
    ticks = new Ticks(context);
    lens = Lens.of(context.question().metric());
  }

  @Override
  public void tell(Findings findings) {
    Fold told = new Fold();
    for (Group group : parties.sessions(findings, ANY_END)) {
      List<Integer> rows = group.rows().stream().filter(this::isCompleted).toList();
      boolean many = rows.size() >= Thresholds.CHURN;
      if (many && perSecond(rows.size()) >= Thresholds.CHURN_RATE && median(rows) < SECOND) {
        told.add(finding(group, rows));
      }
    }
    told.tell(findings);
  }

  private boolean isCompleted(int row) {
    return log.isFromStart(row)
        && (log.sent(row, Parties.SERVER) & Handshakes.SYN_ACK) != 0
        && (log.sent(row, CLIENT) & Handshakes.ACK) != 0;
  }

  private long perSecond(int connections) {
    return connections * SECOND / context.duration();
  }

  /** How long connections last, those that have not ended up to now. */
  private long median(List<Integer> rows) {
    long[] lives = rows.stream().mapToLong(this::life).sorted().toArray();
    return lives[lives.length / 2];
  }

  private long life(int row) {
    int end = endings.by(row) == Endings.NONE ? ticks.end() : endings.time(row);
    return Ticks.nanos(Math.max(0, end - ticks.at(log.began(row))));
  }

  private Finding finding(Group group, List<Integer> rows) {
    boolean own = Parties.isOwn(group);
    long rate = perSecond(rows.size());
    Cited cited = new Cited();
    for (int row : rows) {
      cited.add(log.firstFrame(row), row, 0);
    }
    long clients = rows.stream().mapToInt(log::client).distinct().count();
    String life = "median life " + Say.nanos(median(rows)) + ": not reused";
    String say =
        own
            ? Say.count(rate, "new connection")
                + " a second come to "
                + parties.service(group)
                + " from "
                + Say.count(clients, "client")
                + ", "
                + life
            : Say.count(rows.size(), "connection")
                + " to "
                + parties.service(group)
                + " in "
                + Say.nanos(context.duration())
                + ", "
                + life;
    return new Finding(Id.C_CHURN, severity(group, rate), Parties.sentence(say))
        .about(parties.subject(group))
        .blames(Parties.verdict(group, CLIENT))
        .brief(parties.shortService(group) + " gets a new connection for each request")
        .next(
            own
                ? "See why clients do not reuse connections (keep-alive, their pools, a balancer in"
                    + " front)."
                : "Let the client reuse connections to "
                    + parties.shortService(group)
                    + ": keep-alive, and one pool for its lifetime.")
        .threshold(Thresholds.CHURN_SAYS, Thresholds.CHURN_WHY)
        .number("connections", rows.size())
        .number("perSecond", rate)
        .number("clients", clients)
        .share(rows.size(), sessions())
        .proof(
            rows.size(),
            group.rows().size(),
            cited,
            parties.filter(group, CLIENT) + " && " + Words.SYNS,
            true);
  }

  private long sessions() {
    long all = 0;
    for (int row = 0; row < log.size(); row++) {
      all += parties.isSession(row) ? 1 : 0;
    }
    return all;
  }

  private Severity severity(Group group, long rate) {
    boolean flows = lens.countsFlows() || lens.countsNewFlows();
    boolean cpu = lens == Lens.CPU && rate >= Thresholds.CHURN_CPU_RATE;
    boolean outside =
        group.direction() == FlowLog.OUT
            && group.server() >= 0
            && Platform.isPublic(
                context.tables().addresses.high(group.server()),
                context.tables().addresses.low(group.server()));
    return flows || cpu || outside ? Severity.NOTABLE : Severity.INFO;
  }
}
