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
import dev.alertcapture.traffic.Encapsulation;
import dev.alertcapture.traffic.Frame;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {
  private static final int MSS = 1_460;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host PEER = Host.at("20.1.2.3");
  private static final Host ROUTER = Host.at("10.0.0.1").ttl(255);

  private final Traffic traffic = new Traffic(VM);

  private static List<Finding> findings(List<Frame> frames, Id id) {
    List<String> self = List.of("10.0.0.4");
    Question question =
        new Question(null, self, List.of(), null, null, null, null, null, null, null, false, false);
    return Explained.findings(Explained.of(CaptureFile.pcap().bytes(frames), question), id);
  }

  private List<Finding> findings(Id id) {
    traffic.at(s(60)).tcp(VM, Host.at("10.9.9.9"), 80).open().exchange(100, 100).close();
    return findings(traffic.frames(), id);
  }

  /** A segment that is sent again after 200, 600 and 1,400 ms and never gets there. */
  private void vanishing(int bytes, int resends) {
    Tcp tcp = traffic.tcp(VM, PEER, 443).rtt(ms(20)).open();
    tcp.client.lose(bytes);
    for (int i = 0; i < resends; i++) {
      tcp.client.pause(ms(200 << i)).loseAgain();
    }
  }

  private void smallOnes() {
    for (int i = 0; i < 4; i++) {
      traffic.at(s(1 + i)).tcp(VM, PEER, 443).rtt(ms(20)).open().exchange(200, 300).close();
    }
    traffic.at(0);
  }

  @Test
  void fullSizePacketsThatVanishWhileSmallOnesPassAreABlackHole() {
    vanishing(MSS, 3);
    smallOnes();
    Finding finding = findings(Id.P_BLACKHOLE).get(0);
    assertThat(finding.severity()).isEqualTo(Severity.NOTABLE);
    assertThat(finding.say()).startsWith("Full-size packets to 20.1.2.3:443 vanish");
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  @Test
  void twoResendsAreNotEnough() {
    vanishing(MSS, 2);
    smallOnes();
    assertThat(findings(Id.P_BLACKHOLE)).isEmpty();
  }

  @Test
  void whereSmallOnesVanishTooItIsNoMatterOfSize() {
    vanishing(MSS, 4);
    assertThat(findings(Id.P_BLACKHOLE)).isEmpty();
  }

  @Test
  void whereWholeSegmentsPassOnOtherConnectionsOneOfThemIsDead() {
    vanishing(MSS, 4);
    smallOnes();
    traffic.at(s(5)).tcp(VM, PEER, 443).rtt(ms(20)).open().exchange(20_000, 300).close();
    assertThat(findings(Id.P_BLACKHOLE)).isEmpty();
  }

  @Test
  void smallSegmentsThatVanishAreNoMatterOfSize() {
    vanishing(700, 4);
    smallOnes();
    assertThat(findings(Id.P_BLACKHOLE)).isEmpty();
  }

  @Test
  void holesOfWholeSegmentsInTwoConnectionsAreABlackHoleOnTheWayHere() {
    hole();
    assertThat(findings(Id.P_BLACKHOLE)).isEmpty();
    traffic.at(s(1));
    hole();
    Finding finding = findings(Id.P_BLACKHOLE).get(0);
    assertThat(finding.say()).startsWith("Full-size packets from 20.1.2.3:443 do not arrive");
  }

  private void hole() {
    Tcp tcp = traffic.tcp(VM, PEER, 443).rtt(ms(20)).open().send(200);
    tcp.server.drop(MSS).drop(MSS).segment(300);
    tcp.client.ack();
  }

  @Test
  void aBoxThatSaysHowLargePacketsMayBeIsTold() {
    Tcp tcp = traffic.tcp(VM, PEER, 25).rtt(ms(20)).open();
    tcp.client.lose(MSS);
    tcp.icmp(ROUTER, 3, 4, 1_400).client.mss(1_360).pause(ms(5)).resend();
    tcp.server.ack();
    Finding finding = findings(Id.P_MTU).get(0);
    assertThat(finding.say()).startsWith("10.0.0.1 says at most 1,400 bytes fit");
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(findings(Id.L_OUT)).isEmpty();
  }

  @Test
  void aSenderThatDoesNotListenToItIsNotable() {
    Tcp tcp = traffic.tcp(VM, PEER, 25).rtt(ms(20)).open();
    tcp.client.lose(MSS);
    tcp.icmp(ROUTER, 3, 4, 1_400).client.pause(ms(300)).loseAgain();
    assertThat(findings(Id.P_MTU).get(0).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void whereNothingLargerWasSentABoxJoinsSegments() {
    Tcp tcp = traffic.tcp(VM, PEER, 25).rtt(ms(20)).open();
    tcp.client.lose(1_000);
    tcp.icmp(ROUTER, 3, 4, 1_492);
    assertThat(findings(Id.P_MTU).get(0).say()).contains("a box on the way joins segments");
  }

  @Test
  void outboundFragmentsOutOfOrderAreTold() {
    traffic.over(Encapsulation.NONE.fragmented(1_500));
    traffic.udp(VM, PEER, 9_999).send(4_000);
    List<Frame> frames = new ArrayList<>(traffic.frames());
    assertThat(findings(frames, Id.F_FRAG)).isEmpty();
    frames.add(0, frames.remove(2));
    assertThat(findings(frames, Id.F_FRAG).get(0).say()).contains("out of order");
  }

  @Test
  void datagramsThatNeverBecomeWholeAreTold() {
    traffic.at(s(10)).over(Encapsulation.NONE.fragmented(1_500));
    traffic.udp(PEER, VM, 9_999).send(4_000);
    traffic.over(Encapsulation.NONE);
    traffic.at(0).tcp(VM, PEER, 80).open().close();
    traffic.at(s(20)).tcp(VM, PEER, 80).open().close();
    List<Frame> frames = new ArrayList<>(traffic.frames());
    assertThat(findings(frames, Id.F_FRAG)).isEmpty();
    frames.remove(7);
    assertThat(findings(frames, Id.F_FRAG).get(0).say()).contains("never became whole");
  }

  private void connects(int times, long rtt, int from) {
    for (int i = 0; i < times; i++) {
      traffic.at(s(from + i)).tcp(VM, PEER, 443).rtt(rtt).open().exchange(10, 10).close();
    }
  }

  @Test
  void roundTripsAreToldByTheHandshakes() {
    connects(4, ms(182), 0);
    Finding finding = findings(Id.H_RTT).get(0);
    assertThat(finding.say()).isEqualTo("Connecting to 20.1.2.3:443 takes 182\u00A0ms (p50 of 4).");
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void halfASecondIsNotableFromThreeHandshakesOn() {
    connects(2, ms(520), 0);
    assertThat(findings(Id.H_RTT).get(0).severity()).isEqualTo(Severity.INFO);
    connects(1, ms(520), 10);
    assertThat(findings(Id.H_RTT).get(0).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void aWayThatIsNowAndThenMuchLongerIsNotable() {
    connects(10, ms(20), 0);
    connects(1, ms(300), 20);
    assertThat(findings(Id.H_RTT).get(0).severity()).isEqualTo(Severity.NOTABLE);
  }

  @Test
  void aHandshakeThatWasRetriedTellsNothing() {
    Tcp tcp = traffic.tcp(VM, PEER, 443).rtt(ms(900)).unanswered(s(1));
    tcp.server.synAck();
    tcp.client.ack();
    assertThat(findings(Id.H_RTT)).allMatch(each -> !"20.1.2.3".equals(each.subject().peer()));
  }

  @Test
  void pingsAreTimedFromTheQuestionToTheReply() {
    traffic.ping(VM, PEER).rtt(ms(30)).ask().answer().ask().answer();
    Finding finding = findings(Id.H_RTT).get(0);
    assertThat(finding.say()).isEqualTo("20.1.2.3 answers pings in 30\u00A0ms (p50 of 2).");
  }

  @Test
  void ofTwoQuestionsAtOnceNobodyKnowsWhichIsAnswered() {
    traffic.ping(VM, PEER).rtt(ms(30)).ask().ask().answer();
    assertThat(findings(Id.H_RTT)).noneMatch(each -> each.say().contains("pings"));
  }
}
