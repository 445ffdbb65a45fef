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
import java.util.List;
import org.junit.jupiter.api.Test;

class NoAnswerTest {
  private final Network network = Network.of(9);

  @Test
  void silenceOfAPeerThatIsNeverHeardMayMeanThatItIsDown() {
    network.unanswered(s(1), 5, VM, DB, 1433);

    Finding finding = network.finding(Id.C_NOANSWER);

    assertThat(finding.say())
        .startsWith("5 of 5 attempts to 10.1.2.3:1433 got no answer")
        .contains("or the host is down");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
    assertThat(finding.subject().port()).isEqualTo(1433);
    assertThat(finding.proof().count()).isEqualTo(5);
  }

  @Test
  void fourAreNotable() {
    network.unanswered(s(1), 4, VM, DB, 1433);

    assertThat(network.finding(Id.C_NOANSWER).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void fiveBesideMoreThatWorkAreNotable() {
    network.unanswered(s(1), 5, VM, DB, 1433);
    network.works(s(1), 6, VM, DB, 1433);

    Finding finding = network.finding(Id.C_NOANSWER);

    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say()).contains("5 of 11").contains("listen queue is full");
  }

  @Test
  void aHostThatIsHeardIsNotCalledDown() {
    network.unanswered(s(1), 5, VM, DB, 1433);
    network.works(s(1), 1, VM, DB, 443);

    assertThat(network.finding(Id.C_NOANSWER).say()).doesNotContain("host is down");
  }

  @Test
  void olderConnectionsThatWorkAreMentioned() {
    Tcp old = network.at(s(2)).tcp(VM, DB, 1433).opened();
    for (int i = 2; i < 8; i++) {
      old.at(s(i)).exchange(80, 80);
    }
    network.unanswered(s(1), 5, VM, DB, 1433);

    assertThat(network.finding(Id.C_NOANSWER).say())
        .contains("for new connections only")
        .contains("an older connection still works");
  }

  @Test
  void tellsSinceWhen() {
    network.works(s(1), 10, VM, DB, 1433);
    network.unanswered(s(4.3), 5, VM, DB, 1433);

    Finding finding = network.finding(Id.C_NOANSWER);

    assertThat(finding.say()).startsWith("Since second\u00A04.3 none of the 5 attempts");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
  }

  @Test
  void attemptsInTheLastSecondsAreNotJudged() {
    network.at(s(6)).tcp(VM, DB, 1433).unanswered(s(1));
    network.works(s(1), 1, VM, DB, 1433);

    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void aSingleSynLateInTheFileIsNotJudged() {
    Network longer = Network.of(20);
    longer.at(s(12)).tcp(VM, DB, 1433).client.syn();

    assertThat(longer.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void aClientThatAcknowledgesWasAnsweredThoughTheFileLacksIt() {
    Tcp tcp = network.at(s(1)).tcp(VM, DB, 1433);
    tcp.client.syn();
    tcp.client.ack().segment(100);

    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void ipv6BesideIpv4ThatConnectsHurtsNobody() {
    Host six = Host.machine("2001:db8::4");
    network.unanswered(s(1), 1, six, Host.at("2001:db8::99"), 443);
    network.at(s(1) + ms(250)).tcp(VM, DB, 443).open().exchange(80, 80).close();

    List<Finding> findings = network.findings(Id.C_NOANSWER);

    assertThat(findings).extracting(Finding::severity).containsOnly(Severity.INFO);
  }

  @Test
  void sixServicesAreOneSentence() {
    for (int i = 0; i < 6; i++) {
      network.unanswered(s(1) + ms(i), 2, VM, Host.at("10.1.3." + i), 1433);
    }

    Finding finding = network.finding(Id.C_NOANSWER);

    assertThat(finding.say()).startsWith("12 of 12 attempts to 6 services got no answer");
  }

  @Test
  void anOutageIsToldBesideSixSmallerOnes() {
    network.unanswered(s(1), 5, VM, DB, 1433);
    for (int i = 0; i < 6; i++) {
      network.unanswered(s(1) + ms(i), 1, VM, Host.at("10.1.3." + i), 1433);
    }

    assertThat(network.findings(Id.C_NOANSWER))
        .extracting(Finding::severity)
        .containsExactly(Severity.BAD, Severity.NOTABLE);
  }

  @Test
  void aJumpOfTheClockEndsTheWait() {
    network.at(s(8)).tcp(VM, DB, 1433).unanswered(s(1));
    network.at(s(4000)).tcp(VM, Host.at("10.1.9.9"), 6379).open().exchange(50, 50);

    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void nothingCanBeSaidWhereTheOnlyAttemptIsTooYoung() {
    Network empty = new Network();
    empty.at(s(0)).arp(VM, DB).ask().answer();
    empty.at(s(1)).tcp(VM, DB, 1433).unanswered(s(1));

    assertThat(empty.report().verdict()).isEqualTo(Verdict.CANNOT_SAY);
  }
}
