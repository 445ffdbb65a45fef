package dev.alertcapture.evidence.connect;

import static dev.alertcapture.evidence.connect.Network.VM;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.traffic.Azure;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private final Network network = Network.of(9);

  @Test
  void twoProbesInARowThatFailAreTold() {
    network.probe(s(1), 200);
    network.probe(s(3), 503);
    network.probe(s(5), 503);

    Finding finding = network.finding(Id.C_PROBE);

    assertThat(finding.say())
        .isEqualTo(
            "The load balancer's probe of :8080 fails (2 of 3, it is answered with 503): this"
                + " machine is out of rotation.");
    assertThat(finding.severity()).isEqualTo(Severity.BAD);
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void aProbeThatPassesAtTheEndEndsIt() {
    network.probe(s(1), 503);
    network.probe(s(3), 503);
    network.probe(s(5), 200);

    assertThat(network.findings(Id.C_PROBE)).isEmpty();
  }

  @Test
  void oneFailureIsTooFew() {
    network.probe(s(1), 200);
    network.probe(s(3), 503);

    assertThat(network.findings(Id.C_PROBE)).isEmpty();
  }

  @Test
  void refusedAndUnansweredProbesFail() {
    network.refused(s(1), 2, Azure.WIRE_SERVER, VM, 80);
    network.unanswered(s(1), 2, Azure.WIRE_SERVER, VM, 81);

    assertThat(network.findings(Id.C_PROBE))
        .extracting(Finding::say)
        .satisfiesExactlyInAnyOrder(
            say -> assertThat(say).contains(":80 ").contains("it is refused"),
            say -> assertThat(say).contains(":81 ").contains("it gets no answer"));
    assertThat(network.findings(Id.C_DEAF)).isEmpty();
    assertThat(network.findings(Id.C_REFUSED)).isEmpty();
  }

  @Test
  void aConnectIsEnoughForATcpProbe() {
    for (int i = 0; i < 3; i++) {
      network.at(s(1 + i)).tcp(Azure.WIRE_SERVER, VM, 8080).open().close();
    }

    assertThat(network.findings(Id.C_PROBE)).isEmpty();
  }
}
