package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Sides;

/**
 * F-FRAG: outbound fragments out of order, which Azure drops (Azure's virtual network, "TCP/IP
 * performance tuning for Azure VMs"), and datagrams that never become whole.
 */
final class FragmentWatch implements Analyser, Rule {
  private static final int SLOTS = 1024;
  private static final int MAX_CITED = 1000;

  /** At the file's ends the rest of a datagram may be outside of it. */
  private static final long EDGE = 3_000_000_000L;

  private final Context context;
  private final long[] keys = new long[SLOTS];
  private final long[] began = new long[SLOTS];
  private final long[] last = new long[SLOTS];
  private final int[] offset = new int[SLOTS];
  private final int[] frame = new int[SLOTS];
  private final boolean[] pending = new boolean[SLOTS];
  private final boolean[] counts = new boolean[SLOTS];
  private final boolean[] disordered = new boolean[SLOTS];
  private final Kept incomplete = new Kept();
  private final Kept disorder = new Kept();

  /** Datagrams of one kind, with when they began, for the file's end is not known yet. */
  private static final class Kept {
    private final long[] times = new long[MAX_CITED];
    private final int[] frames = new int[MAX_CITED];
    private int count;
    private long more;

    void add(long time, int frame) {
      if (count == MAX_CITED) {
        more++;
        return;
      }
      times[count] = time;
      frames[count++] = frame;
    }
  }

  FragmentWatch(Context context) {
    this.context = context;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.fragment == Packet.WHOLE || p.version == 0 || a.copy) {
      return;
    }
    long key = key(p);
    int at = (int) (key >>> 54) & (SLOTS - 1);
    if (!pending[at] || keys[at] != key || p.time - began[at] > 10 * EDGE) {
      end(at);
      keys[at] = key;
      pending[at] = true;
      began[at] = p.time;
      frame[at] = (int) p.frame;
      offset[at] = -1;
      disordered[at] = false;
      counts[at] = context.sides().direction(p) != Sides.OUT;
    }
    if (p.fragmentOffset < offset[at] && !disordered[at] && isSent(p)) {
      disordered[at] = true;
      disorder.add(p.time, (int) p.frame);
    }
    last[at] = p.time;
    offset[at] = Math.max(offset[at], p.fragmentOffset);
    // Of cut fragments nobody can tell whether they make a whole.
    counts[at] &= p.captured >= p.wireLength;
    pending[at] = p.fragment != Packet.COMPLETING;
  }

  private boolean isSent(Packet p) {
    int direction = context.sides().direction(p);
    return direction == Sides.OUT || direction == Sides.OTHER;
  }

  private static long key(Packet p) {
    long mixed = p.sourceLow * 31 + p.destinationLow * 17 + ((long) p.ipId << 8 | p.protocol);
    mixed += p.sourceHigh * 7 + p.destinationHigh * 3;
    return mixed * 0x9E3779B97F4A7C15L;
  }

  private void end(int at) {
    if (pending[at] && counts[at]) {
      incomplete.add(last[at], frame[at]);
    }
  }

  @Override
  public void end() {
    for (int at = 0; at < SLOTS; at++) {
      end(at);
    }
  }

  @Override
  public void tell(Findings findings) {
    Cited cited = new Cited();
    long count = disorder.more;
    for (int i = 0; i < disorder.count; i++) {
      cited.add(disorder.frames[i], i, 0);
      count++;
    }
    if (count > 0) {
      boolean known = context.ownKnown();
      String say =
          Say.count(count, "datagram")
              + (known ? " left " + context.words().machine() + " with" : " had")
              + " fragments out of order: Azure drops those.";
      findings.add(
          finding(say, count, cited)
              .blames(known ? Verdict.MACHINE : Verdict.CANNOT_SAY)
              .next("Send datagrams that fit into the MTU, so that nothing is fragmented."));
    }
    incomplete(findings);
  }

  private void incomplete(Findings findings) {
    long start = context.tables().timeline.start();
    long end = context.tables().timeline.now();
    Cited cited = new Cited();
    long count = incomplete.more;
    for (int i = 0; i < incomplete.count; i++) {
      if (incomplete.times[i] >= start + EDGE && incomplete.times[i] <= end - EDGE) {
        cited.add(incomplete.frames[i], i, 0);
        count++;
      }
    }
    if (count > 0 && !cited.isEmpty()) {
      String say =
          Say.count(count, "datagram")
              + " came in fragments and never became whole: some were lost or dropped on the way.";
      findings.add(
          finding(say, count, cited)
              .next("Send datagrams that fit into the MTU, so that nothing is fragmented."));
    }
  }

  private static Finding finding(String say, long count, Cited cited) {
    String filter =
        "ip.flags.mf == 1 || ip.frag_offset > 0 || ipv6.fraghdr.more == 1 || ipv6.fraghdr.offset > 0";
    return new Finding(Id.F_FRAG, Severity.NOTABLE, say)
        .number("datagrams", count)
        .proof(count, 0, cited, filter, true);
  }
}
