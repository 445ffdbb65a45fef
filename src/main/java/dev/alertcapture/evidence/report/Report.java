package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.self.OwnSide;
import java.util.List;

/** All that is said of one capture; the same bytes and question give the same report. */
public final class Report {
  private final CaptureInfo capture;
  private final Question question;
  private final OwnSide own;
  private final Findings findings;
  private final List<Finding> ranked;
  private final List<Section> sections;
  private final Conclusion conclusion;

  /**
   * @param basis what was looked at, for a report that finds nothing: {@code these 10 s: 43
   *     connections, none unanswered.}
   * @param sections further members of the JSON
   */
  public Report(
      CaptureInfo capture,
      Question question,
      OwnSide own,
      Findings findings,
      String basis,
      List<Section> sections) {
    this.capture = capture;
    this.question = question;
    this.own = own;
    this.findings = findings;
    this.sections = List.copyOf(sections);
    Lens lens = Lens.of(question.metric());
    ranked = Ranking.rank(findings.all(), lens);
    conclusion =
        Conclusion.of(ranked, findings, lens, new Conclusion.Basis(basis, capture.frames()));
  }

  public CaptureInfo capture() {
    return capture;
  }

  public Question question() {
    return question;
  }

  public OwnSide own() {
    return own;
  }

  public Findings checked() {
    return findings;
  }

  /** The findings in their order. */
  public List<Finding> findings() {
    return ranked;
  }

  List<Section> sections() {
    return sections;
  }

  public Verdict verdict() {
    return conclusion.verdict();
  }

  public String headline() {
    return conclusion.headline();
  }

  /** Who is hurt, one sentence. */
  public String impact() {
    return conclusion.impact();
  }

  /** What to do, one sentence. */
  public String next() {
    return conclusion.next();
  }

  /** How far the capture can be trusted, one sentence. */
  public String trust() {
    return Trusts.say(findings.quality(), capture.cut());
  }

  /** As one JSON object in one line, {@code evidence/1}, at most 100 KB. */
  public String json() {
    return JsonReport.write(this);
  }

  /** For people, at most 40 lines. */
  public String text() {
    return TextReport.write(this);
  }
}
