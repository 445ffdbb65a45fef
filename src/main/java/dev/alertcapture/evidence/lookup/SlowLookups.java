package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.lookup.LookupLog.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * D-SLOW: how long whoever asks for a name waits for its address, over all resolvers and tries, A
 * and AAAA together as resolver libraries ask for them.
 */
final class SlowLookups implements Rule {
  private static final long SECOND = 1_000_000_000L;
  private static final long TOGETHER = 50_000_000L;
  private static final long RETRY = 6 * SECOND;

  private final Context context;
  private final LookupLog log;

  SlowLookups(Context context, LookupLog log) {
    this.context = context;
    this.log = log;
  }

  /** One who asks for one name. */
  private static final class Ask {
    private final Line begun;
    private final List<Line> lines = new ArrayList<>();

    private Ask(Line begun) {
      this.begun = begun;
      lines.add(begun);
    }

    /** Whether a line, which is later than all that are here, is a part of this. */
    private boolean takes(Line line) {
      Line last = lines.get(lines.size() - 1);
      boolean samePort = line.port() == begun.port() && line.first() - last.last() <= RETRY;
      boolean pair =
          line.first() - begun.first() <= TOGETHER
              && lines.stream().noneMatch(each -> each.type() == line.type());
      boolean waiting =
          lines.stream().noneMatch(each -> each.isAnswered() && each.end() <= line.first());
      boolean retry =
          waiting && line.first() - begun.first() > SECOND && line.first() - last.last() <= RETRY;
      return (samePort && (waiting || pair)) || pair || retry;
    }

    private boolean isAnswered() {
      return lines.stream().anyMatch(Line::isAnswered);
    }

    /** Until the last of its types has its first answer, or is given up. */
    private long waited() {
      long until = begun.first();
      for (Line line : lines) {
        long done = Long.MAX_VALUE;
        for (Line other : lines) {
          if (other.type() == line.type() && other.isAnswered()) {
            done = Math.min(done, other.end());
          }
        }
        until = Math.max(until, done == Long.MAX_VALUE ? line.end() : done);
      }
      return Math.max(0, until - begun.first());
    }

    /** Of the answer that took longest, or of the last question. */
    private int frame() {
      return lines.stream().max(Comparator.comparingLong(Line::end)).orElse(begun).frame();
    }
  }

  @Override
  public void tell(Findings findings) {
    Map<Integer, List<Ask>> byResolver = new LinkedHashMap<>();
    for (Ask ask : asks()) {
      boolean tooLate =
          !ask.isAnswered()
              && context.tables().timeline.now() - ask.begun.first() < Thresholds.LOOKUP_NANOS;
      if (!tooLate) {
        byResolver.computeIfAbsent(ask.begun.resolver(), any -> new ArrayList<>()).add(ask);
      }
    }
    boolean slow = false;
    for (Map.Entry<Integer, List<Ask>> each : byResolver.entrySet()) {
      Finding finding = finding(each.getKey(), each.getValue());
      if (finding != null) {
        slow = true;
        findings.add(finding);
      }
    }
    if (!slow && !byResolver.isEmpty()) {
      long[] waits =
          byResolver.values().stream()
              .flatMap(List::stream)
              .filter(Ask::isAnswered)
              .mapToLong(Ask::waited)
              .sorted()
              .toArray();
      if (waits.length > 0) {
        findings.clean(
            Id.D_SLOW,
            "lookups take " + Say.nanos(p95(waits)) + " (p95 of " + Say.count(waits.length) + ")");
      }
    }
  }

  /** What belongs together, in the order of first questions. */
  private List<Ask> asks() {
    List<Line> lines = new ArrayList<>(log.lines());
    lines.sort(
        Comparator.<Line>comparingInt(Line::asker)
            .thenComparingInt(Line::name)
            .thenComparingLong(Line::first)
            .thenComparingInt(Line::frame));
    List<Ask> all = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean another =
          i > 0
              && (lines.get(i - 1).asker() != line.asker()
                  || lines.get(i - 1).name() != line.name());
      begin = another ? all.size() : begin;
      Ask of = null;
      // Only those that are near in time can be meant.
      for (int j = all.size() - 1; j >= begin && j >= all.size() - 16 && of == null; j--) {
        of = all.get(j).takes(line) ? all.get(j) : null;
      }
      if (of == null) {
        all.add(new Ask(line));
      } else {
        of.lines.add(line);
      }
    }
    all.sort(Comparator.comparingLong(ask -> ask.begun.first()));
    return all;
  }

  private static long p95(long[] sorted) {
    return sorted[
        (int) Math.min(sorted.length - 1, Math.max(0, (95L * sorted.length + 99) / 100 - 1))];
  }

  private Finding finding(int resolver, List<Ask> asks) {
    long[] waits = asks.stream().mapToLong(Ask::waited).sorted().toArray();
    long over = Arrays.stream(waits).filter(wait -> wait > SECOND).count();
    boolean many =
        waits.length >= Thresholds.SLOW_LOOKUPS && p95(waits) > Thresholds.SLOW_LOOKUP_NANOS;
    boolean answered =
        asks.stream()
            .anyMatch(ask -> ask.isAnswered() && ask.waited() > Thresholds.SLOW_LOOKUP_NANOS);
    if (!answered || (!many && over < Thresholds.VERY_SLOW_LOOKUPS)) {
      return null;
    }
    String address = context.words().address(resolver);
    Cited cited = new Cited();
    long slow = 0;
    for (Ask ask : asks) {
      if (ask.waited() > Thresholds.SLOW_LOOKUP_NANOS) {
        slow++;
        cited.add(ask.frame(), ask.begun.port(), ask.waited());
      }
    }
    String say =
        "Lookups at "
            + address
            + " take "
            + Say.nanos(p95(waits))
            + " (p95 of "
            + Say.count(waits.length)
            + ")"
            + (over > 0 ? ", " + Say.count(over) + " of them over a second" : "")
            + why(resolver, asks)
            + ".";
    return new Finding(Id.D_SLOW, Severity.NOTABLE, say)
        .about(Subject.of(address, 53, "udp", null))
        .blames(Verdict.NAMES)
        .brief("lookups take " + Say.nanos(p95(waits)))
        .share(slow, waits.length)
        .number("p95Micros", p95(waits) / 1000)
        .number("lookups", waits.length)
        .number("overOneSecond", over)
        .proof(slow, waits.length, cited, "dns && ip.addr == " + address, true)
        .threshold(
            "p95 > 200 ms of >= 20, or >= 3 over 1 s",
            "a cached answer takes milliseconds; a second is a retry's time")
        .next(
            "Look at the resolver "
                + address
                + " and at what it forwards to; put a cache on "
                + context.words().machine()
                + ".");
  }

  /** Where the first resolver never answers and another one does. */
  private String why(int resolver, List<Ask> asks) {
    boolean never =
        asks.stream()
            .flatMap(ask -> ask.lines.stream())
            .noneMatch(line -> line.resolver() == resolver && line.isAnswered());
    return never
        ? asks.stream()
            .flatMap(ask -> ask.lines.stream())
            .filter(Line::isAnswered)
            .findFirst()
            .map(
                line -> ": it never answers, " + context.words().address(line.resolver()) + " does")
            .orElse("")
        : "";
  }
}
