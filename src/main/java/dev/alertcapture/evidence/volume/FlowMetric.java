package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.volume.Shares.Share;
import java.util.Comparator;

/** M-METRIC for metrics of flows, as a level or as a rate, and for the load on the processor. */
final class FlowMetric implements Rule {
  private static final long SECOND = 1_000_000_000L;

  private final Context context;
  private final Asked asked;
  private final Counters counters;
  private final Seconds seconds;

  FlowMetric(Context context, Asked asked, Counters counters, Seconds seconds) {
    this.context = context;
    this.asked = asked;
    this.counters = counters;
    this.seconds = seconds;
  }

  @Override
  public void tell(Findings findings) {
    boolean long_ = context.duration() >= Thresholds.MULTIPLE_NANOS;
    boolean comparable = long_ && findings.quality().gives(Need.VOLUME);
    switch (asked.lens) {
      case INBOUND_FLOWS, OUTBOUND_FLOWS -> add(findings, level(comparable));
      case INBOUND_FLOW_RATE, OUTBOUND_FLOW_RATE -> add(findings, rate(comparable));
      case CPU -> {
        if (long_) {
          add(findings, load());
        }
      }
      default -> {}
    }
  }

  private static void add(Findings findings, Finding finding) {
    if (finding != null) {
      findings.add(finding.answersMetric());
    }
  }

  private boolean counts(int row) {
    FlowLog log = context.log();
    if (log.isPlatform(row)) {
      return false;
    }
    if (!context.ownKnown() || asked.lens == Lens.CPU) {
      return true;
    }
    return log.direction(row) == (asked.lens.isInbound() ? FlowLog.IN : FlowLog.OUT);
  }

  /** Flows alive in a second, on average; those from before the file count from its start. */
  private Finding level(boolean comparable) {
    FlowLog log = context.log();
    long alive = 0;
    for (int row = 0; row < log.size(); row++) {
      if (counts(row)) {
        long from = log.isFromStart(row) ? context.sinceStart(log.began(row)) : 0;
        alive += context.sinceStart(log.last(row)) / SECOND - from / SECOND + 1;
      }
    }
    long level = Math.max(1, context.perSecond(alive));
    boolean reached = comparable && asked.hasThreshold() && asked.isReached(level);
    return finding(
        reached,
        Say.count(level, "flow") + " " + way() + " at once, on average",
        " Azure also counts flows that were idle for minutes, which no packet shows.",
        level);
  }

  private Finding rate(boolean comparable) {
    Shares shares = Shares.of(context, this::counts, row -> isNew(row) ? 1 : 0);
    long rate = context.perSecond(shares.whole);
    boolean reached = comparable && asked.hasThreshold() && asked.isReached(rate);
    String peak =
        seconds.mostBegan() > 0 ? ", " + Say.count(seconds.mostBegan()) + " in the busiest" : "";
    return finding(reached, Say.count(rate, "new flow") + " a second " + way() + peak, "", rate);
  }

  private boolean isNew(int row) {
    FlowLog log = context.log();
    return log.isTcp(row) ? log.isFromStart(row) : context.sinceStart(log.began(row)) > 0;
  }

  private Finding load() {
    long connects = context.perSecond(counters.connects);
    long hellos = context.perSecond(counters.hellos);
    boolean busy = Math.max(connects, hellos) >= Thresholds.BUSY_PER_SECOND;
    if (!busy) {
      return null;
    }
    return finding(
        true,
        Say.count(connects, "new connection")
            + " and "
            + Say.count(hellos, "TLS handshake")
            + " a second, "
            + Say.count(context.perSecond(counters.packets), "packet")
            + " a second",
        "",
        connects);
  }

  private String way() {
    return !context.ownKnown() ? "" : asked.lens.isInbound() ? "in" : "out";
  }

  private Finding finding(boolean loud, String amount, String more, long number) {
    Shares shares = Shares.of(context, this::counts, row -> 1);
    if (shares.whole == 0) {
      return null;
    }
    String threshold =
        asked.hasThreshold() ? " (the threshold is " + Say.count(asked.threshold(0)) + ")" : "";
    Share one = shares.one();
    FlowLog log = context.log();
    String who = ", with " + Say.count(shares.shares.size(), "peer") + ownPort();
    Subject subject = Subject.NONE;
    if (one != null) {
      int row = one.rows.get(0);
      boolean in = log.direction(row) == FlowLog.IN;
      String peer =
          in
              ? context.words().address(one.peer) + ", at port " + log.serverPort(row)
              : context.words().service(one.peer, log.serverPort(row), log.name(row));
      who = ", " + Say.of(one.amount, shares.whole) + (in ? " from " : " to ") + peer;
      subject =
          Subject.of(
              context.words().address(one.peer),
              log.serverPort(row),
              FlowList.proto(log.protocol(row)),
              context.words().name(log.peerName(row)));
    }
    return new Finding(
            Id.M_METRIC,
            loud ? Severity.NOTABLE : Severity.INFO,
            amount.trim() + threshold + who + "." + more)
        .about(subject)
        .blames(blame())
        .number("flows", shares.whole)
        .number("amount", number)
        .threshold(
            "notable from the threshold on", "below it the packets do not show what the alert saw")
        .next("See why clients do not reuse connections: keep-alive, a pool, session resumption.");
  }

  /** The machine's port that most of what comes in is for. */
  private String ownPort() {
    FlowLog log = context.log();
    return Groups.byService(log, row -> counts(row) && log.direction(row) == FlowLog.IN).stream()
        .max(Comparator.<Group>comparingInt(group -> group.rows().size()))
        .map(group -> ", " + Say.count(group.rows().size()) + " of them at port " + group.port())
        .orElse("");
  }

  private Verdict blame() {
    if (!context.ownKnown()) {
      return Verdict.CANNOT_SAY;
    }
    FlowLog log = context.log();
    long out = 0;
    long all = 0;
    for (int row = 0; row < log.size(); row++) {
      if (counts(row)) {
        all++;
        out += log.direction(row) == FlowLog.OUT ? 1 : 0;
      }
    }
    return 2 * out >= all ? Verdict.MACHINE : Verdict.PEER;
  }
}
