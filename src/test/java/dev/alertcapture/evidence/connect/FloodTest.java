package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import org.junit.jupiter.api.Test;

class FloodTest {
  private final Network network = Network.of(4);

  private void flood(int second, int syns, int port) {
    for (int i = 0; i < syns; i++) {
      Host from = Host.at("20." + (60 + second) + "." + (i >> 8) + "." + (i & 0xFF));
      long at = s(second) + i * (s(1) / syns);
      network.at(at).tcp(from, 40_000, VM, port).client.syn();
    }
  }

  @Test
  void aThousandInEachOfTwoSecondsAreAFlood() {
    flood(1, 1000, 443);
    flood(2, 1000, 443);

    Finding finding = network.finding(Id.S_FLOOD);

    assertThat(finding.say())
        .startsWith(
            "1,000 SYNs/s from 2,000 addresses to :443 of this machine, 0\u00A0% completed");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.PEER);
    assertThat(network.findings(Id.C_DEAF)).isEmpty();
    assertThat(network.findings(Id.S_SCAN)).isEmpty();
  }

  @Test
  void fewerInOneOfThemAreNone() {
    flood(1, 1000, 443);
    flood(2, 999, 443);

    assertThat(network.findings(Id.S_FLOOD)).isEmpty();
  }

  @Test
  void manyThatAreCompletedAreBusiness() {
    flood(1, 1000, 443);
    flood(2, 1000, 443);
    for (int i = 0; i < 250; i++) {
      network.at(s(1) + i * s(0.005)).tcp(Network.USER, VM, 443).open();
    }

    assertThat(network.findings(Id.S_FLOOD)).isEmpty();
  }
}
