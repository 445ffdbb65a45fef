package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.session.Parties.CLIENT;
import static dev.alertcapture.evidence.session.Parties.SERVER;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.names.NameTable;
import java.util.List;

/** H-SLOW: servers that acknowledge a request at once and answer late. */
final class SlowAnswers implements Rule {
  private static final int DNS_PORT = 53;

  private final FlowLog log;
  private final Words words;
  private final Parties parties;
  private final Requests requests;

  SlowAnswers(Context context, Requests requests) {
    log = context.log();
    words = context.words();
    parties = new Parties(context);
    this.requests = requests;
  }

  @Override
  public void tell(Findings findings) {
    List<Group> groups = parties.sessions(findings);
    // What the machine waits for comes first, so that its own slowness can be told from it.
    long turns = some(groups.stream().filter(each -> !Parties.isOwn(each)).toList(), findings);
    turns += some(groups.stream().filter(Parties::isOwn).toList(), findings);
    if (!findings.has(Id.H_SLOW) && turns > 0) {
      findings.clean(Id.H_SLOW, "0 of " + Say.count(turns, "answer") + " over 1\u00A0s");
    }
  }

  private long some(List<Group> groups, Findings findings) {
    Fold told = new Fold();
    long turns = 0;
    for (Group group : groups) {
      if (group.port() == DNS_PORT) {
        continue;
      }
      Waits waits = new Waits(requests, log, group);
      turns += waits.turns();
      int slow = waits.slow.size();
      if (waits.flows() >= Thresholds.SLOW_FLOWS
          || (slow > 0 && slow * 100L >= waits.turns() * (long) Thresholds.SLOW_PERCENT)) {
        Finding finding = finding(group, waits, findings);
        told.add(Parties.atLeast(requests.slow.isFull(), finding));
        Parties.take(findings, finding, waits.rows);
      }
    }
    told.tell(findings);
    return turns;
  }

  private Finding finding(Group group, Waits waits, Findings findings) {
    boolean own = Parties.isOwn(group);
    boolean lookups = own && waits.lookup() != NameTable.NONE;
    List<Finding> causes = own ? Causes.of(findings) : List.of();
    causes.forEach(Finding::cause);
    int design = causes.isEmpty() && !lookups ? waits.design() : -1;
    String end = ": " + (own ? "its application's own time" : "its own time");
    if (!causes.isEmpty()) {
      end = ": it waits for " + Causes.names(causes);
    } else if (lookups) {
      end = ": it waits for lookups of " + words.name(waits.lookup());
    }
    String say =
        design >= 0
            ? parties.server(group)
                + on(group)
                + " answers after "
                + Say.micros(design)
                + each(waits)
            : how(group, waits) + (Parties.verdict(group, SERVER) != Verdict.CANNOT_SAY ? end : "");
    long slow = waits.slow.size();
    return new Finding(
            Id.H_SLOW, design >= 0 ? Severity.INFO : Severity.NOTABLE, Parties.sentence(say))
        .about(parties.subject(group))
        .blames(lookups ? Verdict.NAMES : Parties.verdict(group, SERVER))
        .brief(parties.shortService(group) + " answers slowly")
        .next(design >= 0 ? null : next(group, causes, lookups))
        .threshold(Thresholds.SLOW, Thresholds.SLOW_WHY)
        .number("slow", slow)
        .number("answers", waits.turns())
        .number("unanswered", waits.unanswered())
        .number("p95Micros", Math.max(0, waits.p95()))
        .share(slow, waits.turns())
        .proof(
            slow,
            waits.turns(),
            waits.cited,
            parties.filter(group, CLIENT) + " && tcp.len > 0",
            true);
  }

  private static String each(Waits waits) {
    return waits.slow.size() == 1
        ? " (1 of " + Say.count(waits.turns()) + "): waiting by design?"
        : " each time (" + Say.of(waits.slow.size(), waits.turns()) + "): waiting by design?";
  }

  private String on(Group group) {
    return Parties.isOwn(group) ? " on :" + group.port() : "";
  }

  private String how(Group group, Waits waits) {
    int accept = waits.accept();
    String begin =
        parties.server(group)
            + (accept >= 0
                ? " accepts" + on(group) + " in " + Say.micros(accept) + " and acknowledges, but "
                : " acknowledges requests" + on(group) + " at once, but ");
    return begin + answers(waits) + unanswered(waits);
  }

  private static String answers(Waits waits) {
    int slow = waits.ended[SlowRequests.ANSWERED];
    int p95 = waits.p95();
    if (slow == 0) {
      return "leaves " + Say.of(waits.unanswered(), waits.turns()) + " requests unanswered";
    } else if (waits.turns() == 1) {
      return "answers its one request after " + Say.micros(p95);
    } else if (p95 > 0) {
      return "answers after " + Say.micros(p95) + " (p95 of " + Say.count(waits.turns()) + ")";
    }
    return Say.of(slow, waits.turns())
        + " answers take up to "
        + Say.micros(waits.longest[SlowRequests.ANSWERED]);
  }

  private static String unanswered(Waits waits) {
    StringBuilder out = new StringBuilder();
    String[] words = {
      "", " given up after ", " closed without an answer after ", " still waiting after "
    };
    for (int kind = SlowRequests.GIVEN_UP; kind <= SlowRequests.STILL_WAITING; kind++) {
      if (waits.ended[kind] > 0) {
        out.append(", ")
            .append(Say.count(waits.ended[kind]))
            .append(words[kind])
            .append(Say.micros(waits.longest[kind]));
      }
    }
    return out.toString();
  }

  private String next(Group group, List<Finding> causes, boolean lookups) {
    if (!causes.isEmpty()) {
      return causes.get(0).next();
    } else if (lookups) {
      return "Look at the resolver that " + words.machine() + " asks: its answers take seconds.";
    }
    return Parties.isOwn(group)
        ? "Look at the application on :"
            + group.port()
            + " of "
            + words.machine()
            + ": requests arrive and are acknowledged at once."
        : "Ask whoever runs "
            + parties.shortService(group)
            + ": it takes requests at once and answers late.";
  }
}
