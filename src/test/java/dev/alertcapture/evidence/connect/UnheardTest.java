package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.DB;
import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.Lookup;
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class UnheardTest {
  private final Network network = Network.of(9);

  private void unheard(int count, long again) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = network.at(s(1) + i * ms(50)).tcp(VM, DB, 443);
      tcp.client.syn();
      tcp.server.synAck();
      tcp.pause(again).client.syn();
    }
  }

  private void lookups(int count, int rcode) {
    for (int i = 0; i < count; i++) {
      Lookup lookup = network.at(s(1 + i)).lookup(VM, Azure.WIRE_SERVER, "a" + i + ".contoso.net");
      if (rcode == 0) {
        lookup.answer("10.1.2.3");
      } else {
        lookup.rcode(rcode);
      }
      lookup.pause(ms(400)).ask();
    }
  }

  @Test
  void aSynAfterItsAnswerIsTheMachinesOwnFirewall() {
    unheard(3, s(1));

    Finding finding = network.finding(Id.C_UNHEARD);

    assertThat(finding.say())
        .isEqualTo(
            "What 10.1.2.3 answers reaches this machine, and it asks again (3 connects): its own"
                + " firewall drops the answers.");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void twoMayBeLostPackets() {
    unheard(2, s(1));

    assertThat(network.findings(Id.C_UNHEARD)).isEmpty();
  }

  @Test
  void anAnswerThatCrossesTheSecondSynIsHeard() {
    unheard(3, ms(20));

    assertThat(network.findings(Id.C_UNHEARD)).isEmpty();
  }

  @Test
  void lookupsAreAskedAgainAfterAWholeAnswer() {
    lookups(3, 0);

    Finding finding = network.finding(Id.C_UNHEARD);

    assertThat(finding.say()).contains("168.63.129.16").contains("(3 lookups)");
    assertThat(network.findings(Id.P_PLATFORM)).isEmpty();
  }

  @Test
  void everyLibraryAsksAgainAfterAFailure() {
    lookups(3, 2);

    assertThat(network.findings(Id.C_UNHEARD)).isEmpty();
  }
}
