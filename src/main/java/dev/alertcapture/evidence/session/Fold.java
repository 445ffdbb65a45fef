package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Proof;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Tells findings of one kind; more than five subjects fold into the sentence of the worst. */
final class Fold {
  private static final int MAX = 5;
  private static final int NAMED = 3;

  private Fold() {}

  static void tell(Findings findings, List<Finding> all) {
    List<Finding> loud = all.stream().filter(each -> each.severity().isLoud()).toList();
    List<Finding> rest = all.stream().filter(each -> !each.severity().isLoud()).toList();
    some(findings, loud);
    some(findings, rest);
  }

  private static void some(Findings findings, List<Finding> alike) {
    if (alike.size() <= MAX) {
      alike.forEach(findings::add);
      return;
    }
    List<Finding> sorted =
        alike.stream()
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(each -> -each.proof().count())
                    .thenComparingInt(Finding::firstFrame))
            .toList();
    Finding worst = sorted.get(0);
    List<Finding> others = sorted.subList(1, sorted.size());
    String names =
        others.stream().limit(NAMED).map(Fold::name).distinct().collect(Collectors.joining(", "));
    String more = others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : "";
    boolean one = sorted.stream().allMatch(each -> each.verdict() == worst.verdict());
    Finding folded =
        new Finding(
                worst.id(),
                worst.severity(),
                start(worst)
                    + "; likewise "
                    + Say.count(others.size(), "other")
                    + ": "
                    + names
                    + more
                    + ".")
            .about(worst.subject())
            .blames(one ? worst.verdict() : Verdict.CANNOT_SAY)
            .brief(worst.brief())
            .next(worst.next())
            .number("subjects", sorted.size());
    prove(folded, sorted);
    findings.add(folded);
  }

  private static void prove(Finding folded, List<Finding> sorted) {
    Cited cited = new Cited();
    long count = 0;
    long of = 0;
    for (Finding each : sorted) {
      Proof proof = each.proof();
      proof.frames().forEach(frame -> cited.add(frame, each.firstFrame(), proof.count()));
      count += proof.count();
      of += proof.of();
    }
    // Filters of many subjects would be longer than people read: those of the cited frames.
    String filter =
        sorted.stream()
            .filter(each -> each.proof().frames().stream().anyMatch(cited.frames()::contains))
            .map(each -> "(" + each.proof().filter() + ")")
            .distinct()
            .collect(Collectors.joining(" || "));
    folded.proof(count, of, cited, filter, true);
    if (sorted.get(0).threshold() != null) {
      folded.threshold(sorted.get(0).threshold().says(), sorted.get(0).threshold().why());
    }
  }

  private static String start(Finding of) {
    return of.say().endsWith(".") ? of.say().substring(0, of.say().length() - 1) : of.say();
  }

  private static String name(Finding of) {
    String who = of.subject().name() == null ? of.subject().peer() : of.subject().name();
    return who + ":" + of.subject().port();
  }
}
