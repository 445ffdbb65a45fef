package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Sides;
import java.util.Set;

/** S-REFLECT: the machine answers small questions with large answers, to whoever asks. */
final class Reflection implements Rule {
  /** Chargen, DNS, NTP, SNMP, CLDAP, SSDP, memcached (CISA alert TA14-017A). */
  private static final Set<Integer> PORTS = Set.of(19, 53, 123, 161, 389, 1900, 11_211);

  private static final long SECOND = 1_000_000_000L;

  private final Context context;
  private final Totals totals;

  Reflection(Context context, Totals totals) {
    this.context = context;
    this.totals = totals;
  }

  @Override
  public void tell(Findings findings) {
    FlowLog log = context.log();
    for (Group group : Groups.byService(log, this::isAnswer)) {
      long in = 0;
      long out = 0;
      long answers = 0;
      Cited cited = new Cited();
      for (int row : group.rows()) {
        in += log.bytes(row, 0);
        out += log.bytes(row, 1);
        answers += log.frames(row, 1);
        cited.add(log.lastFrame(row), row, log.bytes(row, 1));
      }
      long perSecond = context.bytesPerSecond(out);
      boolean many = answers * SECOND >= Thresholds.REFLECTED_ANSWERS * context.duration();
      if (out < Thresholds.REFLECTED_TIMES * in || !many || in == 0) {
        continue;
      }
      boolean bad = 2 * out >= totals.real(Sides.OUT) || perSecond >= Thresholds.REFLECTED_BYTES;
      String say =
          context.words().theMachine()
              + " answers small questions with large answers: "
              + Say.rate(perSecond)
              + " from UDP "
              + group.port()
              + ", "
              + Say.times(out, in)
              + " what came in: a reflector.";
      String address = context.words().address(group.server());
      String filter =
          context.words().is("src", group.server()) + " && udp.srcport == " + group.port();
      findings.add(
          new Finding(Id.S_REFLECT, bad ? Severity.BAD : Severity.NOTABLE, say)
              .about(Subject.of(address, group.port(), "udp", null))
              .blames(Verdict.MACHINE)
              .share(out, totals.real(Sides.OUT))
              .number("bytesOut", out)
              .number("bytesIn", in)
              .proof(answers, 0, cited, filter, false)
              .threshold(
                  ">= 5x and >= 20 answers/s",
                  "a service that answers its own users gives less for more")
              .next(
                  "Close UDP "
                      + group.port()
                      + " to the internet (NSG), or have the service answer its own users only."));
    }
  }

  private boolean isAnswer(int row) {
    FlowLog log = context.log();
    return log.protocol(row) == Packet.UDP
        && log.direction(row) == FlowLog.IN
        && PORTS.contains(log.serverPort(row))
        && !log.isPlatform(row);
  }
}
