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

class ReuseTest {
  private final Network network = Network.of(9);

  /** The server still has an old connection, whose numbers its ACK bears. */
  private void reused(int count, Host client, Host server) {
    for (int i = 0; i < count; i++) {
      Tcp old =
          network.at(s(1) + i * ms(50)).tcp(client, 40_000 + i, server, 443).isn(7_000, 9_000);
      Tcp tcp = network.at(s(1) + i * ms(50)).tcp(client, 40_000 + i, server, 443).isn(100, 200);
      old.opened();
      tcp.client.syn();
      old.pause(ms(2)).server.ack();
      tcp.pause(ms(3)).client.abort();
      tcp.pause(s(1)).client.syn();
      tcp.server.synAck();
      tcp.client.ack();
    }
  }

  @Test
  void threeSynsAnsweredByABareAckAreTheClients() {
    reused(3, VM, DB);

    Finding finding = network.finding(Id.X_REUSE);

    assertThat(finding.say())
        .startsWith("This machine uses ports again while 10.1.2.3:443 still waits: 3 SYNs");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void aUserThatReusesPortsIsThePeer() {
    reused(3, USER, VM);

    assertThat(network.finding(Id.X_REUSE).verdict()).isEqualTo(Verdict.PEER);
  }

  @Test
  void twoMayBeLatePackets() {
    reused(2, VM, DB);

    assertThat(network.findings(Id.X_REUSE)).isEmpty();
  }

  @Test
  void anOrdinaryConnectIsNone() {
    network.works(s(1), 5, VM, DB, 443);

    assertThat(network.findings(Id.X_REUSE)).isEmpty();
  }
}
