package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Proof;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Findings of one kind; more than five subjects fold into the sentence of the worst. */
final class Fold {
  private static final int MAX = 5;
  private static final int NAMED = 3;

  /** So many of the worst are kept; of the rest only how many. */
  private static final int KEPT = 64;

  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(each -> -each.proof().count())
          .thenComparingInt(Finding::firstFrame);

  private final Part loud = new Part();
  private final Part quiet = new Part();

  void add(Finding finding) {
    (finding.severity().isLoud() ? loud : quiet).add(finding);
  }

  boolean isEmpty() {
    return loud.count + quiet.count == 0;
  }

  void tell(Findings findings) {
    loud.tell(findings);
    quiet.tell(findings);
  }

  private static final class Part {
    private List<Finding> worst = new ArrayList<>();
    private int count;
    private long proved;
    private long of;
    private boolean alike = true;

    void add(Finding finding) {
      count++;
      proved += finding.proof().count();
      of += finding.proof().of();
      alike &= worst.isEmpty() || worst.get(0).verdict() == finding.verdict();
      worst.add(finding);
      if (worst.size() == 2 * KEPT) {
        worst.sort(WORST_FIRST);
        worst = new ArrayList<>(worst.subList(0, KEPT));
      }
    }

    void tell(Findings findings) {
      if (count <= MAX) {
        worst.forEach(findings::add);
        return;
      }
      worst.sort(WORST_FIRST);
      Finding first = worst.get(0);
      String names =
          worst.stream()
              .skip(1)
              .map(Fold::name)
              .distinct()
              .limit(NAMED)
              .collect(Collectors.joining(", "));
      String say = start(first) + "; likewise " + Say.count(count - 1, "other") + ": " + names;
      Finding folded =
          new Finding(first.id(), first.severity(), say + ", and so on.")
              .about(first.subject())
              .blames(alike ? first.verdict() : Verdict.CANNOT_SAY)
              .brief(first.brief())
              .next(first.next())
              .number("subjects", count)
              .share(first.share(), 1000);
      if (first.threshold() != null) {
        folded.threshold(first.threshold().says(), first.threshold().why());
      }
      prove(folded);
      findings.add(folded);
    }

    /** Filters of all subjects would be longer than people read: those of the frames it cites. */
    private void prove(Finding folded) {
      Cited cited = new Cited();
      for (Finding each : worst) {
        Proof proof = each.proof();
        proof.frames().forEach(frame -> cited.add(frame, each.firstFrame(), proof.count()));
      }
      List<Integer> frames = cited.frames();
      String filter =
          worst.stream()
              .filter(each -> each.proof().frames().stream().anyMatch(frames::contains))
              .map(each -> "(" + each.proof().filter() + ")")
              .distinct()
              .collect(Collectors.joining(" || "));
      folded.proof(proved, of, cited, filter, true);
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
