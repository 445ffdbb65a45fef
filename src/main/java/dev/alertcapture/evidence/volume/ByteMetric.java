package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.self.Sides;
import dev.alertcapture.evidence.volume.Shares.Share;
import java.util.List;
import java.util.stream.Collectors;

/** M-METRIC and M-OVER for bytes: who has most of what the metric counted, if it is still there. */
final class ByteMetric implements Rule {
  private final Context context;
  private final Asked asked;
  private final Totals totals;
  private final int direction;

  ByteMetric(Context context, Asked asked, Totals totals) {
    this.context = context;
    this.asked = asked;
    this.totals = totals;
    direction = asked.lens.isInbound() ? Sides.IN : Sides.OUT;
  }

  @Override
  public void tell(Findings findings) {
    if (!asked.lens.countsBytes()) {
      return;
    }
    long rate = context.bytesPerSecond(all());
    boolean comparable =
        asked.hasThreshold()
            && context.ownKnown()
            && context.duration() >= Thresholds.MULTIPLE_NANOS
            && findings.quality().gives(Need.VOLUME)
            && findings.quality().gives(Need.NO_FILTER)
            && !findings.quality().has("Q-SHORT");
    boolean over = comparable && !asked.isReached(rate);
    boolean explained =
        findings.hasLoud(Id.S_FLOOD) || findings.hasLoud(Id.S_SCAN) || findings.hasLoud(Id.C_CHURN);
    if (over && !explained) {
      findings.add(over(rate));
    }
    Finding metric = metric(rate, comparable);
    if (metric != null) {
      findings.add(metric.answersMetric());
    }
  }

  private long all() {
    return context.ownKnown() ? totals.real(direction) : totals.real(Sides.OTHER);
  }

  private Finding over(long rate) {
    Double value = asked.question.value();
    long then =
        value != null && asked.question.threshold() != null && asked.question.threshold() > 0
            ? (long) (asked.threshold(0) * (value / asked.question.threshold()))
            : asked.threshold(0);
    String was =
        value == null
            ? "the alert's threshold is " + Say.rate(asked.threshold(0))
            : Say.rate(then) + " in the alert's window";
    return new Finding(
            Id.M_OVER,
            Severity.NOTABLE,
            "It was over when the packets began: "
                + Say.rate(rate)
                + " "
                + way()
                + " now, "
                + was
                + ". Shares describe now.")
        .answersMetric()
        .blames(Verdict.OVER)
        .brief("it was over when the packets began")
        .number("bytesPerSecond", rate)
        .number("thresholdBytesPerSecond", asked.threshold(0))
        .threshold("below the threshold's rate", "what the alert saw is not in the packets")
        .next(
            "Let this alert rule capture for longer, or look at the flow logs of the alert's"
                + " window.");
  }

  private String way() {
    return direction == Sides.IN ? "in" : "out";
  }

  /** What a row has of the metric: bytes in its direction, or of both where there is none. */
  private long amount(int row) {
    FlowLog log = context.log();
    if (!context.ownKnown()) {
      return log.bytes(row, 0) + log.bytes(row, 1);
    }
    boolean sentByClient = (log.direction(row) == FlowLog.OUT) == (direction == Sides.OUT);
    return log.bytes(row, sentByClient ? 0 : 1);
  }

  private boolean counts(int row) {
    FlowLog log = context.log();
    boolean real = !log.isPlatform(row) && !log.isOwnUpload(row);
    return real
        && (context.ownKnown()
            ? log.direction(row) == FlowLog.IN || log.direction(row) == FlowLog.OUT
            : log.direction(row) == FlowLog.OTHER);
  }

  private Finding metric(long rate, boolean comparable) {
    Shares shares = Shares.of(context, this::counts, this::amount);
    if (shares.whole == 0) {
      return null;
    }
    boolean loud = comparable && asked.isReached(rate);
    Share one = shares.one();
    String multiple =
        loud
            ? ", " + Say.digits(asked.timesMilli(rate), 1000) + "x the threshold,"
            : comparable ? " (the threshold is " + Say.rate(asked.threshold(0)) + ")" : "";
    Severity severity = loud ? Severity.NOTABLE : Severity.INFO;
    Finding finding =
        one == null ? spread(severity, shares, rate, multiple) : one(severity, one, rate, multiple);
    return finding
        .number("bytesPerSecond", rate)
        .number("bytes", shares.whole)
        .threshold(
            "notable from the threshold's rate on",
            "below it the packets do not show what the alert saw");
  }

