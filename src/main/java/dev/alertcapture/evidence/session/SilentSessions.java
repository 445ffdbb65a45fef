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
import java.util.List;

/** C-SILENT: connections that talked, until one end was not heard any more. */
final class SilentSessions implements Rule {
  private static final int FULL_SIZE = 1_280;

  private final Context context;
  private final FlowLog log;
  private final Words words;
  private final Parties parties;
  private final Silences silences;

  SilentSessions(Context context, Silences silences) {
    this.context = context;
    log = context.log();
    words = context.words();
    parties = new Parties(context);
    this.silences = silences;
  }

  @Override
  public void tell(Findings findings) {
    List<Finding> told = new ArrayList<>();
    for (Group group : parties.sessions(findings)) {
      for (int end = SERVER; end >= CLIENT; end--) {
        int quiet = end;
        List<Integer> silent = group.rows().stream().filter(row -> isSilent(row, quiet)).toList();
        while (!silent.isEmpty()) {
          int who = address(silent.get(0), quiet);
          List<Integer> its = silent.stream().filter(row -> address(row, quiet) == who).toList();
          silent = silent.stream().filter(row -> address(row, quiet) != who).toList();
          if (!isLoss(group, its, quiet)) {
            Finding finding = finding(group, quiet, its);
            told.add(finding);
            Parties.take(findings, finding, its);
          }
        }
      }
    }
    Fold.tell(findings, told);
    if (told.isEmpty()) {
      findings.clean(Id.C_SILENT, "no connection fell silent");
    }
  }

  /** What is large may be lost for its size, which is another finding. */
  private boolean isSilent(int row, int quiet) {
    return silences.sender(row) == 1 - quiet && silences.leastInside(row) < FULL_SIZE;
  }

  private int address(int row, int end) {
    return end == CLIENT ? log.client(row) : log.server(row);
  }

  /** Whether that peer loses so much elsewhere that its silences are only the worst of it. */
  private boolean isLoss(Group group, List<Integer> silent, int quiet) {
    int who = address(silent.get(0), quiet);
    long all = 0;
    for (int row : group.rows()) {
      all += address(row, quiet) == who ? silences.resent(row, 1 - quiet) : 0;
    }
    long inside = silent.stream().mapToLong(silences::resentInside).sum();
    return all >= Thresholds.SILENT_RESENDS && all - inside > inside;
  }

  private Finding finding(Group group, int quiet, List<Integer> silent) {
    Cited cited = new Cited();
    long began = Long.MAX_VALUE;
    long ended = 0;
    long toEnd = 0;
    for (int row : silent) {
      cited.add(silences.firstFrame(row), row, silences.lasted(row));
      cited.add(silences.lastFrame(row), row, 0);
      began = Math.min(began, context.sinceStart(silences.began(row)));
      ended = Math.max(ended, context.sinceStart(silences.began(row)) + silences.lasted(row));
      toEnd += silences.isToEnd(row) ? 1 : 0;
    }
    int who = address(silent.get(0), quiet);
    long of = group.rows().stream().filter(row -> address(row, quiet) == who).count();
    boolean machine = Parties.isMachine(group, quiet);
    boolean fresh = quiet == SERVER && silent.stream().allMatch(silences::isFromHandshake);
    String say =
        fresh
            ? fresh(group, silent)
            : name(group, quiet, who)
                + " stopped answering from "
                + Say.second(began)
                + (toEnd > 0 ? " until the end" : " to " + Say.seconds(ended) + ", then came back")
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
