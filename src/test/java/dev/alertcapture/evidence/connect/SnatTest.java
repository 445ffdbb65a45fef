package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class SnatTest {
  private static final Host API = Host.at("20.1.2.3");
  private static final Host OTHER_API = Host.at("20.1.2.4");
  private final Network network = Network.of(9);

  private void connects(int good, int silent, int late) {
    for (int i = 0; i < good; i++) {
      network.at(s(1) + ms(20) * i).tcp(VM, API, 443).open().exchange(80, 80).close();
    }
    network.unanswered(s(1.5), silent, VM, API, 443);
    for (int i = 0; i < late; i++) {
      Tcp tcp = network.at(s(2) + ms(20) * i).tcp(VM, API, 443).unanswered(s(1));
      tcp.server.synAck();
      tcp.client.ack();
    }
  }

  @Test
  void someOfManyConnectsToOnePublicServiceFail() {
    network.works(s(1), 20, VM, OTHER_API, 443);
    connects(50, 10, 4);

    Finding finding = network.finding(Id.C_SNAT);

    assertThat(finding.say())
        .startsWith("14 of 64 new connections to 20.1.2.3:443")
        .contains("other destinations are fine");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
    assertThat(network.findings(Id.C_RETRY)).isEmpty();
  }

  @Test
  void fewerConnectsAreNoHint() {
    connects(50, 10, 3);

    assertThat(network.findings(Id.C_SNAT)).isEmpty();
    assertThat(network.findings(Id.C_NOANSWER)).hasSize(1);
    assertThat(network.finding(Id.C_RETRY).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void whereOthersFailAsWellItIsNotTheDestination() {
    connects(50, 14, 0);
    network.unanswered(s(1), 1, VM, OTHER_API, 443);

    assertThat(network.findings(Id.C_SNAT)).isEmpty();
  }

  @Test
  void aPeerThatConnectsToTheMachineIsNotBehindSnat() {
    connects(50, 14, 0);
    network.works(s(1), 1, API, VM, 443);

    assertThat(network.findings(Id.C_SNAT)).isEmpty();
  }
}
