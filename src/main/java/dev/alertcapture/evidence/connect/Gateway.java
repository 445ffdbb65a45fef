package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;

/**
 * ARP questions of a machine that sends nothing else: where it asks for one address alone, that is
 * its gateway's.
 */
final class Gateway implements Analyser {
  private final Context context;
  private long high;
  private long low;
  private long questions;
  private int firstFrame;
  private int lastFrame;
  private boolean more;

  Gateway(Context context) {
    this.context = context;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (more || a.copy) {
      return;
    }
    boolean own = context.own().isOwn(p.sourceHigh, p.sourceLow);
    if (p.transport == Packet.ARP) {
      arp(p, own);
    } else if (p.version != 0 && own && Platform.isHost(p.destinationHigh, p.destinationLow)) {
      // It talks, so it knows its gateway.
      more = true;
    }
  }

  private void arp(Packet p, boolean own) {
    if (p.arpOperation == 2) {
      more |= questions > 0 && p.sourceHigh == high && p.sourceLow == low;
      return;
    }
    boolean announces = p.sourceLow == p.destinationLow && p.sourceHigh == p.destinationHigh;
    if (p.arpOperation != 1 || !own || announces) {
      return;
    }
    if (questions == 0) {
      high = p.destinationHigh;
      low = p.destinationLow;
      firstFrame = (int) p.frame;
    }
    more |= p.destinationHigh != high || p.destinationLow != low;
    questions++;
    lastFrame = (int) p.frame;
  }

  /** Tells that nothing answers; false where that is not so, or can't be said. */
  boolean tell(Findings findings) {
    if (more || questions == 0) {
      return false;
    }
    String asked = Address.text(high, low);
    if (questions < Thresholds.GATEWAY_FAILED) {
      findings.inconclusive(
          "the only thing that "
              + context.words().machine()
              + " sends is an ARP question for "
              + asked
              + ", without an answer so far.");
      return false;
    }
    Cited cited = new Cited();
    cited.add(firstFrame, 0, 1);
    cited.add(lastFrame, 0, 0);
    findings.add(
        new Finding(
                Id.P_PLATFORM,
                Severity.BAD,
                "Nobody answers "
                    + Say.count(questions, "ARP question")
                    + " for "
                    + asked
                    + ", and "
                    + context.words().machine()
                    + " sends nothing else: it does not reach its gateway.")
            .about(Subject.of(asked, 0, "arp", null))
            .blames(Verdict.NETWORK)
            .brief("the gateway " + asked + " does not answer ARP")
            .next(
                "Check the network interface of " + context.words().machine() + " and its subnet.")
            .threshold(">= 3 questions, no answer", "Azure's host answers ARP at once")
            .number("questions", questions)
            .share(1, 1)
            .proof(
                questions,
                questions,
                cited,
                "arp.opcode == 1 && arp.dst.proto_ipv4 == " + asked,
                true));
    return true;
  }
}
