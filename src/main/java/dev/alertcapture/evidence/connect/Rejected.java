package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.connect.Errors.About;
import dev.alertcapture.evidence.connect.Errors.Kind;
import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
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
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.List;

/**
 * C-PROHIBITED, C-UNREACH, and C-REFUSED as ICMP says it: attempts and datagrams that an error
 * answers. Errors are rate-limited (RFC 1812, 4443), so attempts are counted where there are some.
 */
final class Rejected implements Rule {
  private static final long AROUND = 10_000_000_000L;

  private final Attempts attempts;
  private final Errors errors;
  private final Context context;
  private final FlowLog log;
  private final Words words;

  Rejected(Attempts attempts, Errors errors) {
    this.attempts = attempts;
    this.errors = errors;
    context = attempts.context;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    for (Id id : List.of(Id.C_PROHIBITED, Id.C_UNREACH, Id.C_REFUSED)) {
      Told told = new Told();
      for (About about : errors.all()) {
        if (id(about.kind) == id) {
          tell(findings, told, about);
        }
      }
      told.to(
          findings,
          (subjects, part, whole, named) ->
              "ICMP errors answer what is sent to "
                  + Say.count(subjects)
                  + " services, most of it to "
                  + named
                  + ".",
          "icmp || icmpv6");
      if (id != Id.C_REFUSED && !findings.has(id)) {
        findings.clean(
            id,
            id == Id.C_PROHIBITED
                ? "no ICMP error says prohibited"
                : "no ICMP error says unreachable");
      }
    }
  }

  private static Id id(Kind kind) {
    return switch (kind) {
      case PORT -> Id.C_REFUSED;
      case PROHIBITED -> Id.C_PROHIBITED;
      case UNREACHABLE, CIRCLES -> Id.C_UNREACH;
    };
  }

  private void tell(Findings findings, Told told, About about) {
    boolean in = isOwn(about.peer);
    if (in && id(about.kind) == Id.C_UNREACH) {
      return;
    }
    List<Integer> rows = rows(findings, about);
    boolean tcp = about.protocol == Packet.TCP;
    long sent = tcp ? rows.size() : packets(rows);
    long count = tcp ? Math.max(rows.size(), about.count) : about.count;
    int name = rows.isEmpty() ? NameTable.NONE : log.name(rows.get(0));
    String called =
        about.port == 0
            ? words.peer(about.peer, name)
            : words.service(about.peer, about.port, name) + (tcp ? "" : "/udp");
    Cited cited = new Cited();
    cited.add(about.firstFrame, 0, 1);
    cited.add(about.lastFrame, 0, 0);
    Finding finding =
        new Finding(
                id(about.kind),
                severity(about, in, count, rows),
                say(about, in, called, sent) + ".")
            .about(
                Subject.of(
                    in ? null : words.address(about.peer),
                    about.port,
                    proto(about),
                    words.name(name)))
            .blames(verdict(about, in))
            .brief(brief(about, called))
            .next(next(about, in, called))
            .threshold(">= 1; bad: >= 5", "no error of this kind is part of a healthy connect")
            .number("errors", about.count)
            .number(tcp ? "attempts" : "packets", sent)
            .share(count, Math.max(count, sent))
            .proof(about.count, Math.max(sent, about.count), cited, filter(about), false);
    told.add(finding, called);
    if (tcp) {
      rows.forEach(row -> findings.take(row, id(about.kind)));
    }
  }

