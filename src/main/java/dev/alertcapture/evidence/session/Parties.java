package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.names.NameTable;
import java.util.List;

/** The two ends of sessions, as sentences, verdicts and filters call them. */
final class Parties {
  static final int CLIENT = 0;
  static final int SERVER = 1;

  private final FlowLog log;
  private final Words words;

  Parties(Context context) {
    log = context.log();
    words = context.words();
  }

  /**
   * Sessions by service: those that nothing explains yet, and those of these findings. Azure's own
   * and our upload are left out.
   */
  List<Group> sessions(Findings findings, Id... also) {
    List<Id> allowed = List.of(also);
    return Groups.byService(
        log,
        row -> isSession(row) && (!findings.isTaken(row) || allowed.contains(findings.taker(row))));
  }

  /** Ends a sentence that has no end yet. */
  static String sentence(String words) {
    return words.endsWith("?") ? words : words + ".";
  }

  /** Says so where there was no room to keep all that a finding counts. */
  static Finding atLeast(boolean full, Finding finding) {
    return full
        ? finding.caveat("There may be more: these are as many as could be kept.")
        : finding;
  }

  /** A finding explains these rows, if it is loud and may be told. */
  static void take(Findings findings, Finding finding, List<Integer> rows) {
    if (finding.severity().isLoud() && !findings.silences(finding.id())) {
      rows.forEach(row -> findings.take(row, finding.id()));
    }
  }

  /** A connection that came to be and whose server is known; of those that findings are about. */
  boolean isSession(int row) {
    int answer = Handshakes.SYN_ACK | Handshakes.DATA;
    boolean open = !log.isFromStart(row) || (log.sent(row, SERVER) & answer) != 0;
    return log.isTcp(row)
        && open
        && !log.isAttempt(row)
        && !log.isUndecided(row)
        && !log.isPlatform(row)
        && !log.isOwnUpload(row);
  }

  /** {@code sql-prod:1433 (10.1.2.3)}; the machine's own: {@code port 8080 of web-06}. */
  String service(Group of) {
    return isOwn(of)
        ? "port " + of.port() + " of " + words.machine()
        : words.service(of.server(), of.port(), name(of));
  }

  String shortService(Group of) {
    return isOwn(of) ? service(of) : words.shortService(of.server(), of.port(), name(of));
  }

  /** The machine, or the server with its port: begins a sentence. */
  String server(Group of) {
    return isOwn(of) ? words.theMachine() : service(of);
  }

  /** Who the clients are: the machine, one peer, or how many. */
  String clients(Group of, List<Integer> rows) {
    if (of.direction() == FlowLog.OUT || of.direction() == FlowLog.LOCAL) {
      return words.machine();
    }
    long clients = rows.stream().mapToInt(log::client).distinct().count();
    return clients == 1 ? words.address(log.client(rows.get(0))) : Say.count(clients, "client");
  }

  /** Whether the machine is the server. */
  static boolean isOwn(Group of) {
    return of.direction() == FlowLog.IN || of.direction() == FlowLog.LOCAL;
  }

  /** Whether one end of the group is the machine. */
  static boolean isMachine(Group of, int end) {
    return end == SERVER ? isOwn(of) : of.direction() == FlowLog.OUT || isLocal(of);
  }

  private static boolean isLocal(Group of) {
    return of.direction() == FlowLog.LOCAL;
  }

  /** The name of the first session that has one. */
  int name(Group of) {
    for (int row : of.rows()) {
      if (log.name(row) != NameTable.NONE) {
        return log.name(row);
      }
    }
    return NameTable.NONE;
  }

  Subject subject(Group of) {
    String name = isOwn(of) ? null : words.name(name(of));
    return Subject.of(words.address(of.server()), of.port(), "tcp", name);
  }

  /** Machine or peer, whoever does it. */
  static Verdict verdict(Group of, int whoDoesIt) {
    return switch (of.direction()) {
      case FlowLog.OUT -> whoDoesIt == CLIENT ? Verdict.MACHINE : Verdict.PEER;
      case FlowLog.IN -> whoDoesIt == SERVER ? Verdict.MACHINE : Verdict.PEER;
      case FlowLog.LOCAL -> Verdict.MACHINE;
      default -> Verdict.CANNOT_SAY;
    };
  }

  /** All packets of the group. */
  String filter(Group of) {
    return words.is("addr", of.server()) + " && tcp.port == " + of.port();
  }

  /** What one end of the group has sent. */
  String filter(Group of, int end) {
    return end == SERVER
        ? words.is("src", of.server()) + " && tcp.srcport == " + of.port()
        : words.is("dst", of.server()) + " && tcp.dstport == " + of.port();
  }
}
