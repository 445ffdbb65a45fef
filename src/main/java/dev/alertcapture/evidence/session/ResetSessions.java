package dev.alertcapture.evidence.session;

import static dev.alertcapture.evidence.session.Parties.CLIENT;
import static dev.alertcapture.evidence.session.Parties.SERVER;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** R-RESET: who resets connections that were open, and what that does to them. */
final class ResetSessions implements Rule {
  private final FlowLog log;
  private final Words words;
  private final Parties parties;
  private final Resets resets;
  private final Senders senders;
  private final Requests requests;
  private final TlsHandshakes tls;
  private final Map<Integer, Long> ofPeers = new HashMap<>();

  ResetSessions(
      Context context, Resets resets, Senders senders, Requests requests, TlsHandshakes tls) {
    log = context.log();
    words = context.words();
    parties = new Parties(context);
    this.resets = resets;
    this.senders = senders;
    this.requests = requests;
    this.tls = tls;
  }

  /** Some of a group's connections that one end reset, and those that it might have. */
  private record Part(Group group, int end, List<Integer> reset, List<Integer> of, boolean only) {}

  @Override
  public void tell(Findings findings) {
    boolean classes = findings.quality().gives(Need.LOSS);
    Fold told = new Fold();
    long all = 0;
    for (Group group : parties.sessions(findings, Id.H_SLOW)) {
      all += group.rows().size();
      for (int end = SERVER; end >= CLIENT; end--) {
        int by = end;
        List<Integer> reset =
            group.rows().stream()
                .filter(row -> resets.kind(row) != ResetClass.NONE && resets.by(row) == by)
                // A client that waited too long may well reset.
                .filter(row -> by == SERVER || findings.taker(row) != Id.H_SLOW)
                .toList();
        if (!reset.isEmpty()) {
          Part part = part(group, end, reset);
          Finding finding = finding(part, classes);
          told.add(Parties.atLeast(resets.isFull(), finding));
          Parties.take(findings, finding, part.reset().stream().filter(this::isLoud).toList());
        }
      }
    }
    if (told.isEmpty() && all > 0) {
      findings.clean(Id.R_RESET, "0 of " + Say.count(all, "connection") + " reset");
    }
    told.tell(findings);
  }

  /** Where the machine resets one client's connections, all of them and no other's, it is it. */
  private Part part(Group group, int end, List<Integer> reset) {
    List<Integer> loud = reset.stream().filter(this::isLoud).toList();
    if (end == SERVER && Parties.isOwn(group) && !loud.isEmpty()) {
      int client = log.client(loud.get(0));
      List<Integer> its = group.rows().stream().filter(row -> log.client(row) == client).toList();
      boolean only = loud.stream().allMatch(row -> log.client(row) == client);
      if (only && its.size() == loud.size() && its.size() < group.rows().size()) {
        return new Part(group, end, loud, its, true);
      }
    }
    return new Part(group, end, reset, group.rows(), false);
  }

  private boolean isLoud(int row) {
    return resets.kind(row) != ResetClass.CLOSE;
  }

  private Finding finding(Part part, boolean classes) {
    Group group = part.group();
    Map<ResetClass, Integer> counts = new EnumMap<>(ResetClass.class);
    Cited cited = new Cited();
    List<Integer> loud = part.reset().stream().filter(this::isLoud).toList();
    List<Integer> shown = loud.isEmpty() || !classes ? part.reset() : loud;
    for (int row : shown) {
      counts.merge(resets.kind(row), 1, Integer::sum);
      cited.add(resets.frame(row), row, -resets.kind(row).code);
    }
    // What may be a close is never loud.
    Severity severity =
        classes ? severity(loud.size(), part.of().size(), isLargeCut(loud)) : Severity.INFO;
    boolean foreign =
        severity.isLoud()
            && !loud.isEmpty()
            && !Parties.isMachine(group, part.end())
            && isOneAddress(part)
            && senders.areForeign(loud, part.end());
    String who = part.end() == SERVER ? parties.server(group) : capital(part, shown);
    String say =
        who
            + " reset "
            + Say.of(shown.size(), part.of().size())
            + " connections"
            + whose(part, shown)
            + (classes ? ": " + kinds(counts) : "")
            + (classes ? why(part, counts) : "")
            + (foreign ? "; not by " + whoItself(part) + " itself: a box on the way" : "");
    return new Finding(Id.R_RESET, severity, Parties.sentence(say))
        .about(parties.subject(group))
        .blames(foreign ? Verdict.NETWORK : Parties.verdict(group, part.end()))
        .brief(brief(part))
        .next(severity.isLoud() ? next(part, foreign, counts) : null)
        .threshold(Thresholds.RESETS, Thresholds.RESETS_WHY)
        .number("reset", shown.size())
        .number("connections", part.of().size())
        .share(loud.size(), part.of().size())
        .proof(
            shown.size(),
            part.of().size(),
            cited,
            parties.filter(group, part.end()) + " && tcp.flags.reset == 1",
            true);
  }

