package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a machine may wait for while it answers slowly or with errors: others that fail it. */
final class Causes {
  private static final Set<Id> IDS =
      EnumSet.of(
          Id.C_NOANSWER,
          Id.C_EGRESS,
          Id.C_SNAT,
          Id.C_RETRY,
          Id.C_REFUSED,
          Id.C_PROHIBITED,
          Id.C_UNREACH,
          Id.C_UNHEARD,
          Id.C_STALE,
          Id.C_SILENT,
          Id.H_SLOW,
          Id.D_FAIL,
          Id.D_EMPTY,
          Id.D_NOANSWER,
          Id.D_SLOW);

  private static final int NAMED = 2;

  private Causes() {}

  /** Loud findings about what the machine asks of others, in the order of telling. */
  static List<Finding> of(Findings findings) {
    return findings.all().stream()
        .filter(each -> IDS.contains(each.id()) && each.severity().isLoud())
        .filter(each -> each.id() == Id.C_UNHEARD || each.verdict() != Verdict.MACHINE)
        .toList();
  }

  /** The least bad severity that lets the worst cause come first. */
  static Severity notAbove(List<Finding> causes, Severity own) {
    return causes.stream()
        .map(Finding::severity)
        .min(Severity::compareTo)
        .filter(worst -> worst.compareTo(own) > 0)
        .orElse(own);
  }

  /** {@code sql-prod:1433}, or two of them. */
  static String names(List<Finding> causes) {
    List<String> all = causes.stream().map(Causes::name).distinct().toList();
    String named = all.stream().limit(NAMED).collect(Collectors.joining(" and "));
    return all.size() > NAMED ? named + " and others" : named;
  }

  private static String name(Finding of) {
    Subject subject = of.subject();
    String who = subject.name() == null ? subject.peer() : subject.name();
    boolean lookup = of.id().name().startsWith("D_");
    if (who == null) {
      return lookup ? "lookups" : "others";
    }
    if (lookup) {
      return "lookups (" + who + ")";
    }
    return subject.port() > 0 ? who + ":" + subject.port() : who;
  }
}
