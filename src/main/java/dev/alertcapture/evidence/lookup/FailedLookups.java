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
import dev.alertcapture.evidence.finding.Told;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.lookup.LookupLog.Line;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** D-FAIL and D-EMPTY: names that no lookup found. */
final class FailedLookups implements Rule {
  private final Context context;
  private final LookupLog log;

  FailedLookups(Context context, LookupLog log) {
    this.context = context;
    this.log = log;
  }

  /** What is asked of whom, and how it failed. */
  private record Key(int resolver, int name, int code) {}

  @Override
  public void tell(Findings findings) {
    Found found = new Found(context, log);
    Map<Key, List<Line>> failed = new LinkedHashMap<>();
    long asked = 0;
    for (Line line : log.lines()) {
      boolean address = line.type() == LookupLog.A || line.type() == LookupLog.AAAA;
      if (!line.isAnswered() || !address || line.name() == NameTable.NONE) {
        continue;
      }
      asked++;
      int code = line.code();
      boolean empty =
          code == 0 && line.addresses() == 0 && line.whole() && line.type() == LookupLog.A;
      boolean fails =
          code == LookupLog.SERVFAIL || code == LookupLog.REFUSED || code == LookupLog.NXDOMAIN;
      if (empty ? !found.ever(line.name()) : fails && !found.around(line)) {
        failed
            .computeIfAbsent(new Key(line.resolver(), line.name(), code), any -> new ArrayList<>())
            .add(line);
      }
    }
    Told fail = new Told();
    Told empty = new Told();
    failed.forEach(
        (key, lines) -> {
          Finding finding = key.code() == 0 ? empty(key, lines) : fail(key, lines, found);
          if (finding != null) {
            (key.code() == 0 ? empty : fail).add(finding, context.words().name(key.name()));
          }
        });
    tell(findings, fail, "fail", "!= 0");
    tell(findings, empty, "bring no address", "== 0");
    clean(findings, Id.D_FAIL, asked, "lookups failed");
    clean(findings, Id.D_EMPTY, asked, "lookups without an address");
  }

  private static void tell(Findings findings, Told told, String what, String code) {
    told.to(
        findings,
        (subjects, part, whole, named) ->
            Say.of(part, whole)
                + " lookups of "
                + Say.count(subjects)
                + " names "
                + what
                + ", most of them of "
                + named
                + ".",
        "dns.flags.response == 1 && dns.flags.rcode " + code);
  }

  private static void clean(Findings findings, Id id, long asked, String what) {
    if (asked > 0 && !findings.has(id)) {
      findings.clean(id, "0 of " + Say.count(asked) + " " + what);
    }
  }

  private Finding fail(Key key, List<Line> lines, Found found) {
    boolean missing = key.code() == LookupLog.NXDOMAIN;
    long ends = context.tables().timeline.now() - Thresholds.LOOKUP_SUFFIX_NANOS;
    // What the file's last second asks may still be asked with another search suffix.
    List<Line> counted =
        lines.stream()
            .filter(line -> !missing || line.end() <= ends)
            .filter(line -> !found.sibling(line))
            .toList();
    String name = context.words().name(key.name());
    boolean quiet = missing && (Expected.isMissing(name) || onlySix(counted));
    if (quiet || counted.isEmpty() || (missing && counted.size() < Thresholds.MISSING_LOOKUPS)) {
      return null;
    }
    boolean bad = !missing && counted.size() >= Thresholds.FAILED_LOOKUPS_BAD;
    // What is left out of the count is left out of its denominator.
    long asked = asked(key) - (lines.size() - counted.size());
    String code = missing ? "NXDOMAIN" : key.code() == LookupLog.SERVFAIL ? "SERVFAIL" : "REFUSED";
    String resolver = context.words().address(key.resolver());
    String say =
        name
            + (missing ? " has no address: " : " can't be looked up: ")
            + code
            + " "
            + Say.of(counted.size(), asked)
            + ", asked of "
            + resolver
            + ".";
    return finding(Id.D_FAIL, bad ? Severity.BAD : Severity.NOTABLE, say, key, counted, asked)
        .brief(name + " can't be looked up (" + code + ")")
        .threshold(
            missing ? ">= 3 NXDOMAIN" : ">= 1, bad >= 5",
            missing
                ? "one or two are a search suffix or a typing error"
                : "a resolver that says so did not do its work")
        .next(
            missing
                ? "Add the record, or link the private zone that has it to the network of "
                    + context.words().machine()
                    + "; ask with nslookup "
                    + name
                    + " "
                    + resolver
                    + "."
                : "Look at the resolver " + resolver + " and at what it forwards to.");
  }

  private static boolean onlySix(List<Line> lines) {
    return lines.stream().allMatch(line -> line.type() == LookupLog.AAAA);
  }

  private Finding empty(Key key, List<Line> lines) {
    if (lines.size() < Thresholds.MISSING_LOOKUPS) {
      return null;
    }
    String name = context.words().name(key.name());
    long asked = asked(key);
    String say =
        name
            + " exists and has no address ("
            + Say.of(lines.size(), asked)
            + " lookups, asked of "
            + context.words().address(key.resolver())
            + "): a private zone without the record?";
    return finding(Id.D_EMPTY, Severity.NOTABLE, say, key, lines, asked)
        .brief(name + " has no address")
        .threshold(">= 3", "one may be a race with a change of the zone")
        .next("Add the A record to the zone that answers, or unlink that zone.");
  }

  private long asked(Key key) {
    return log.lines().stream()
        .filter(line -> line.resolver() == key.resolver() && line.name() == key.name())
        .filter(line -> line.type() == LookupLog.A || line.type() == LookupLog.AAAA)
        .count();
  }

  private Finding finding(
      Id id, Severity severity, String say, Key key, List<Line> lines, long asked) {
    Cited cited = new Cited();
    lines.forEach(line -> cited.add(line.frame(), line.port(), line.tries()));
    String filter =
        context.words().is("src", key.resolver())
            + " && dns.flags.response == 1 && dns.flags.rcode == "
            + key.code();
    return new Finding(id, severity, say)
        .about(
            Subject.of(
                context.words().address(key.resolver()),
                53,
                "udp",
                context.words().name(key.name())))
        .blames(Verdict.NAMES)
        .share(lines.size(), asked)
        .number("failed", lines.size())
        .number("asked", asked)
        .proof(lines.size(), asked, cited, filter, true);
  }
}