  private boolean isOneAddress(Part part) {
    return part.end() == SERVER
        || part.reset().stream().mapToInt(log::client).distinct().count() == 1;
  }

  private static Severity severity(int reset, int of, boolean largeCut) {
    if (reset >= Thresholds.RESETS_BAD
        && reset * 100L >= of * (long) Thresholds.RESETS_BAD_PERCENT) {
      return Severity.BAD;
    }
    boolean notable =
        reset >= Thresholds.RESETS_NOTABLE
            && reset * 100L >= of * (long) Thresholds.RESETS_NOTABLE_PERCENT;
    return notable || largeCut ? Severity.NOTABLE : Severity.INFO;
  }

  /** A transfer was cut that is most of what there is with its peer. */
  private boolean isLargeCut(List<Integer> rows) {
    return rows.stream()
        .filter(row -> resets.kind(row) == ResetClass.CUT && bytes(row) >= Thresholds.CUT_BYTES)
        .anyMatch(row -> 2 * bytes(row) >= bytesOfPeers().get(log.peer(row)));
  }

  /** All that was exchanged with each peer, by the number of its address. */
  private Map<Integer, Long> bytesOfPeers() {
    if (ofPeers.isEmpty()) {
      for (int row = 0; row < log.size(); row++) {
        ofPeers.merge(log.peer(row), bytes(row), Long::sum);
      }
    }
    return ofPeers;
  }

  private long bytes(int row) {
    return log.bytes(row, CLIENT) + log.bytes(row, SERVER);
  }

  private String capital(Part part, List<Integer> rows) {
    return Parties.isMachine(part.group(), CLIENT)
        ? words.theMachine()
        : parties.clients(part.group(), rows);
  }

  private String whose(Part part, List<Integer> rows) {
    Group group = part.group();
    if (part.end() == CLIENT) {
      return " to " + parties.service(group);
    }
    String port = Parties.isOwn(group) ? " to :" + group.port() : "";
    return part.only()
        ? port + " from " + parties.clients(group, rows) + ", and nobody else's"
        : port;
  }

  private static String kinds(Map<ResetClass, Integer> counts) {
    StringBuilder out = new StringBuilder();
    boolean one = counts.size() == 1;
    counts.forEach(
        (kind, count) ->
            out.append(out.length() == 0 ? "" : ", ")
                .append(one ? "" : Say.count(count) + " ")
                .append(kind.words()));
    return out.toString();
  }

  private String why(Part part, Map<ResetClass, Integer> counts) {
    Group group = part.group();
    boolean all = counts.size() == 1;
    if (all && counts.containsKey(ResetClass.CROSSED)) {
      return ": its keep-alive time-out is shorter than its clients' pauses";
    }
    boolean plain =
        part.only()
            && part.of().stream().allMatch(row -> requests.is(row, Requests.HTTP))
            && group.rows().stream().anyMatch(row -> tls.isTls(row));
    return plain ? "; it speaks plain HTTP to a TLS port" : "";
  }

  private String whoItself(Part part) {
    return part.end() == SERVER
        ? words.peer(part.group().server(), parties.name(part.group()))
        : parties.clients(part.group(), part.reset());
  }

  private String brief(Part part) {
    String who =
        part.end() == SERVER ? parties.shortService(part.group()) : capital(part, part.reset());
    return who + " resets connections";
  }

  private String next(Part part, boolean foreign, Map<ResetClass, Integer> counts) {
    Group group = part.group();
    String service = parties.shortService(group);
    if (foreign) {
      return "Look for a firewall or proxy on the way to " + service + " that resets connections.";
    }
    if (counts.containsKey(ResetClass.STALE) && counts.size() == 1) {
      return "Keep connections to "
          + service
          + " alive under the idle time-out on the way (4 minutes by default in Azure), or close"
          + " them sooner.";
    }
    if (counts.containsKey(ResetClass.CROSSED) && counts.size() == 1) {
      return "Make the keep-alive time-out of "
          + service
          + " longer than its clients keep idle connections.";
    }
    if (part.only()) {
      return "Look at what " + words.address(log.client(part.of().get(0))) + " sends.";
    }
    return part.end() == SERVER
        ? "Look at the log of " + service + " at these times: it ends connections."
        : "Look at the client that ends connections to " + service + ": its time-outs and its log.";
  }
}
