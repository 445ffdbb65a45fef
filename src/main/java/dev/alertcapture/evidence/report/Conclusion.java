package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.List;

/**
 * What decides whether somebody gets out of bed: where it is, what it is, who is hurt, and what to
 * do.
 */
record Conclusion(Verdict verdict, String headline, String impact, String next) {
  private static final long FEW = 100;

  static Conclusion of(List<Finding> ranked, Findings findings, Lens lens, Basis basis) {
    String impact =
        ranked.stream()
            .filter(each -> each.id() == Id.I_IMPACT)
            .map(Finding::say)
            .findFirst()
            .orElse("Whether users are hurt can't be said from these packets.");
    Finding first =
        ranked.stream().filter(each -> each.severity().isLoud()).findFirst().orElse(null);
    if (first != null) {
      return new Conclusion(first.verdict(), headline(first, ranked, lens), impact, next(first));
    }
    String why = whyInconclusive(findings, lens, basis);
    if (why != null) {
      return new Conclusion(
          Verdict.CANNOT_SAY,
          "These packets can't say: " + why,
          impact,
          nextWhenInconclusive(lens));
    }
    Finding answer =
        ranked.stream()
            .filter(each -> each.id() == Id.M_NOTNET || (each.id() == Id.M_METRIC))
            .findFirst()
            .orElse(null);
    String nothing = "Nothing wrong on the network in " + basis.says();
    String headline =
        answer == null
            ? nothing
            : answer.id() == Id.M_NOTNET ? answer.say() : nothing + " " + answer.say();
    String next =
        answer == null || answer.next() == null ? "Nothing to do on the network." : answer.next();
    return new Conclusion(Verdict.NOTHING_FOUND, headline, impact, next);
  }

  /**
   * What a conclusion without findings rests on.
   *
   * @param says {@code these 10 s: 43 connections, none unanswered.}
   * @param packets how many packets there are
   */
  record Basis(String says, long packets) {}

  private static String headline(Finding first, List<Finding> ranked, Lens lens) {
    if (!Ranking.answers(first, lens)) {
      return first.say();
    }
    Finding other =
        ranked.stream()
            .filter(each -> each.severity() == Severity.BAD && !Ranking.answers(each, lens))
            .findFirst()
            .orElse(null);
    boolean hurts =
        ranked.stream().anyMatch(each -> each.id() == Id.I_IMPACT && each.severity().isLoud());
    if (other == null || !(hurts || ranked.stream().anyMatch(each -> failing(each)))) {
      return first.say();
    }
    return first.say() + " And, apart from that: " + other.brief();
  }

  private static boolean failing(Finding each) {
    return each.id() == Id.I_IMPACT && each.numbers().getOrDefault("failed", 0L) > 0;
  }

  private static String next(Finding first) {
    return first.next() == null ? "Look at the cited frames." : first.next();
  }

  private static String whyInconclusive(Findings findings, Lens lens, Basis basis) {
    if (findings.inconclusive() != null) {
      return findings.inconclusive();
    }
    Quality quality = findings.quality();
    if (!quality.gives(Need.BOTH_DIRECTIONS)) {
      return "most connections show one direction only, so nothing that is missing means anything.";
    }
    if (lens.isOfNetwork() && !quality.gives(Need.VOLUME)) {
      return "the alert asks for an amount, and amounts can't be trusted here.";
    }
    if (lens.isOfNetwork() && basis.packets() < FEW) {
      return "there are only " + basis.packets() + " packets.";
    }
    return findings.notChecked().values().stream()
        .filter(Findings.Silenced::wouldBeLoud)
        .findFirst()
        .map(each -> each.id().subject() + " can't be judged, because " + each.because() + ".")
        .orElse(null);
  }

  private static String nextWhenInconclusive(Lens lens) {
    return lens == Lens.NONE
        ? "Capture again, both directions and without a packet size limit."
        : "Capture again while the alert is active, both directions and for longer.";
  }
}
