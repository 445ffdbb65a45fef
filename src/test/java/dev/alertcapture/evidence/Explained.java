package dev.alertcapture.evidence;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.report.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Reports of captures in memory, for tests. */
public final class Explained {
  private Explained() {}

  public static Report of(byte[] capture, Question question) {
    try {
      return Explanation.explain(new ByteArrayInputStream(capture), "test.pcap", question);
    } catch (IOException | Explanation.RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Report of(byte[] capture) {
    return of(capture, Question.NONE);
  }

  /** Findings of one kind in a report. */
  public static List<Finding> findings(Report report, Id id) {
    return report.findings().stream().filter(each -> each.id() == id).toList();
  }
}
