package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** M-NOTNET: the metric is not the network's, and nothing on the network explains it. */
final class NotNetwork implements Rule {
  private static final Set<Lens> LENSES =
      EnumSet.of(Lens.CPU, Lens.AVAILABILITY, Lens.DISK, Lens.MEMORY);

  /** What a machine that is busy with itself shows on the network. */
  private static final Set<Id> OWN_TROUBLE =
      EnumSet.of(Id.W_ZERO, Id.H_SLOW, Id.H_STATUS, Id.N_PAUSE);

  private static final long SECOND = 1_000_000_000L;

  private final Context context;
  private final Asked asked;
  private final Counters counters;

  NotNetwork(Context context, Asked asked, Counters counters) {
    this.context = context;
    this.asked = asked;
    this.counters = counters;
  }

  @Override
  public void tell(Findings findings) {
    if (!LENSES.contains(asked.lens) || counters.packets == 0) {
      return;
    }
    boolean busy =
        context.perSecond(counters.connects) >= Thresholds.BUSY_PER_SECOND
            || context.perSecond(counters.hellos) >= Thresholds.BUSY_PER_SECOND;
    if (!busy && findings.all().stream().allMatch(NotNetwork::allows)) {
      findings.add(finding());
    }
  }

  private static boolean allows(Finding other) {
    boolean own = OWN_TROUBLE.contains(other.id()) && other.verdict() == Verdict.MACHINE;
    return !other.severity().isLoud() || own;
  }

  private Finding finding() {
    String say =
        "Not the network, as far as these "
            + Say.nanos(context.duration())
            + lag()
            + " show: "
            + Say.count(context.perSecond(counters.packets))
            + " packets/s, "
            + Say.digits(counters.connects * SECOND, context.duration())
            + " new connections/s; no flood, no scan, "
            + Say.count(counters.resends)
            + " of "
            + Say.count(counters.dataSegments, "data segment")
            + " sent again, "
            + Say.count(counters.slowLookups)
            + " of "
            + Say.count(counters.lookups, "lookup")
            + " slow. There is no baseline to compare with."
            + disk();
    return new Finding(Id.M_NOTNET, Severity.INFO, say)
        .answersMetric()
        .blames(Verdict.NOTHING_FOUND)
        .number("packetsPerSecond", context.perSecond(counters.packets))
        .number("resends", counters.resends)
        .number("slowLookups", counters.slowLookups)
        .next("Look inside " + context.words().machine() + ": processes, memory, disks.");
  }

  private String lag() {
    if (asked.question.fired() == null) {
      return "";
    }
    Instant began = Instant.ofEpochSecond(0, context.tables().timeline.start());
    long seconds = began.getEpochSecond() - asked.question.fired().getEpochSecond();
    if (seconds < 0) {
      return "";
    }
    String lag = seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min";
    return " from " + lag.replace(' ', '\u00A0') + " after the alert";
  }

  private String disk() {
    return asked.lens == Lens.DISK
        ? " Managed disks do not cross this network; only SMB, NFS and iSCSI shares would show."
        : "";
  }
}
