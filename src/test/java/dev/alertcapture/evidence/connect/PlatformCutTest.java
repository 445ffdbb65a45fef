package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.Host;
import org.junit.jupiter.api.Test;

class PlatformCutTest {
  private final Network network = Network.of(9);

  private void lookups(int from, int count) {
    for (int i = 0; i < count; i++) {
      network.at(s(from + i)).lookup(VM, Azure.WIRE_SERVER, "db.contoso.net");
    }
  }

  @Test
  void silenceOfThePlatformTakesItsConnectsAndLookups() {
    network.unanswered(s(1), 2, VM, Azure.WIRE_SERVER, 80);
    lookups(1, 3);

    Finding finding = network.finding(Id.P_PLATFORM);

    assertThat(finding.say())
        .isEqualTo(
            "168.63.129.16 left 5 of 5 requests unanswered (2 connects, 3 lookups): agent and DNS"
                + " are cut off (NSG, route, firewall).");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void namesOnlyWhatFails() {
    lookups(1, 2);

    assertThat(network.finding(Id.P_PLATFORM).say()).contains("(2 lookups): DNS is cut off");
  }

  @Test
  void oneRequestIsTooFew() {
    lookups(1, 1);

    assertThat(network.findings(Id.P_PLATFORM)).isEmpty();
  }

  @Test
  void twoOfFiveAreLessThanHalf() {
    lookups(1, 2);
    network.works(s(1), 3, VM, Azure.WIRE_SERVER, 80);

    assertThat(network.findings(Id.P_PLATFORM)).isEmpty();
  }

  @Test
  void lookupsOfTheLastSecondsAreNotJudged() {
    lookups(7, 2);

    assertThat(network.findings(Id.P_PLATFORM)).isEmpty();
  }

  @Test
  void aMachineThatOnlyAsksForItsGatewayIsCutOff() {
    Network silent = new Network();
    for (int i = 0; i < 3; i++) {
      silent.at(s(i)).arp(VM, Host.neighbour("10.0.0.1")).ask();
    }

    assertThat(silent.finding(Id.P_PLATFORM).say())
        .startsWith("Nobody answers 3 ARP questions for 10.0.0.1");
  }

  @Test
  void anAnswerOfTheGatewayIsEnough() {
    Network slow = new Network();
    for (int i = 0; i < 3; i++) {
      slow.at(s(i)).arp(VM, Host.neighbour("10.0.0.1")).ask();
    }
    slow.at(s(3)).arp(VM, Host.neighbour("10.0.0.1")).ask().answer();

    assertThat(slow.findings(Id.P_PLATFORM)).isEmpty();
  }

  @Test
  void aMachineThatTalksKnowsItsGateway() {
    for (int i = 0; i < 3; i++) {
      network.at(s(i)).arp(VM, Host.neighbour("10.0.0.9")).ask();
    }

    assertThat(network.findings(Id.P_PLATFORM)).isEmpty();
  }
}
