package dev.alertcapture.evidence.transfer;

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
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.SegmentClass;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** P-MTU: a box on the way says how large packets may be (RFC 1191, RFC 8201). */
final class PathMtu implements Analyser, Columns, Rule {
  private static final int UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int PACKET_TOO_BIG = 2;
  private static final int MAX_WAYS = 256;

  private final Tables tables;
  private final Words words;
  private final List<Way> ways = new ArrayList<>();

  /** By flow: the number of what a box said of a side's packets plus 1, 0 for nothing. */
  private int[] said = {};

  private int[] largest = {};

  /** What one box says of the way from one address to another. */
  private static final class Way {
    private final int box;
    private final int from;
    private final int to;
    private final int mtu;
    private final Cited cited = new Cited();
    private int errors;
    private int firstFrame;
    private int resends;
    private int largest;

    Way(int box, int from, int to, int mtu) {
      this.box = box;
      this.from = from;
      this.to = to;
      this.mtu = mtu;
    }
  }

  PathMtu(Context context) {
    tables = context.tables();
    words = context.words();
    tables.flows.add(this);
  }

  /** Whether a box says that a packet is too big for it. */
  static boolean isTooBig(Packet p) {
    boolean four = p.transport == Packet.ICMP && p.icmpType == UNREACHABLE;
    boolean six = p.transport == Packet.ICMPV6 && p.icmpType == PACKET_TOO_BIG;
    return (four && p.icmpCode == FRAGMENTATION_NEEDED) || six;
  }

  @Override
  public void grow(int flows) {
    said = Arrays.copyOf(said, 2 * flows);
    largest = Arrays.copyOf(largest, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      said[i] = 0;
      largest[i] = 0;
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.copy) {
      return;
    }
    if (p.quote.present && isTooBig(p)) {
      error(p, a);
    } else if (a.flow != Analysis.NONE && p.outerCount == 0) {
      sent(p, a, 2 * a.flow + a.side);
    }
  }

  private void sent(Packet p, Analysis a, int i) {
    largest[i] = Math.max(largest[i], p.ipLength);
    if (said[i] == 0) {
      return;
    }
    Way way = ways.get(said[i] - 1);
    way.largest = Math.max(way.largest, p.ipLength);
    if (a.segment == SegmentClass.AGAIN && way.mtu > 0 && p.ipLength > way.mtu) {
      way.resends++;
    }
  }

  private void error(Packet p, Analysis a) {
    int box = tables.addresses.keep(p.sourceHigh, p.sourceLow);
    int from = tables.addresses.keep(p.quote.sourceHigh, p.quote.sourceLow);
    int to = tables.addresses.keep(p.quote.destinationHigh, p.quote.destinationLow);
    int number = way(box, from, to, p.mtu);
    if (number < 0) {
      return;
    }
    Way way = ways.get(number);
    way.errors++;
    way.firstFrame = way.firstFrame == 0 ? (int) p.frame : way.firstFrame;
    if (way.errors <= Thresholds.FOLD || way.errors % 1024 == 0) {
      way.cited.add((int) p.frame, number, way.errors);
    }
    if (a.quotedFlow != Analysis.NONE) {
      int i = 2 * a.quotedFlow + a.quotedSide;
      said[i] = number + 1;
      way.largest = Math.max(way.largest, largest[i]);
    }
  }

  private int way(int box, int from, int to, int mtu) {
    for (int i = 0; i < ways.size(); i++) {
      Way way = ways.get(i);
      if (way.box == box && way.from == from && way.to == to && way.mtu == mtu) {
        return i;
      }
    }
    if (ways.size() == MAX_WAYS) {
      return -1;
    }
    ways.add(new Way(box, from, to, mtu));
    return ways.size() - 1;
  }

  @Override
  public void tell(Findings findings) {
    if (ways.size() > Thresholds.FOLD) {
      findings.add(folded());
      return;
    }
    for (Way way : ways) {
      findings.add(one(way));
    }
  }

  private Finding one(Way way) {
    boolean joined = way.largest > 0 && way.mtu >= way.largest;
    String size = way.mtu == 0 ? "nothing of a size" : "at most " + Say.count(way.mtu, "byte");
    String say =
        words.address(way.box)
            + " says "
            + size
            + " fit on the way from "
            + words.address(way.from)
            + " to "
            + words.address(way.to)
            + " ("
            + Say.count(way.errors, "message")
            + ")";
    if (joined) {
      say += ", though nothing larger was sent: a box on the way joins segments.";
    } else if (way.resends > 0) {
      say += ", and " + Say.count(way.resends, "segment") + " above that came again.";
    } else {
      say += ".";
    }
    boolean ignored = way.resends > 0 && !joined;
    Finding finding =
        new Finding(Id.P_MTU, ignored ? Severity.NOTABLE : Severity.INFO, say)
            .about(Subject.of(words.address(way.to), 0, null, null))
            .number("mtu", way.mtu)
            .number("messages", way.errors)
            .number("resends", way.resends);
    if (ignored) {
      finding.next("Let the sender's firewall pass these ICMP messages, or lower its MTU.");
    }
    return finding.proof(way.errors, 0, way.cited, filter(way), true);
  }

  private String filter(Way way) {
    boolean six = words.is("src", way.box).startsWith("ipv6");
    String type = six ? "icmpv6.type == 2" : "icmp.type == 3 && icmp.code == 4";
    return words.is("src", way.box) + " && " + type;
  }

  private Finding folded() {
    Cited cited = new Cited();
    long errors = 0;
    long resends = 0;
    int least = Integer.MAX_VALUE;
    for (Way way : ways) {
      cited.add(way.firstFrame, way.to, way.errors);
      errors += way.errors;
      resends += way.resends;
      least = Math.min(least, way.mtu);
    }
    String say =
        Say.count(errors, "message")
            + " about "
            + Say.count(ways.size(), "way")
            + " say that packets are too big, the least with "
            + Say.count(least, "byte")
            + ".";
    return new Finding(Id.P_MTU, resends > 0 ? Severity.NOTABLE : Severity.INFO, say)
        .number("messages", errors)
        .number("resends", resends)
        .proof(errors, 0, cited, "(icmp.type == 3 && icmp.code == 4) || icmpv6.type == 2", false);
  }
}
