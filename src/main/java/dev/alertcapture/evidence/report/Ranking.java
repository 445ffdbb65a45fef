package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Lens;
import java.util.Comparator;
import java.util.List;

/**
 * The order of findings: what answers the metric, then the worse, then what is the cause of
 * another, then the larger share of its subject, then the catalogue's order, then the first frame.
 */
final class Ranking {
  private Ranking() {}

  static List<Finding> rank(List<Finding> findings, Lens lens) {
    return findings.stream()
        .sorted(
            Comparator.<Finding, Boolean>comparing(each -> !answers(each, lens))
                .thenComparing(Finding::severity)
                .thenComparing(each -> !each.isCause())
                .thenComparing(each -> -each.share())
                .thenComparing(Finding::id)
                .thenComparingInt(Finding::firstFrame)
                .thenComparing(Finding::say))
        .toList();
  }

  static boolean answers(Finding finding, Lens lens) {
    return finding.isAnswerToMetric()
        || (lens != Lens.NONE && lens.isAnsweredBy(finding.id()) && finding.severity().isLoud());
  }
}
