package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.report.Section;
import java.util.List;
import java.util.function.Consumer;

/** This family's rules, and the parts of the report that it writes. */
public final class VolumeRules {
  private final Totals totals;
  private final Seconds seconds;
  private final Talkers talkers;
  private final FlowList flows;
  private final List<Rule> early;
  private final List<Rule> late;

  /**
   * @param watch takes who wants to see packets or names
   */
  public VolumeRules(Context context, Consumer<Object> watch) {
    Asked asked = new Asked(context.question());
    Counters counters = new Counters();
    Service service = new Service(context);
    Histories histories = new Histories(context.tables().flows);
    totals = new Totals(context.tables(), context.sides());
    seconds = new Seconds(context.tables().timeline, totals);
    talkers = new Talkers(context);
    flows = new FlowList(context, histories);
    List.of(counters, service, histories, totals, seconds, talkers, flows).forEach(watch);
    early = List.of(new Reflection(context, totals));
    late =
        List.of(
            new ByteMetric(context, asked, totals),
            new FlowMetric(context, asked, counters, seconds),
            new NotNetwork(context, asked, counters),
            new Impact(context, service),
            new Tops(context, talkers),
            new OwnUpload(context, totals, flows));
  }

  /** Rules that others have to come after. */
  public List<Rule> early() {
    return early;
  }

  /** Rules that look at what others have found. */
  public List<Rule> late() {
    return late;
  }

  public List<Section> sections() {
    return List.of(totals, talkers, flows, seconds);
  }
}
