package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.DB;
import static dev.alertcapture.evidence.connect.Network.USER;
import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final Network network = Network.of(9);

  private void late(int count, Host client, Host server, long... retries) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = network.at(s(1) + i * ms(50)).tcp(client, server, 443).unanswered(retries);
      tcp.server.synAck();
      tcp.client.ack();
      tcp.exchange(80, 80);
    }
  }

  @Test
  void threeAreNotable() {
    late(3, VM, DB, s(1));

    Finding finding = network.finding(Id.C_RETRY);

    assertThat(finding.say())
        .isEqualTo("3 of 3 connects to 10.1.2.3:443 needed a second SYN: 1.0\u00A0s each.");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
  }

  @Test
  void twoAreByTheWay() {
    late(2, VM, DB, s(1));

    assertThat(network.finding(Id.C_RETRY).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void theMachineIsToBlameWhereItWasSilent() {
    late(3, USER, VM, s(1), s(3));

    Finding finding = network.finding(Id.C_RETRY);

    assertThat(finding.say()).contains("needed up to 3 SYNs");
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void anAnswerBeforeTheSecondSynIsNone() {
    for (int i = 0; i < 3; i++) {
      Tcp tcp = network.at(s(1) + i * ms(50)).tcp(VM, DB, 443);
      tcp.client.syn();
      tcp.server.synAck();
      tcp.pause(ms(5)).client.syn();
      tcp.client.ack();
    }

    assertThat(network.findings(Id.C_RETRY)).isEmpty();
  }
}
