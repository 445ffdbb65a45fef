package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** How the attempts of one service went, without those that an earlier finding explains. */
final class Tally {
  final List<Integer> unanswered = new ArrayList<>();
  final List<Integer> accepted = new ArrayList<>();
  final List<Integer> refused = new ArrayList<>();
  private final FlowLog log;
  private final Syns syns;

  Tally(Attempts attempts, Findings findings, List<Integer> rows) {
    log = attempts.context.log();
    syns = attempts.rows;
    Outcomes outcomes = attempts.outcomes();
    for (int row : rows) {
      switch (findings.isTaken(row) ? Outcomes.NONE : outcomes.of(row)) {
        case Outcomes.UNANSWERED -> unanswered.add(row);
        case Outcomes.ACCEPTED -> accepted.add(row);
        case Outcomes.REFUSED -> refused.add(row);
        default -> {}
      }
    }
  }

  /** When the first of these attempts began, {@link Long#MAX_VALUE} for none. */
  long first(List<Integer> rows) {
    return rows.stream().mapToLong(log::began).min().orElse(Long.MAX_VALUE);
  }

  /** When the last of these attempts began, {@link Long#MIN_VALUE} for none. */
  long last(List<Integer> rows) {
    return rows.stream().mapToLong(log::began).max().orElse(Long.MIN_VALUE);
  }

  /** Some were accepted, all of them before the first of those that were not. */
  boolean acceptedBefore(List<Integer> failed) {
    return !accepted.isEmpty() && last(accepted) < first(failed);
  }

  /** The first and last SYNs of attempts; the one with the most SYNs is the worst. */
  Cited syns(List<Integer> rows) {
    Cited cited = new Cited();
    for (int row : rows) {
      cited.add(log.firstFrame(row), row, syns.tries[row]);
      cited.add(syns.lastFrame[row], row, syns.tries[row]);
    }
    return cited;
  }

  /** What answered attempts. */
  Cited answers(List<Integer> rows) {
    Cited cited = new Cited();
    for (int row : rows) {
      cited.add(syns.answerFrame[row], row, syns.wait[row]);
    }
    return cited;
  }

  /** How many clients there are among rows that fit. */
  static long clients(FlowLog log, List<Integer> rows, IntPredicate fits) {
    return rows.stream().filter(row -> fits.test(row)).mapToInt(log::client).distinct().count();
  }
}
