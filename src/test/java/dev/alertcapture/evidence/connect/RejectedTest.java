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
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Udp;
import org.junit.jupiter.api.Test;

class RejectedTest {
  private static final Host ROUTER = Host.at("10.0.0.1");
  private final Network network = Network.of(9);

  private void errors(int count, int type, int code) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = network.at(s(1) + ms(300) * i).tcp(VM, DB, 443);
      tcp.client.syn();
      tcp.icmp(ROUTER, type, code, 0);
    }
  }

  @Test
  void prohibitedAttemptsBelongToTheError() {
    errors(5, 3, 13);

    Finding finding = network.finding(Id.C_PROHIBITED);

    assertThat(finding.say())
        .contains("10.0.0.1 says that 10.1.2.3:443 is administratively prohibited");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void attemptsNearAnErrorAreCountedThoughErrorsAreRateLimited() {
    errors(1, 3, 1);
    network.unanswered(s(1.5), 5, VM, DB, 443);

    Finding finding = network.finding(Id.C_UNREACH);

    assertThat(finding.say()).contains("can't be reached (1 error for 6 attempts");
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void packetsGoInCircles() {
    errors(2, 11, 0);

    Finding finding = network.finding(Id.C_UNREACH);

    assertThat(finding.say()).contains("go in circles").contains("10.0.0.1");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void aTraceOfTheRouteIsNoCircle() {
    for (int ttl = 1; ttl < 4; ttl++) {
      Udp probe = network.at(s(ttl)).udp(VM.ttl(ttl), DB, 33_434 + ttl).send(12);
      probe.icmp(ROUTER, 11, 0, 0);
    }

    assertThat(network.findings(Id.C_UNREACH)).isEmpty();
  }

  @Test
  void aClosedUdpPortIsRefused() {
    for (int i = 0; i < 6; i++) {
      network.at(s(1 + i)).udp(VM, DB, 514).send(60).icmp(DB, 3, 3, 0);
    }

    Finding finding = network.finding(Id.C_REFUSED);

    assertThat(finding.say())
        .startsWith("10.1.2.3 refuses UDP port 514 (6 errors for 6 datagrams)");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.PEER);
  }

  @Test
  void whoeverAskedMayHaveGoneWhenTheAnswerComes() {
    for (int i = 0; i < 6; i++) {
      network.at(s(1 + i)).udp(VM, DB, 53).send(60).answer(90).icmp(VM, 3, 3, 0);
      network.at(s(1 + i)).udp(VM, DB, 514).send(60).answer(90).icmp(VM, 3, 3, 0);
    }

    assertThat(network.findings(Id.C_REFUSED)).isEmpty();
  }

  @Test
  void aFirewallRejectsByIcmp() {
    errors(5, 3, 3);

    Finding finding = network.finding(Id.C_REFUSED);

    assertThat(finding.say()).contains("a firewall does that");
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
  }
}
