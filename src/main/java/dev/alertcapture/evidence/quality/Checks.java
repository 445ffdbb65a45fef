package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Tables;
import java.util.List;

/** All doubts about a capture, in the order in which they are told. */
public final class Checks implements Rule {
  private final Tables tables;
  private final List<Check> checks;

  public Checks(Context context) {
    tables = context.tables();
    checks =
        List.of(
            new Completeness(),
            new Missed(tables),
            new Doubles(tables),
            new Directions(context.log()),
            new Sizes(tables),
            new Clock(tables),
            new Session(context));
  }

  /** Those that watch packets. */
  public List<Analyser> watchers() {
    return checks.stream().filter(Analyser.class::isInstance).map(Analyser.class::cast).toList();
  }

  /** How far the capture can be trusted, after its last packet. */
  public Quality judge(FileEnd end) {
    Quality quality = new Quality();
    for (Check check : checks) {
      check.judge(quality, end);
    }
    return quality;
  }

  /** Of no packets nothing can be said. */
  @Override
  public void tell(Findings findings) {
    if (tables.timeline.frames() == 0) {
      findings.inconclusive("there is no packet that could be read.");
    }
  }
}
