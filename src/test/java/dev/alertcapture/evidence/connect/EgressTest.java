package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import org.junit.jupiter.api.Test;

class EgressTest {
  private final Network network = Network.of(9);

  private void silent(int peers, int each) {
    for (int i = 0; i < peers; i++) {
      network.unanswered(s(1) + ms(i), each, VM, Host.at("20.60.0." + (i + 1)), 443);
    }
  }

  @Test
  void nothingPublicAnswersAndPrivatePeersDo() {
    silent(5, 2);

    Finding finding = network.finding(Id.C_EGRESS);

    assertThat(finding.say()).startsWith("Every attempt to 5 public addresses fails (10 in all)");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void twoPeersMayFailByThemselves() {
    silent(2, 5);

    assertThat(network.findings(Id.C_EGRESS)).isEmpty();
    assertThat(network.findings(Id.C_NOANSWER)).hasSize(2);
  }

  @Test
  void onePublicPeerThatAnswersIsAWayOut() {
    silent(5, 2);
    network.works(s(2), 1, VM, Host.at("20.61.0.1"), 443);

    assertThat(network.findings(Id.C_EGRESS)).isEmpty();
  }

  @Test
  void withoutAPrivateSuccessItMayBeAnything() {
    Network alone = new Network();
    for (int i = 0; i < 5; i++) {
      alone.unanswered(s(1), 2, VM, Host.at("20.60.0." + (i + 1)), 443);
    }
    alone.unanswered(s(1), 2, VM, Host.at("10.1.2.3"), 443);
    alone.at(s(9)).tcp(VM, Host.at("10.1.2.3"), 443).client.syn();

    assertThat(alone.findings(Id.C_EGRESS)).isEmpty();
  }
}
