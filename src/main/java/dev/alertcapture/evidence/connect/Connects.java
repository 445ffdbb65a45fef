package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import java.util.List;

/** The family of findings about connections that are not made. */
public final class Connects {
  private final Attempts attempts;
  private final FloodCounts floods;

  public Connects(Context context) {
    attempts = new Attempts(context);
    floods = new FloodCounts(context);
  }

  /** What has to see packets or names. */
  public List<Object> watchers() {
    return List.of(attempts, floods);
  }

  /** Scans and floods first, then what explains more than single attempts, then those. */
  public List<Rule> rules() {
    return List.of(
        new Scan(attempts),
        new Flood(attempts, floods),
        new Refused(attempts),
        new NoAnswer(attempts),
        new Deaf(attempts));
  }
}
