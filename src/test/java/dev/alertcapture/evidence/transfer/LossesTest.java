package dev.alertcapture.evidence.transfer;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Explained;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Side;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final int MSS = 1_460;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");

  private final Traffic traffic = new Traffic(VM);

  /** A connection that has sent about 150 KB each way. */
  private Tcp transfer() {
    return transfer(DB);
  }

  private Tcp transfer(Host peer) {
    return traffic.tcp(VM, peer, 5432).rtt(ms(20)).open().exchange(150_000, 150_000);
  }

  /** A quiet second at the end: resends of the last one are not judged. */
  private List<Finding> findings(Id id) {
    return findings(id, List.of("10.0.0.4"));
  }

  private List<Finding> findings(Id id, List<String> self) {
    traffic.at(s(60)).tcp(VM, Host.at("10.9.9.9"), 80).open().exchange(100, 100).close();
    Question question =
        new Question(null, self, List.of(), null, null, null, null, null, null, null, false, false);
    return Explained.findings(Explained.of(CaptureFile.pcap().bytes(traffic), question), id);
  }

  /** Lost past the capture: what comes after it is acknowledged selectively. */
  private static void lost(Side sender, Side receiver) {
    sender.lose(MSS).segment(MSS).segment(MSS).segment(MSS);
    receiver.acks(3);
    sender.resend();
    receiver.ack();
    sender.pause(ms(50));
  }

  private static void lostBefore(Side sender, Side receiver) {
    sender.drop(MSS).segment(MSS).segment(MSS);
    receiver.acks(2);
    sender.pause(ms(25)).resend();
    receiver.ack();
    sender.pause(ms(50));
  }

  private static void repeatedly(int times, Runnable what) {
    for (int i = 0; i < times; i++) {
      what.run();
    }
  }

  @Test
  void whatTheReceiverLacksIsLostAfterTheMachine() {
    Tcp tcp = transfer();
    repeatedly(10, () -> lost(tcp.client, tcp.server));
    Finding finding = findings(Id.L_OUT).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say())
        .isEqualTo(
            "6.6\u00A0% of what this machine sent to 10.1.2.3:5432 was sent again (10 times):"
                + " lost after this machine.");
    assertThat(finding.subject().peer()).isEqualTo("10.1.2.3");
    assertThat(finding.proof().count()).isEqualTo(10);
    assertThat(finding.proof().frames()).isNotEmpty();
    assertThat(findings(Id.L_BACK)).isEmpty();
    assertThat(findings(Id.L_IN)).isEmpty();
  }

  @Test
  void nineTimesAreNoRateYetAndTwentyOfFivePercentAreBad() {
    Tcp tcp = transfer();
    repeatedly(9, () -> lost(tcp.client, tcp.server));
    assertThat(findings(Id.L_OUT).get(0).severity()).isEqualTo(Severity.INFO);
    Tcp other = transfer(Host.at("10.1.2.4"));
    repeatedly(20, () -> lost(other.client, other.server));
    assertThat(findings(Id.L_OUT).get(0).severity()).isEqualTo(Severity.BAD);
  }

  @Test
  void ofLittleOnlyCountsAreTold() {
    Tcp tcp = traffic.tcp(VM, DB, 5432).rtt(ms(20)).open().exchange(1_000, 1_000);
    repeatedly(10, () -> lost(tcp.client, tcp.server));
    Finding finding = findings(Id.L_OUT).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.say()).contains(" of ").doesNotContain("%");
  }

  @Test
  void whatThePeerSentAndTheCaptureNeverSawIsLostBeforeIt() {
    Tcp tcp = transfer();
    repeatedly(10, () -> lostBefore(tcp.server, tcp.client));
    Finding finding = findings(Id.L_IN).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say()).contains("did not arrive the first time (10 times)");
    assertThat(findings(Id.L_BACK)).isEmpty();
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  @Test
  void whatWasOvertakenIsNotLost() {
    Tcp tcp = transfer();
    repeatedly(30, () -> tcp.server.segment(MSS).swap(MSS).segment(MSS));
    assertThat(findings(Id.L_IN)).isEmpty();
  }

  @Test
  void whatThePeerSendsAgainHadComeHere() {
    Tcp tcp = transfer();
    repeatedly(
        10,
        () -> {
          tcp.server.segment(MSS);
          tcp.client.ack();
          tcp.server.pause(ms(300)).repeat(MSS);
          tcp.client.ack();
        });
    Finding finding = findings(Id.L_BACK).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say()).contains("this machine's acknowledgments were lost or late");
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  @Test
  void whatTheMachineLacksThoughItCameHereItDidNotTake() {
    Tcp tcp = transfer();
    repeatedly(10, () -> lost(tcp.server, tcp.client));
    assertThat(findings(Id.L_BACK).get(0).say())
        .contains("this machine did not take what had arrived: its firewall or receive queue");
  }

  @Test
  void whatWasAcknowledgedBeforeIsSentAgainForNothing() {
    Tcp tcp = transfer();
    repeatedly(
        30,
        () -> {
          tcp.client.segment(MSS);
          tcp.server.ack();
          tcp.client.pause(ms(300)).repeat(MSS);
        });
    assertThat(findings(Id.L_SPURIOUS).get(0).severity()).isEqualTo(Severity.INFO);
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  /** The acknowledgment is lost before the capture; the receiver reports a duplicate. */
  private static void lostAcknowledgment(Tcp tcp) {
    tcp.client.segment(MSS).pause(ms(300)).repeat(MSS);
    tcp.server.ack();
  }

  @Test
  void reportsOfDuplicatesOverTheWholeFileMeanLostAcknowledgments() {
    Tcp tcp = transfer();
    repeatedly(12, () -> lostAcknowledgment(tcp));
    Finding finding = findings(Id.L_OUT).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say()).contains("it had arrived, its acknowledgments were lost or late");
    assertThat(findings(Id.L_SPURIOUS)).isEmpty();
  }

  @Test
  void reportsOfDuplicatesWithinASecondAreOneStall() {
    Tcp tcp = transfer();
    repeatedly(3, () -> lostAcknowledgment(tcp));
    assertThat(findings(Id.L_OUT)).isEmpty();
    assertThat(findings(Id.L_SPURIOUS).get(0).proof().count()).isEqualTo(3);
  }

  @Test
  void withoutAWordOfTheReceiverBothCausesAreTold() {
    Tcp tcp = transfer();
    tcp.sack(false);
    repeatedly(
        10,
        () -> {
          tcp.client.lose(MSS).pause(ms(300)).resend();
          tcp.server.ack();
        });
    assertThat(findings(Id.L_OUT).get(0).say())
        .contains("lost after this machine, or its acknowledgments were");
  }

  @Test
  void inTheLastSecondAReportMayStillCome() {
    Tcp tcp = transfer();
    repeatedly(
        15,
        () -> {
          tcp.client.lose(MSS).pause(ms(30)).resend();
          tcp.server.ack();
        });
    byte[] file = CaptureFile.pcap().bytes(traffic);
    assertThat(Explained.findings(Explained.of(file), Id.L_OUT)).isEmpty();
    assertThat(findings(Id.L_OUT).get(0).proof().count()).isEqualTo(15);
  }

  @Test
  void whatTheWindowHadNoRoomForIsNotLost() {
    Tcp tcp = transfer();
    tcp.server.window(0).ack();
    tcp.client.lose(MSS);
    repeatedly(20, () -> tcp.client.pause(ms(400)).loseAgain());
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  @Test
  void aPeerThatAcknowledgesNothingIsOnlyNamed() {
    Tcp tcp = traffic.tcp(VM, DB, 5432).opened();
    tcp.client.lose(MSS);
    repeatedly(20, () -> tcp.client.pause(ms(400)).loseAgain());
    for (Finding finding : findings(Id.L_OUT)) {
      assertThat(finding.severity()).isEqualTo(Severity.INFO);
      assertThat(finding.say()).contains("acknowledges nothing");
    }
  }

  @Test
  void fourPeersThatLoseAlikeLoseItInWhatTheyShare() {
    for (int i = 1; i <= 4; i++) {
      Tcp tcp = transfer(Host.at("10.1.2." + i));
      repeatedly(12, () -> lost(tcp.client, tcp.server));
    }
    List<Finding> all = findings(Id.L_OUT);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).say()).contains("all 4 peers").contains("this machine's link");
  }

  @Test
  void withoutAnOwnSideLossIsToldAgainstThePointOfCapture() {
    Host other = Host.at("10.7.7.7");
    Traffic foreign = new Traffic(Host.machine("10.99.0.1"));
    Tcp tcp = foreign.tcp(other, DB, 5432).rtt(ms(20)).open().exchange(150_000, 150_000);
    repeatedly(10, () -> lost(tcp.server, tcp.client));
    repeatedly(10, () -> lostBefore(tcp.client, tcp.server));
    foreign.at(s(60)).tcp(other, DB, 80).open().exchange(100, 100).close();
    var report = Explained.of(CaptureFile.pcap().bytes(foreign));
    assertThat(Explained.findings(report, Id.L_OUT).get(0).say())
        .contains("of what 10.1.2.3 sent to 10.7.7.7")
        .contains("lost after the point of capture")
        .doesNotContain("this machine");
    assertThat(Explained.findings(report, Id.L_IN).get(0).say())
        .contains("lost before the point of capture");
  }
}
