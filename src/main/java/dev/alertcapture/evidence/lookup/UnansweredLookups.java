package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.lookup.LookupLog.Line;
import dev.alertcapture.evidence.self.Platform;
import java.util.LinkedHashMap;
import java.util.Map;

/** D-NOANSWER: a resolver that leaves lookups without an answer. */
final class UnansweredLookups implements Rule {
  private final Context context;
  private final LookupLog log;

  UnansweredLookups(Context context, LookupLog log) {
    this.context = context;
    this.log = log;
  }

  private static final class Resolver {
    private final Cited cited = new Cited();
    private long judged;
    private long unanswered;
    private boolean retried;
  }

  @Override
  public void tell(Findings findings) {
    Map<Integer, Resolver> resolvers = new LinkedHashMap<>();
    long judged = 0;
    for (Line line : log.lines()) {
      boolean silent = !line.isAnswered();
      if (silent && line.end() - line.first() < Thresholds.LOOKUP_NANOS) {
        continue;
      }
      Resolver resolver = resolvers.computeIfAbsent(line.resolver(), any -> new Resolver());
      judged++;
      resolver.judged++;
      if (silent) {
        resolver.unanswered++;
        resolver.retried |= line.tries() > 1;
        resolver.cited.add(line.frame(), line.port(), line.end() - line.first());
      }
    }
    boolean[] any = new boolean[1];
    resolvers.forEach(
        (address, resolver) -> {
          if (resolver.unanswered >= 2 || resolver.retried) {
            any[0] = true;
            boolean explained = isPlatform(address) && findings.hasLoud(Id.P_PLATFORM);
            if (!explained) {
              findings.add(finding(address, resolver));
            }
          }
        });
    if (!any[0] && judged > 0) {
      long left = resolvers.values().stream().mapToLong(each -> each.unanswered).sum();
      findings.clean(Id.D_NOANSWER, Say.of(left, judged) + " lookups unanswered");
    }
    if (log.lines().size() == 1 && !log.lines().get(0).isAnswered()) {
      findings.inconclusive("the only lookup in the file has no answer.");
    }
  }

  private boolean isPlatform(int address) {
    Addresses all = context.tables().addresses;
    return address >= 0 && Platform.is(all.high(address), all.low(address));
  }

  private Finding finding(int address, Resolver resolver) {
    String text = context.words().address(address);
    boolean all = resolver.unanswered == resolver.judged;
    String say =
        "Resolver "
            + text
            + " left "
            + Say.of(resolver.unanswered, resolver.judged)
            + " lookups without an answer"
            + (all ? ": dropped on the way (NSG, firewall, route), or it is down." : ".");
    String filter = context.words().is("dst", address) + " && dns.flags.response == 0";
    return new Finding(Id.D_NOANSWER, Severity.NOTABLE, say)
        .about(Subject.of(text, 53, "udp", null))
        .blames(Verdict.NAMES)
        .brief("resolver " + text + " does not answer")
        .share(resolver.unanswered, resolver.judged)
        .number("unanswered", resolver.unanswered)
        .number("lookups", resolver.judged)
        .proof(resolver.unanswered, resolver.judged, resolver.cited, filter, true)
        .threshold(">= 2, or one that was asked again in vain", "a single datagram may get lost")
        .next(
            "Ask from another machine whether "
                + text
                + " answers; look for an NSG or firewall rule on port 53.");
  }
}
