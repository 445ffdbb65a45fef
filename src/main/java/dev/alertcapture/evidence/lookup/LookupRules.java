package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import java.util.List;
import java.util.function.Consumer;

/** This family's rules. */
public final class LookupRules {
  private final List<Rule> rules;

  /**
   * @param watch takes who wants to see packets or names
   */
  public LookupRules(Context context, Consumer<Object> watch) {
    LookupLog log = new LookupLog(context.tables());
    watch.accept(log);
    rules =
        List.of(
            new FailedLookups(context, log),
            new UnansweredLookups(context, log),
            new SlowLookups(context, log),
            new PrivateEndpoints(context, log));
  }

  public List<Rule> rules() {
    return rules;
  }
}