  private Finding one(Severity severity, Share share, long rate, String multiple) {
    FlowLog log = context.log();
    int top = share.topRow(this::amount);
    long flows = share.rows.stream().filter(row -> amount(row) > 0).count();
    boolean single = amount(top) * 2 >= share.amount;
    boolean out = log.direction(top) == FlowLog.OUT;
    int port = log.serverPort(top);
    String peer =
        out || !context.ownKnown()
            ? context.words().service(share.peer, port, log.name(top))
            : context.words().address(share.peer)
                + " at port "
                + port
                + " of "
                + context.words().machine();
    String verb = direction == Sides.OUT ? " go to " : " come from ";
    String what =
        context.ownKnown()
            ? Say.ofRate(context.bytesPerSecond(share.amount), rate)
                + " "
                + way()
                + multiple
                + verb
                + peer
            : Say.ofRate(context.bytesPerSecond(share.amount), rate)
                + " go between "
                + context.words().address(log.client(top))
                + " and "
                + peer;
    String how = single ? ", in one " + noun(top) : ", in " + Say.count(flows, noun(top));
    return new Finding(Id.M_METRIC, severity, what + how + ".")
        .about(
            new Subject(
                context.words().address(share.peer),
                port,
                FlowList.proto(log.protocol(top)),
                context.words().name(log.peerName(top)),
                null))
        .blames(blame(share.rows))
        .brief(peer + " has most of the traffic " + way())
        .share(share.amount, totals.real(direction))
        .number("peerBytes", share.amount)
        .number("connections", flows)
        .proof(frames(share.rows), 0, cited(share.rows), filter(share.peer, top), true)
        .next(next(out, share, top));
  }

  private String noun(int row) {
    return context.log().isTcp(row) ? "connection" : "flow";
  }

  private Finding spread(Severity severity, Shares shares, long rate, String multiple) {
    String top =
        shares.shares.stream()
            .limit(3)
            .map(
                each ->
                    context.words().peer(each.peer, context.log().peerName(each.rows.get(0)))
                        + " "
                        + Say.percent(each.amount, shares.whole))
            .collect(Collectors.joining(", "));
    List<Integer> rows = shares.shares.stream().flatMap(each -> each.rows.stream()).toList();
    String to = direction == Sides.OUT ? " go to " : " come from ";
    String all =
        context.ownKnown()
            ? Say.rate(rate) + " " + way() + multiple + to
            : Say.rate(rate) + " go between ";
    return new Finding(
            Id.M_METRIC,
            severity,
            all + Say.count(shares.shares.size(), "peer") + ", none with half of it: " + top + ".")
        .blames(blame(rows))
        .brief("traffic is spread over many peers")
        .number("peers", shares.shares.size())
        .next("Compare with the same hour of another day: no single peer explains it.");
  }

  private long frames(List<Integer> rows) {
    FlowLog log = context.log();
    return rows.stream().mapToLong(row -> (long) log.frames(row, 0) + log.frames(row, 1)).sum();
  }

  private Cited cited(List<Integer> rows) {
    Cited cited = new Cited();
    for (int row : rows) {
      cited.add(context.log().firstFrame(row), row, amount(row));
      cited.add(context.log().lastFrame(row), row, amount(row) - 1);
    }
    return cited;
  }

  private String filter(int peer, int row) {
    String proto = context.log().isTcp(row) ? " && tcp" : "";
    return context.words().is("addr", peer) + proto;
  }

  /** Who opened what holds most of it. */
  private Verdict blame(List<Integer> rows) {
    if (!context.ownKnown()) {
      return Verdict.CANNOT_SAY;
    }
    FlowLog log = context.log();
    long out =
        rows.stream()
            .filter(row -> log.direction(row) == FlowLog.OUT)
            .mapToLong(this::amount)
            .sum();
    long all = rows.stream().mapToLong(this::amount).sum();
    return 2 * out >= all ? Verdict.MACHINE : Verdict.PEER;
  }

  private String next(boolean out, Share share, int top) {
    String address = context.words().address(share.peer);
    if (!context.ownKnown()) {
      return "Say which address is the machine's (--self), and read again.";
    }
    return out
        ? "Ask the owner of the job on "
            + context.words().machine()
            + " that talks to "
            + context.words().peer(share.peer, context.log().name(top))
            + ": move it, throttle it, or raise the threshold; ss -tnp dst "
            + address
            + " names the process."
        : "Ask who "
            + address
            + " is and whether it may take so much from port "
            + context.log().serverPort(top)
            + ": limit it there, or raise the threshold.";
  }
}
