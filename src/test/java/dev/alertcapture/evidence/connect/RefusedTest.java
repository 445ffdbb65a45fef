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
import dev.alertcapture.traffic.Tcp;
import org.junit.jupiter.api.Test;

class RefusedTest {
  private final Network network = Network.of(9);

  @Test
  void nothingListensWhereAllIsRefused() {
    network.refused(s(1), 5, VM, DB, 8081);

    Finding finding = network.finding(Id.C_REFUSED);

    assertThat(finding.say())
        .startsWith("10.1.2.3 refuses port 8081 (5 of 5 attempts): nothing listens there");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.PEER);
    assertThat(network.findings(Id.C_NOANSWER)).isEmpty();
  }

  @Test
  void fourAreNotable() {
    network.refused(s(1), 4, VM, DB, 8081);

    assertThat(network.finding(Id.C_REFUSED).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void aServiceThatWorksBeforeAndAfterWasRestarted() {
    network.works(s(1), 5, VM, DB, 8081);
    network.refused(s(3), 6, VM, DB, 8081);
    network.works(s(5), 5, VM, DB, 8081);

    Finding finding = network.finding(Id.C_REFUSED);

    assertThat(finding.say())
        .contains("from second\u00A03.0 to second\u00A03.5")
        .contains("restarted")
        .doesNotContain("nothing listens");
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void someAreRefused() {
    network.works(s(1), 20, VM, DB, 8081);
    network.refused(s(1) + ms(50), 5, VM, DB, 8081);

    assertThat(network.finding(Id.C_REFUSED).say())
        .contains("refuses some attempts to port 8081 (5 of 25)");
  }

  @Test
  void resetsThatComeSoonerThanThePeerAreABoxOnTheWay() {
    for (int i = 0; i < 4; i++) {
      network.at(s(1 + i)).tcp(VM, DB, 443).rtt(ms(30)).open().exchange(80, 80).close();
      network.at(s(1 + i)).tcp(VM, DB, 8081).rtt(ms(2)).refused();
    }

    Finding finding = network.finding(Id.C_REFUSED);

    assertThat(finding.say()).contains("a box on the way");
    assertThat(finding.verdict()).isEqualTo(Verdict.NETWORK);
  }

  @Test
  void whatTheMachineRefusesIsByTheWayUnlessItServesThePort() {
    network.refused(s(1), 5, USER, VM, 23);

    assertThat(network.finding(Id.C_REFUSED).severity()).isEqualTo(Severity.INFO);

    network.works(s(3), 2, USER, VM, 23);

    assertThat(network.finding(Id.C_REFUSED).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void aResetAfterTheHandshakeRefusesNothing() {
    for (int i = 0; i < 5; i++) {
      Tcp tcp = network.at(s(1 + i)).tcp(VM, DB, 8081).open().send(100);
      tcp.server.reset();
    }

    assertThat(network.findings(Id.C_REFUSED)).isEmpty();
  }
}
