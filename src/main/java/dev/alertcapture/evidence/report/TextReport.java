package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report for people: verdict, headline, impact, next, trust, findings, what was checked. */
final class TextReport {
  static final int MAX_LINES = 40;

  /** Lines that are not findings: the head, headings, what was checked. */
  private static final int OTHER_LINES = 16;

  private final List<String> lines = new ArrayList<>();

  private TextReport() {}

  static String write(Report report) {
    TextReport text = new TextReport();
    text.all(report);
    return String.join("\n", text.lines) + "\n";
  }

  private void all(Report report) {
    lines.add(
        report.verdict().word().toUpperCase(java.util.Locale.ROOT) + ": " + report.headline());
    lines.add("");
    lines.add("Impact: " + report.impact());
    lines.add("Next:   " + report.next());
    lines.add("Trust:  " + report.trust());
    lines.add("Self:   " + self(report));
    findings(report.findings());
    Findings checked = report.checked();
    List<String> clean =
        checked.clean().entrySet().stream()
            .filter(each -> !checked.has(each.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (!clean.isEmpty()) {
      lines.add("");
      lines.add("Checked and clean: " + String.join("; ", clean) + ".");
    }
    if (!checked.notChecked().isEmpty()) {
      lines.add("");
      lines.add("Not checked:");
      notChecked(checked).forEach(each -> lines.add("  " + each));
    }
  }

  private static String self(Report report) {
    return report.own().known()
        ? String.join(", ", report.own().addresses()) + " (" + report.own().say() + ")"
        : "unknown, " + report.own().say();
  }

  private void findings(List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Findings:");
    int room = (MAX_LINES - OTHER_LINES) / 2;
    int shown = Math.min(findings.size(), room);
    for (Finding finding : findings.subList(0, shown)) {
      lines.add("  " + pad(finding.severity().word()) + pad(finding.id().text()) + finding.say());
      if (finding.proof() != null && finding.severity().isLoud()) {
        lines.add("                " + proof(finding));
      }
    }
    if (shown < findings.size()) {
      lines.add("  and " + (findings.size() - shown) + " more in the JSON report.");
    }
  }

  private static String pad(String word) {
    return word + " ".repeat(Math.max(1, 9 - word.length()));
  }

  private static String proof(Finding finding) {
    String frames =
        finding.proof().frames().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String filter = finding.proof().filter();
    return "frames " + frames + (filter == null ? "" : "; filter: " + filter);
  }

  /** One line for each reason. */
  private static List<String> notChecked(Findings checked) {
    Map<String, List<Id>> reasons = new LinkedHashMap<>();
    for (Findings.Silenced each : checked.notChecked().values()) {
      reasons.computeIfAbsent(each.because(), any -> new ArrayList<>()).add(each.id());
    }
    List<String> all = new ArrayList<>();
    reasons.forEach(
        (because, ids) ->
            all.add(
                ids.stream().map(Id::subject).collect(Collectors.joining(", "))
                    + ": "
                    + because
                    + "."));
    return all;
  }
}
