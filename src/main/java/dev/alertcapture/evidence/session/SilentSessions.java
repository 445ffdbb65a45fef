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
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** C-SILENT: connections that talked, until one end was not heard any more. */
final class SilentSessions implements Rule {
  private static final int FULL_SIZE = 1_280;

  private final FlowLog log;
  private final Words words;
  private final Parties parties;
  private final Silences silences;

  SilentSessions(Context context, Silences silences) {
    log = context.log();
    words = context.words();
    parties = new Parties(context);
    this.silences = silences;
  }

  @Override
  public void tell(Findings findings) {
    Fold told = new Fold();
    for (Group group : parties.sessions(findings)) {
      for (int quiet = SERVER; quiet >= CLIENT; quiet--) {
        for (List<Integer> rows : byAddress(group, quiet)) {
          int end = quiet;
          List<Integer> silent = rows.stream().filter(row -> isSilent(row, end)).toList();
          if (!silent.isEmpty() && !isLoss(rows, silent, end)) {
            Finding finding = finding(group, end, silent, rows.size());
            told.add(finding);
            Parties.take(findings, finding, silent);
          }
        }
      }
    }
    told.tell(findings);
    if (told.isEmpty()) {
      findings.clean(Id.C_SILENT, "no connection fell silent");
    }
  }

  /** Rows of those who fell silent, by the address at that end, in the order of the first. */
  private Collection<List<Integer>> byAddress(Group group, int quiet) {
    Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
    group.rows().stream()
        .filter(row -> isSilent(row, quiet))
        .forEach(row -> parts.put(address(row, quiet), new ArrayList<>()));
    if (!parts.isEmpty()) {
      for (int row : group.rows()) {
        List<Integer> its = parts.get(address(row, quiet));
        if (its != null) {
          its.add(row);
        }
      }
    }
    return parts.values();
  }

  /** What is large may be lost for its size, which is another finding. */
  private boolean isSilent(int row, int quiet) {
    return silences.sender(row) == 1 - quiet
        && !silences.isStale(row)
        && silences.leastPayload(row) < FULL_SIZE;
  }

  private int address(int row, int end) {
    return end == CLIENT ? log.client(row) : log.server(row);
  }

  /** Whether that peer loses so much elsewhere that its silences are only the worst of it. */
  private boolean isLoss(List<Integer> rows, List<Integer> silent, int quiet) {
    long all = rows.stream().mapToLong(row -> silences.resent(row, 1 - quiet)).sum();
    long inside = silent.stream().mapToLong(silences::resentInside).sum();
    return all >= Thresholds.SILENT_RESENDS && all - inside > inside;
  }

  private Finding finding(Group group, int quiet, List<Integer> silent, int of) {
    Cited cited = new Cited();
    int began = Integer.MAX_VALUE;
    int ended = 0;
    long toEnd = 0;
    for (int row : silent) {
      cited.add(silences.frame(row), row, silences.lasted(row));
      began = Math.min(began, silences.began(row));
      ended = Math.max(ended, silences.began(row) + silences.lasted(row));
      toEnd += silences.isToEnd(row) ? 1 : 0;
    }
    int who = address(silent.get(0), quiet);
    boolean machine = Parties.isMachine(group, quiet);
    boolean fresh = quiet == SERVER && silent.stream().allMatch(silences::isFromHandshake);
    String say =
        fresh
            ? fresh(group, silent)
            : name(group, quiet, who)
                + " stopped answering from "
                + Say.second(Ticks.nanos(began))
                + (toEnd > 0
                    ? " until the end"
                    : " to " + Say.seconds(Ticks.nanos(ended)) + ", then came back")
                + " ("
                + Say.of(silent.size(), of)
                + " connections)";
    boolean bad =
        silent.size() >= Thresholds.SILENT_BAD || (silent.size() >= 2 && silent.size() == of);
    return new Finding(Id.C_SILENT, bad ? Severity.BAD : Severity.NOTABLE, Parties.sentence(say))
        .about(quiet == SERVER ? parties.subject(group) : client(group, who))
        .blames(machine ? Verdict.MACHINE : Verdict.NETWORK)
        .brief(name(group, quiet, who) + " stopped answering")
        .next(next(group, quiet, machine, fresh, who))
        .threshold(Thresholds.SILENT, Thresholds.SILENT_WHY)
        .number("connections", silent.size())
        .number("untilTheEnd", toEnd)
        .share(silent.size(), of)
        .proof(
            silent.size(),
            of,
            cited,
            parties.filter(group, 1 - quiet)
                + (quiet == CLIENT ? " && " + words.is("dst", who) : "")
                + " && tcp.len > 0",
            true);
  }

  private Subject client(Group group, int who) {
    return Subject.of(words.address(who), group.port(), "tcp", null);
  }

  private String name(Group group, int quiet, int who) {
    if (Parties.isMachine(group, quiet)) {
      return words.theMachine() + (quiet == SERVER ? " on :" + group.port() : "");
    }
    return quiet == SERVER ? parties.service(group) : words.address(who);
  }

  private String fresh(Group group, List<Integer> silent) {
    int name = log.name(silent.get(0));
    boolean named =
        name != NameTable.NONE && silent.stream().allMatch(row -> log.name(row) == name);
    long of = group.rows().stream().filter(row -> !named || log.name(row) == name).count();
    boolean others =
        named && group.rows().stream().anyMatch(row -> log.name(row) != name && isFine(row));
    return words.service(group.server(), group.port(), NameTable.NONE)
        + " connects and never acknowledges the first data ("
        + Say.of(silent.size(), of)
        + (named ? " for " + words.name(name) : "")
        + (others ? ", other names there pass" : "")
        + "): dropped "
        + (Parties.isOwn(group) ? "by its own firewall" : "on the way")
        + (others ? ", perhaps by its name" : "");
  }

  private boolean isFine(int row) {
    return silences.sender(row) == Silences.NONE && log.payload(row, SERVER) > 0;
  }

  private String next(Group group, int quiet, boolean machine, boolean fresh, int who) {
    if (machine) {
      return "Look at " + words.machine() + " itself: its firewall, and whether it was stopped.";
    }
    if (fresh) {
      return "Look for a firewall or proxy on the way to "
          + parties.shortService(group)
          + " that looks into connections.";
    }
    String whom = quiet == SERVER ? parties.shortService(group) : words.address(who);
    return "Look at whether " + whom + " was down then, and at the way there.";
  }
}
