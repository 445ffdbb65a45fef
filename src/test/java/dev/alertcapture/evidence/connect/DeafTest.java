package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.OTHER_USER;
import static dev.alertcapture.evidence.connect.Network.USER;
import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import org.junit.jupiter.api.Test;

class DeafTest {
  private final Network network = Network.of(9);

  @Test
  void nobodyAnsweredMayBeEither() {
    network.unanswered(s(1), 5, USER, VM, 8443);

    Finding finding = network.finding(Id.C_DEAF);

    assertThat(finding.say())
        .startsWith("5 of 5 attempts to port 8443 reach this machine and get no answer")
        .contains("firewall")
        .contains("listen queue");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void someSourcesAlwaysAndOthersNeverIsAFirewall() {
    network.unanswered(s(1), 5, USER, VM, 8443);
    network.works(s(1), 3, OTHER_USER, VM, 8443);

    assertThat(network.finding(Id.C_DEAF).say())
        .contains("20.50.1.7 never gets one and others always do, so its own firewall drops them");
  }

  @Test
  void theSameSourceNowAndThenIsAFullQueue() {
    network.unanswered(s(1), 5, USER, VM, 8443);
    network.works(s(2.55), 3, USER, VM, 8443);

    assertThat(network.finding(Id.C_DEAF).say()).contains("its listen queue is full");
  }

  @Test
  void anAnsweredPortIsClean() {
    network.works(s(1), 20, USER, VM, 8443);

    assertThat(network.findings(Id.C_DEAF)).isEmpty();
  }

  @Test
  void aFewSingleSynsToAPortThatServesNobodyAreTheInternetsNoise() {
    for (int i = 0; i < 4; i++) {
      network.at(s(1 + i)).tcp(Host.at("45.1.2." + i), VM, 23).client.syn();
    }

    assertThat(network.finding(Id.C_DEAF).severity()).isEqualTo(Severity.INFO);

    network.at(s(5)).tcp(Host.at("45.1.2.9"), VM, 23).client.syn();

    assertThat(network.finding(Id.C_DEAF).severity()).isEqualTo(Severity.BAD);
  }
}