  /** What was sent to the peer's port around the errors and got nothing. */
  private List<Integer> rows(Findings findings, About about) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < log.size(); row++) {
      boolean its =
          log.server(row) == about.peer
              && log.protocol(row) == about.protocol
              && (about.port == 0 || log.serverPort(row) == about.port);
      if (its && !findings.isTaken(row) && (about.protocol != Packet.TCP || failed(row, about))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private boolean failed(int row, About about) {
    boolean near = log.began(row) >= about.first - AROUND && log.began(row) <= about.last + AROUND;
    return near && attempts.rows.tries[row] > 0 && attempts.outcomes().isSilent(row);
  }

  private long packets(List<Integer> rows) {
    return rows.stream().mapToLong(row -> log.frames(row, 0)).sum();
  }

  private boolean isOwn(int address) {
    return address >= 0
        && context
            .own()
            .isOwn(
                context.tables().addresses.high(address), context.tables().addresses.low(address));
  }

  private Severity severity(About about, boolean in, long count, List<Integer> rows) {
    boolean many = count >= Thresholds.FAILED_BAD;
    if (about.kind != Kind.PORT) {
      return many ? Severity.BAD : Severity.NOTABLE;
    }
    boolean answered = rows.stream().anyMatch(row -> log.frames(row, 1) > 0);
    if (in) {
      return answered ? Severity.NOTABLE : Severity.INFO;
    }
    return many && !answered ? Severity.BAD : Severity.NOTABLE;
  }

  private Verdict verdict(About about, boolean in) {
    if (in) {
      return Verdict.MACHINE;
    } else if (about.kind != Kind.PORT || about.reporter != about.peer) {
      return Verdict.NETWORK;
    }
    return context.ownKnown() ? Verdict.PEER : Verdict.CANNOT_SAY;
  }

  private String say(About about, boolean in, String called, long sent) {
    boolean tcp = about.protocol == Packet.TCP;
    boolean itself = about.reporter == about.peer;
    String who = in ? words.theMachine() : words.address(about.reporter);
    String what = tcp ? "attempt" : about.protocol == Packet.UDP ? "datagram" : "packet";
    String of = Say.count(about.count, "error") + (sent > 0 ? " for " + Say.count(sent, what) : "");
    String limited = sent > about.count ? "; errors are rate-limited" : "";
    String counts = " (" + of + limited + ")";
    return switch (about.kind) {
      case PROHIBITED ->
          who
              + " says that "
              + called
              + " is administratively prohibited"
              + counts
              + (in || itself
                  ? ": its own firewall rejects it"
                  : ": a firewall or router rejects it");
      case UNREACHABLE -> who + " says that " + called + " can't be reached" + counts;
      case CIRCLES ->
          "Packets to " + called + " go in circles: " + who + " says time exceeded" + counts;
      case PORT ->
          tcp
              ? who + " rejects " + called + " by ICMP" + counts + ": a firewall does that"
              : who
                  + (itself || in
                      ? " refuses UDP port " + about.port
                      : " says " + called + " is no port")
                  + counts
                  + ": nothing listens there";
    };
  }

  private static String brief(About about, String called) {
    return switch (about.kind) {
      case PROHIBITED -> called + " is prohibited";
      case UNREACHABLE, CIRCLES -> called + " can't be reached";
      case PORT -> called + " is refused";
    };
  }

  private String next(About about, boolean in, String called) {
    String reporter = in ? words.machine() : words.address(about.reporter);
    return switch (about.kind) {
      case PROHIBITED -> "Look at the rules of " + reporter + " for " + called + ".";
      case UNREACHABLE -> "Look at the routes of " + reporter + " to " + called + ".";
      case CIRCLES -> "Look at the routes around " + reporter + " to " + called + ".";
      case PORT ->
          about.protocol == Packet.TCP
              ? "Look at the firewall of " + reporter + " for " + called + "."
              : "Check that the service at " + called + " runs.";
    };
  }

  private static String proto(About about) {
    return switch (about.protocol) {
      case Packet.TCP -> "tcp";
      case Packet.UDP -> "udp";
      case Packet.ICMP, Packet.ICMPV6 -> "icmp";
      default -> null;
    };
  }

  /** An error's quote has addresses and ports, which filters find, too. */
  private String filter(About about) {
    boolean v6 = !Address.isIpv4(about.high, about.low);
    String port = about.port == 0 ? "" : " && " + proto(about) + ".dstport == " + about.port;
    return words.is("dst", about.peer) + port + " && " + about.kind.filter(v6);
  }
}
