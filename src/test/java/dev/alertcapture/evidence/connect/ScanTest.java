package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.DB;
import static dev.alertcapture.evidence.connect.Network.USER;
import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Host;
import org.junit.jupiter.api.Test;

class ScanTest {
  private final Network network = Network.of(9);

  private void scan(int ports, Host from, Host to) {
    for (int i = 0; i < ports; i++) {
      network.at(s(1) + ms(i)).tcp(from, to, 1000 + i).refused();
    }
  }

  @Test
  void aHundredPortsAreAScan() {
    scan(99, USER, VM);
    network.at(s(2)).tcp(USER, VM, 443).open().client.reset();

    Finding finding = network.finding(Id.S_SCAN);

    assertThat(finding.say())
        .startsWith("20.50.1.7 tried 100 ports of this machine (10.0.0.4)")
        .contains("1 is open");
    assertThat(finding.verdict()).isEqualTo(Verdict.PEER);
    assertThat(network.findings(Id.C_REFUSED)).isEmpty();
  }

  @Test
  void fewerAreNone() {
    scan(99, USER, VM);

    assertThat(network.findings(Id.S_SCAN)).isEmpty();
  }

  @Test
  void theMachineThatScansIsTheMachine() {
    scan(120, VM, DB);

    Finding finding = network.finding(Id.S_SCAN);

    assertThat(finding.say()).startsWith("This machine scans: it tried 120 ports of 10.1.2.3");
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void portsThatAnswerAreNoScan() {
    for (int i = 0; i < 120; i++) {
      network.at(s(1) + ms(i)).tcp(USER, VM, 1000 + i).open().exchange(10, 10).close();
    }

    assertThat(network.findings(Id.S_SCAN)).isEmpty();
  }

  @Test
  void oneServiceThatIsTriedAgainAndAgainIsNoTarget() {
    scan(120, VM, DB);
    network.unanswered(s(1), 12, VM, DB, 1433);

    assertThat(network.finding(Id.S_SCAN).proof().count()).isEqualTo(120);
    assertThat(network.finding(Id.C_NOANSWER).subject().port()).isEqualTo(1433);
  }

  @Test
  void peersThatALookupNamedAreNoTargets() {
    for (int i = 0; i < 120; i++) {
      String address = "20.60." + i + ".1";
      network.at(s(1) + ms(i)).lookup(VM, DB, "a" + i + ".example.org").answer(address);
      network.at(s(1.5) + ms(i)).tcp(VM, Host.at(address), 443).unanswered(s(1));
    }

    assertThat(network.findings(Id.S_SCAN)).isEmpty();
  }
}
