package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import java.util.List;
import java.util.function.Consumer;

/** The findings about connections that are not made. */
public final class Connects {
  private final List<Rule> rules;

  /**
   * @param watch takes who wants to see packets or names
   */
  public Connects(Context context, Consumer<Object> watch) {
    Attempts attempts = new Attempts(context);
    FloodCounts floods = new FloodCounts(context);
    Errors errors = new Errors(context, attempts.flows);
    AskedAgain askedAgain = new AskedAgain(context);
    PlatformLookups platformLookups = new PlatformLookups(context);
    Gateway gateway = new Gateway(context);
    ProbeAnswers probeAnswers = new ProbeAnswers(context);
    List.of(attempts, floods, errors, askedAgain, platformLookups, gateway, probeAnswers)
        .forEach(watch);
    Snat snat = new Snat(attempts);
    rules =
        List.of(
            new Scan(attempts),
            new Flood(attempts, floods),
            new Reuse(attempts),
            new Unheard(attempts, askedAgain),
            new PlatformCut(attempts, platformLookups, gateway),
            new Probe(attempts, probeAnswers),
            new Rejected(attempts, errors),
            new Refused(attempts),
            new Egress(attempts),
            snat,
            new NoAnswer(attempts),
            new Deaf(attempts),
            new Retry(attempts, snat),
            new HalfOpens(attempts));
  }

  /** Scans and floods first, then what explains more than single attempts, then those. */
  public List<Rule> rules() {
    return rules;
  }
}
