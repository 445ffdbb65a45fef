package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Words;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Sides;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** H-RTT of pings: from an echo request to its reply, where only one request is out. */
final class Pings implements Analyser, Columns, Rule {
  private static final int MAX = 65_536;

  private final Context context;
  private final Tables tables;
  private final Words words;
  private long[] asked = {};
  private byte[] waiting = {};

  /** One answered ping each: who answered, microseconds, the reply's frame. */
  private int[] addresses = {};

  private long[] micros = {};
  private int[] frames = {};
  private int count;

  Pings(Context context) {
    this.context = context;
    tables = context.tables();
    words = context.words();
    tables.flows.add(this);
  }

  @Override
  public void grow(int flows) {
    asked = Arrays.copyOf(asked, flows);
    waiting = Arrays.copyOf(waiting, flows);
  }

  @Override
  public void clear(int flow) {
    asked[flow] = 0;
    waiting[flow] = 0;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow == Analysis.NONE || a.copy) {
      return;
    }
    boolean six = p.transport == Packet.ICMPV6;
    if (six ? p.icmpType == 128 : p.transport == Packet.ICMP && p.icmpType == 8) {
      asked[a.flow] = p.time;
      waiting[a.flow] = (byte) Math.min(2, waiting[a.flow] + 1);
    } else if (six ? p.icmpType == 129 : p.transport == Packet.ICMP && p.icmpType == 0) {
      if (waiting[a.flow] == 1 && context.sides().direction(p) != Sides.OUT) {
        answered(p, (p.time - asked[a.flow]) / 1000);
      }
      waiting[a.flow] = 0;
    }
  }

  private void answered(Packet p, long took) {
    if (count == MAX || took < 0) {
      return;
    }
    if (count == micros.length) {
      int size = Math.max(64, 2 * count);
      addresses = Arrays.copyOf(addresses, size);
      micros = Arrays.copyOf(micros, size);
      frames = Arrays.copyOf(frames, size);
    }
    addresses[count] = tables.addresses.keep(p.sourceHigh, p.sourceLow);
    micros[count] = took;
    frames[count++] = (int) p.frame;
  }

  @Override
  public void tell(Findings findings) {
    Map<Integer, Integer> peers = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      peers.merge(addresses[i], 1, Integer::sum);
    }
    if (peers.size() <= Thresholds.FOLD) {
      peers.forEach((peer, pings) -> findings.add(finding(peer, pings)));
    }
  }

  private Finding finding(int peer, int pings) {
    long[] all = new long[pings];
    Cited cited = new Cited();
    for (int i = 0, at = 0; i < count; i++) {
      if (addresses[i] == peer) {
        all[at++] = micros[i];
        cited.add(frames[i], peer, micros[i]);
      }
    }
    Arrays.sort(all);
    Spread spread = Spread.of(all);
    String say =
        words.address(peer)
            + " answers pings in "
            + Say.micros(spread.p50())
            + " (p50 of "
            + Say.count(pings)
            + ")"
            + (spread.isUneven() ? ", the slowest 5 % take " + Say.micros(spread.p95()) : "")
            + ".";
    return new Finding(Id.H_RTT, spread.severity(), say)
        .about(Subject.of(words.address(peer), 0, "icmp", null))
        .number("p50Micros", spread.p50())
        .number("p95Micros", spread.p95())
        .threshold(Thresholds.RTT.says(), Thresholds.RTT.why())
        .proof(pings, 0, cited, filter(peer), true);
  }

  private String filter(int peer) {
    String is = words.is("src", peer);
    return is + (is.startsWith("ipv6") ? " && icmpv6.type == 129" : " && icmp.type == 0");
  }
}
