package dev.alertcapture.evidence.transfer;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.report.Report;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host PEER = Host.at("20.1.2.3");

  private final Traffic traffic = new Traffic(VM);

  private Report report() {
    Question question =
        new Question(
            null,
            List.of("10.0.0.4"),
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            false);
    return Explained.of(CaptureFile.pcap().bytes(traffic), question);
  }

  private List<Finding> findings(Id id) {
    return Explained.findings(report(), id);
  }

  /** Others talk from second 0 to 20, so that the stall is a part of the file. */
  private Tcp stalled(Host client, Host server, boolean clientStops, long time) {
    for (int i = 0; i <= 20; i++) {
      traffic.at(s(i)).tcp(VM, Host.at("10.9.9.9"), 80).open().exchange(100, 100).close();
    }
    Tcp tcp = traffic.at(s(2)).tcp(client, server, 8080).rtt(ms(10)).open().exchange(20_000, 300);
    (clientStops ? tcp.client : tcp.server).stopsReading(time);
    return tcp.exchange(700, 300).close();
  }

  @Test
  void theMachinesOwnApplicationThatStopsReadingIsTheMachines() {
    stalled(PEER, VM, false, s(3));
    Finding finding = findings(Id.W_ZERO).get(0);
    assertThat(finding.say())
        .isEqualTo("The application on :8080 stopped reading for 3.0\u00A0s in all.");
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.subject().port()).isEqualTo(8080);
  }

  @Test
  void aPeerThatStopsReadingIsThePeer() {
    stalled(VM, PEER, false, s(3));
    Finding finding = findings(Id.W_ZERO).get(0);
    assertThat(finding.say()).startsWith("20.1.2.3:8080 stopped reading");
    assertThat(finding.verdict()).isEqualTo(Verdict.PEER);
    assertThat(finding.subject().peer()).isEqualTo("20.1.2.3");
  }

  @Test
  void theMachineAsAClientIsNamedByWhatItReads() {
    stalled(VM, PEER, true, s(3));
    Finding finding = findings(Id.W_ZERO).get(0);
    assertThat(finding.say()).contains("this machine reads from 20.1.2.3:8080");
    assertThat(finding.verdict()).isEqualTo(Verdict.MACHINE);
  }

  @Test
  void aShortPauseIsNoStall() {
    stalled(PEER, VM, false, ms(490));
    assertThat(findings(Id.W_ZERO)).isEmpty();
    assertThat(report().checked().clean()).containsKey(Id.W_ZERO);
  }

  @Test
  void halfASecondIsEnoughWhereItIsATenthOfTheTimeInWhichTheOtherSends() {
    stalled(PEER, VM, false, ms(600));
    assertThat(findings(Id.W_ZERO)).hasSize(1);
  }

  @Test
  void aWindowThatIsStillClosedCountsToTheEnd() {
    Tcp tcp = traffic.tcp(PEER, VM, 8080).rtt(ms(10)).open().exchange(20_000, 300);
    tcp.server.window(0).ack();
    traffic.at(s(10)).tcp(VM, PEER, 443).open();
    assertThat(findings(Id.W_ZERO).get(0).say()).contains("had not gone on at the end");
  }

  @Test
  void afterAFinOrResetNobodyReads() {
    Tcp tcp = traffic.tcp(PEER, VM, 8080).rtt(ms(10)).open().exchange(20_000, 300);
    tcp.server.fin().window(0).ack();
    traffic.at(s(10)).tcp(VM, PEER, 443).open();
    assertThat(findings(Id.W_ZERO)).isEmpty();
  }

  @Test
  void aTransferThatFillsItsReceiversWindowIsLimitedByIt() {
    Tcp tcp = traffic.tcp(VM, PEER, 443).rtt(ms(100)).scale(0);
    tcp.server.window(29_200);
    tcp.open();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 20; i++) {
        tcp.client.segment(1_460);
      }
      tcp.server.ack();
    }
    Finding finding = findings(Id.W_FULL).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.say()).contains("29\u00A0KB at 100\u00A0ms");
  }

  @Test
  void aTransferThatIsSlowerThanItsWindowIsLimitedByAnotherThing() {
    Tcp tcp = traffic.tcp(VM, PEER, 443).rtt(ms(100)).scale(0);
    tcp.server.window(29_200);
    tcp.open();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 20; i++) {
        tcp.client.segment(1_460);
      }
      tcp.server.ack();
      tcp.pause(ms(400));
    }
    assertThat(findings(Id.W_FULL)).isEmpty();
  }
}
