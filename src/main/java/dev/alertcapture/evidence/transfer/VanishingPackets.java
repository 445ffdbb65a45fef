package dev.alertcapture.evidence.transfer;

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
import dev.alertcapture.evidence.finding.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** P-BLACKHOLE: full-size packets vanish, and nobody says that they are too big. */
final class VanishingPackets implements Rule {
  private static final long LONG_OPEN = 2_000_000_000L;

  private final Context context;
  private final FlowLog log;
  private final Words words;
  private final BlackHoles watched;

  /** An end of a connection that sends. */
  private record Sender(int row, int end) {}

  VanishingPackets(Context context, BlackHoles watched) {
    this.context = context;
    this.watched = watched;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    Map<Long, List<Sender>> ways = new TreeMap<>();
    for (int row = 0; row < log.size(); row++) {
      for (int end = 0; end < 2 && log.isTcp(row); end++) {
        long way = (long) address(row, end) << 32 | (address(row, 1 - end) & 0xFFFF_FFFFL);
        ways.computeIfAbsent(way, any -> new ArrayList<>()).add(new Sender(row, end));
      }
    }
    for (List<Sender> way : ways.values()) {
      if (isOwn(way.get(0))) {
        sent(findings, way);
      } else {
        received(findings, way);
      }
    }
    if (!ways.isEmpty()) {
      findings.clean(Id.P_BLACKHOLE, "0 full-size segments that vanish while smaller ones pass");
    }
  }

  private int address(int row, int end) {
    return end == 0 ? log.client(row) : log.server(row);
  }

  /** Where nobody knows who is the machine, every sender is taken for it. */
  private boolean isOwn(Sender sender) {
    return log.direction(sender.row) != (sender.end == 0 ? FlowLog.IN : FlowLog.OUT);
  }

  private void sent(Findings findings, List<Sender> way) {
    int size = segmentSize(way);
    long small = 0;
    long whole = 0;
    for (Sender each : way) {
      small = Math.max(small, watched.smallArrived(each.row, each.end));
      whole = Math.max(whole, watched.wholeArrived(each.row, each.end));
    }
    List<Sender> victims = new ArrayList<>();
    boolean sure = false;
    for (Sender each : way) {
      Stuck stuck = watched.stuck(each.row, each.end);
      if (stuck != null && BlackHoles.isFull(stuck.length(), size(each, size))) {
        victims.add(each);
        // A dead connection is another matter: whole segments pass on the others.
        sure |= stuck.isHopeless() && small >= stuck.since() && whole < stuck.since();
      }
    }
    if (!sure) {
      return;
    }
    Cited cited = new Cited();
    long resends = 0;
    int largest = 0;
    for (Sender each : victims) {
      Stuck stuck = watched.stuck(each.row, each.end);
      cited.add(stuck.firstFrame(), each.row, 0);
      cited.add(stuck.lastFrame(), each.row, stuck.resends());
      resends += stuck.resends();
      largest = Math.max(largest, stuck.length());
      findings.take(each.row, Id.P_BLACKHOLE);
    }
    String say =
        "Full-size packets "
            + way(way.get(0))
            + " vanish, small ones pass: segments of "
            + Say.count(largest, "byte")
            + " were sent again "
            + Say.count(resends, "time")
            + " on "
            + Say.count(victims.size(), "connection")
            + " and never acknowledged.";
    Finding finding = new Finding(Id.P_BLACKHOLE, Severity.NOTABLE, say);
    finding.number("connections", victims.size()).number("resends", resends);
    finding.proof(resends, 0, cited, filter(way.get(0), largest), true);
    findings.add(told(finding, way.get(0)));
  }

  private void received(Findings findings, List<Sender> way) {
    int size = segmentSize(way);
    long end = context.tables().timeline.now();
    Cited cited = new Cited();
    List<Sender> victims = new ArrayList<>();
    for (Sender each : way) {
      OpenHole hole = watched.hole(each.row, each.end);
      boolean open = hole != null && end - hole.since() >= LONG_OPEN;
      if (open && hole.isOfWholeSegments(size(each, size))) {
        victims.add(each);
        cited.add(hole.frame(), each.row, end - hole.since());
      }
    }
    if (victims.size() < Thresholds.BLACKHOLE_FLOWS) {
      return;
    }
    victims.forEach(each -> findings.take(each.row, Id.P_BLACKHOLE));
    String say =
        "Full-size packets "
            + way(way.get(0))
            + " do not arrive, small ones do: "
            + Say.count(victims.size(), "connection")
            + " lack whole segments to the end.";
    Finding finding = new Finding(Id.P_BLACKHOLE, Severity.NOTABLE, say);
    finding.number("connections", victims.size());
    finding.proof(victims.size(), way.size(), cited, filter(way.get(0), 1), true);
    findings.add(told(finding, way.get(0)));
  }

  /** The segment size of any connection of the two, for those whose handshake the file lacks. */
  private int segmentSize(List<Sender> way) {
    return way.stream().mapToInt(each -> watched.segmentSizeOf(each.row)).max().orElse(0);
  }

  private int size(Sender sender, int otherwise) {
    int own = watched.segmentSizeOf(sender.row);
    return own > 0 ? own : otherwise;
  }

  private Finding told(Finding finding, Sender sender) {
    int peer = peerEnd(sender);
    String name = peer == 1 ? words.name(log.name(sender.row)) : null;
    int port = peer == 1 ? log.serverPort(sender.row) : 0;
    return finding
        .about(Subject.of(words.address(address(sender.row, peer)), port, "tcp", name))
        .next(
            "Find the largest packet that passes, by pings that may not be fragmented, and clamp the"
                + " MSS or lower the MTU on that way.")
        .threshold(Thresholds.BLACKHOLE.says(), Thresholds.BLACKHOLE.why());
  }

  private int peerEnd(Sender sender) {
    return isOwn(sender) ? 1 - sender.end : sender.end;
  }

  private String way(Sender sender) {
    int row = sender.row;
    if (log.direction(row) == FlowLog.OTHER) {
      return "from "
          + words.address(address(row, sender.end))
          + " to "
          + words.address(address(row, 1 - sender.end));
    }
    int peer = peerEnd(sender);
    String who =
        peer == 1
            ? words.service(log.server(row), log.serverPort(row), log.name(row))
            : words.address(log.client(row));
    return (isOwn(sender) ? "to " : "from ") + who;
  }

  private String filter(Sender sender, int atLeast) {
    return words.is("src", address(sender.row, sender.end))
        + " && "
        + words.is("dst", address(sender.row, 1 - sender.end))
        + " && tcp.len >= "
        + atLeast;
  }
}
