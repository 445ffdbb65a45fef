package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Thresholds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether resets come from nearer than the peer whose address they bear. */
final class Nearer {
  private static final class Answers {
    int count;
    int least = Integer.MAX_VALUE;
  }

  private final Syns syns;

  /** By server; never iterated. */
  private final Map<Integer, Answers> answers = new HashMap<>();

  Nearer(FlowLog log, Syns syns, Outcomes outcomes) {
    this.syns = syns;
    for (int row = 0; row < log.size(); row++) {
      // Where the SYN was sent again, nobody knows which of them was answered.
      if (outcomes.of(row) == Outcomes.ACCEPTED && syns.triesToAnswer[row] == 1) {
        Answers of = answers.computeIfAbsent(log.server(row), server -> new Answers());
        of.count++;
        of.least = Math.min(of.least, syns.wait[row]);
      }
    }
  }

  /** Whether all of these refusals took less than a third of the peer's quickest answer. */
  boolean refuses(int server, List<Integer> refused) {
    Answers of = answers.get(server);
    int slowest = 0;
    for (int row : refused) {
      slowest = Math.max(slowest, syns.wait[row]);
    }
    return of != null
        && of.count >= Thresholds.NEARER
        && refused.size() >= Thresholds.NEARER
        && slowest < of.least / 3;
  }
}
