package dev.alertcapture.evidence.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The findings of one rule; more than five that are equally bad become one. */
public final class Told {
  private static final int MOST = 5;
  private static final int NAMED = 3;

  /** Says in one sentence what several findings say. */
  @FunctionalInterface
  public interface Folded {
    /**
     * The sentence, with a full stop.
     *
     * @param subjects how many findings
     * @param part what they count, in all
     * @param whole their denominators, in all
     * @param named the worst of them by name
     */
    String say(int subjects, long part, long whole, String named);
  }

  private record One(Finding finding, String name) {}

  private final Map<Severity, List<One>> bySeverity = new EnumMap<>(Severity.class);

  /** A finding with a proof, and what its subject is called. */
  public void add(Finding finding, String name) {
    bySeverity
        .computeIfAbsent(finding.severity(), severity -> new ArrayList<>())
        .add(new One(finding, name));
  }

  /**
   * Tells them.
   *
   * @param filter a display filter that finds the evidence of all
   */
  public void to(Findings findings, Folded folded, String filter) {
    for (List<One> group : bySeverity.values()) {
      if (group.size() > MOST) {
        findings.add(fold(group, folded, filter));
      } else {
        group.forEach(one -> findings.add(one.finding()));
      }
    }
  }

  private static Finding fold(List<One> group, Folded folded, String filter) {
    List<One> worst =
        group.stream()
            .sorted(
                Comparator.<One>comparingLong(one -> -one.finding().proof().count())
                    .thenComparingInt(one -> one.finding().firstFrame()))
            .toList();
    Finding first = worst.get(0).finding();
    long part = 0;
    long whole = 0;
    Cited cited = new Cited();
    Verdict verdict = first.verdict();
    for (int i = 0; i < worst.size(); i++) {
      Finding each = worst.get(i).finding();
      part += each.proof().count();
      whole += each.proof().of();
      verdict = each.verdict() == verdict ? verdict : Verdict.CANNOT_SAY;
      for (int frame : each.proof().frames()) {
        cited.add(frame, i, each.proof().count());
      }
    }
    List<String> names = worst.stream().limit(NAMED).map(One::name).toList();
    String say = folded.say(group.size(), part, whole, String.join(", ", names));
    Finding all =
        new Finding(first.id(), first.severity(), say)
            .about(new Subject(null, 0, first.subject().proto(), null, null))
            .blames(verdict)
            .next(first.next())
            .number("subjects", group.size())
            .proof(part, whole, cited, filter, true)
            .share(part, whole);
    return first.threshold() == null
        ? all
        : all.threshold(first.threshold().says(), first.threshold().why());
  }
}
