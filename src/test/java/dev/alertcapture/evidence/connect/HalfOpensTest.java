package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.USER;
import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class HalfOpensTest {
  private final Network network = Network.of(9);

  private void halfOpen(int count, int synAcks) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = network.at(s(1) + i * ms(20)).tcp(USER, VM, 443);
      tcp.client.syn();
      for (int j = 0; j < synAcks; j++) {
        tcp.pause(s(j)).server.synAck();
      }
    }
  }

  @Test
  void twentyThatWaitAreTold() {
    halfOpen(20, 2);

    Finding finding = network.finding(Id.C_HALF);

    assertThat(finding.say())
        .startsWith("20 of 20 connections to :443 of this machine wait for the client's ACK");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
  }

  @Test
  void nineteenAreTooFew() {
    halfOpen(19, 2);

    assertThat(network.findings(Id.C_HALF)).isEmpty();
  }

  @Test
  void twentyOfAHundredAndOneAreTooSmallAShare() {
    halfOpen(20, 2);
    for (int i = 0; i < 81; i++) {
      network.at(s(1) + i * ms(20)).tcp(USER, VM, 443).open().exchange(80, 80);
    }

    assertThat(network.findings(Id.C_HALF)).isEmpty();
  }

  @Test
  void oneSynAckMayBeOnItsWay() {
    halfOpen(20, 1);

    assertThat(network.findings(Id.C_HALF)).isEmpty();
  }
}
