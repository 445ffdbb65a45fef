package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Told;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** C-UNHEARD: answers are in the file, and this machine asks again as if there were none. */
final class Unheard implements Rule {
  private final Attempts attempts;
  private final AskedAgain lookups;
  private final FlowLog log;
  private final Words words;

  Unheard(Attempts attempts, AskedAgain lookups) {
    this.attempts = attempts;
    this.lookups = lookups;
    log = attempts.context.log();
    words = attempts.context.words();
  }

  @Override
  public void tell(Findings findings) {
    Map<Integer, List<Integer>> byPeer = new TreeMap<>();
    for (int row = 0; row < log.size(); row++) {
      boolean unheard = (attempts.rows.facts[row] & Syns.UNHEARD) != 0;
      if (unheard && log.direction(row) == FlowLog.OUT && !findings.isTaken(row)) {
        byPeer.computeIfAbsent(log.server(row), peer -> new ArrayList<>()).add(row);
      }
    }
    lookups.resolvers().forEach(each -> byPeer.putIfAbsent(each.address, List.of()));
    Told told = new Told();
    byPeer.forEach((peer, rows) -> tell(findings, told, peer, rows));
    told.to(
        findings,
        (subjects, part, whole, named) ->
            "What "
                + Say.count(subjects)
                + " peers answer reaches "
                + words.machine()
                + ", and it asks again: its own firewall drops the answers of "
                + named
                + " and others.",
        "dns.flags.response == 0 || (" + Words.SYNS + ")");
    if (!findings.has(Id.C_UNHEARD)) {
      findings.clean(Id.C_UNHEARD, "no answer was asked for again");
    }
  }

  private void tell(Findings findings, Told told, int peer, List<Integer> rows) {
    AskedAgain.Resolver asked =
        lookups.resolvers().stream().filter(each -> each.address == peer).findFirst().orElse(null);
    long again = asked == null ? 0 : asked.count;
    if (rows.size() + again < Thresholds.UNHEARD) {
      return;
    }
    int name = rows.isEmpty() ? NameTable.NONE : log.name(rows.get(0));
    Cited cited = new Cited();
    rows.forEach(row -> cited.add(attempts.rows.oddFrame[row], row, attempts.rows.tries[row]));
    if (asked != null) {
      cited.add(asked.firstFrame, -1, 0);
      cited.add(asked.lastFrame, -1, 0);
    }
    long ports = rows.stream().mapToInt(log::serverPort).distinct().count();
    int port = rows.isEmpty() ? 53 : ports == 1 && again == 0 ? log.serverPort(rows.get(0)) : 0;
    told.add(
        new Finding(
                Id.C_UNHEARD,
                Severity.BAD,
                "What "
                    + words.peer(peer, name)
                    + " answers reaches "
                    + words.machine()
                    + ", and it asks again ("
                    + counts(rows.size(), again)
                    + "): its own firewall drops the answers.")
            .about(
                Subject.of(
                    words.address(peer), port, rows.isEmpty() ? null : "tcp", words.name(name)))
            .blames(Verdict.MACHINE)
            .brief("answers of " + words.peer(peer, name) + " are not taken")
            .next(
                "Look at "
                    + words.machine()
                    + "'s own firewall: it has to let in the answers of what it let out.")
            .threshold(">= 3", "one answer may be lost between the capture and the socket")
            .number("connects", rows.size())
            .number("lookups", again)
            .share(1, 1)
            .proof(rows.size() + again, 0, cited, filter(peer, rows, again), true),
        words.peer(peer, name));
    rows.forEach(row -> findings.take(row, Id.C_UNHEARD));
  }

  private static String counts(int connects, long again) {
    String syns = Say.count(connects, "connect");
    String questions = Say.count(again, "lookup");
    return again == 0 ? syns : connects == 0 ? questions : syns + ", " + questions;
  }

  private String filter(int peer, List<Integer> rows, long again) {
    String to = words.is("dst", peer) + " && ";
    if (again == 0) {
      return to + Words.SYNS;
    }
    return to
        + (rows.isEmpty()
            ? "dns.flags.response == 0"
            : "(dns.flags.response == 0 || (" + Words.SYNS + "))");
  }
}
