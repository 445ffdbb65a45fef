package dev.alertcapture.evidence.flow;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Frames;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrackerTest {
  private static final int ACK = Packet.ACK;
  private static final int SYN = Packet.SYN;

  private final Conversation talk = new Conversation();
  private final Tables tables = talk.tables;

  @Test
  void makesAFlowOfAnAttemptWhenItIsAnswered() {
    Analysis syn = talk.client(SYN, 1000, 0, 0);
    assertThat(syn.flow).isEqualTo(Analysis.NONE);
    assertThat(syn.attempt).isZero();
    assertThat(syn.newAttempt).isTrue();
    assertThat(tables.flows.count()).isZero();

    Analysis answer = talk.after(10).server(SYN | ACK, 5000, 1001, 0);

    assertThat(answer.flow).isZero();
    assertThat(answer.side).isEqualTo(1);
    assertThat(tables.flows.client(0)).isZero();
    assertThat(tables.flows.clientInferred(0)).isFalse();
    assertThat(tables.traffic.frames(0, 0)).isEqualTo(1);
    assertThat(tables.traffic.bytes(0, 0)).isEqualTo(40);
    assertThat(tables.traffic.firstFrame(0)).isEqualTo(1);
    assertThat(tables.attempts.count()).isZero();
    assertThat(talk.after(1).client(ACK, 1001, 5001, 0).connected).isTrue();
    talk.finish();
    assertThat(talk.events).containsExactly("promoted", "closed");
  }

  @Test
  void tellsAttemptsThatNothingAnswered() {
    talk.client(SYN, 1000, 0, 0);
    talk.after(1000).client(SYN, 1000, 0, 0);
    assertThat(tables.attempts.tries(0)).isEqualTo(2);
    assertThat(tables.attempts.last(0) - tables.attempts.began(0)).isEqualTo(1_000_000_000L);
    assertThat(Address.text(0, tables.addresses.low(tables.attempts.address(0, 1))))
        .isEqualTo("10.0.0.2");
    assertThat(tables.attempts.port(0, 0)).isEqualTo(4000);
    talk.finish();
    assertThat(talk.events).containsExactly("lapsed");
  }

  @Test
  void takesASynOfAnotherNumberForAnotherAttemptAtFirst() {
    talk.client(SYN, 1000, 0, 0);
    Analysis a = talk.after(1000).client(SYN, 2000, 0, 0);
    assertThat(a.newAttempt).isTrue();
    assertThat(a.first).isFalse();
    assertThat(talk.events).containsExactly("promoted");
  }

  @Test
  void beginsAFlowAtASynOfAnotherNumberAfterPayloadOrFinOr3Seconds() {
    talk.connect().client(ACK, 1001, 5001, 10);
    assertThat(talk.client(SYN, 9000, 0, 0).first).isTrue();
    assertThat(talk.events).containsExactly("promoted", "closed", "opened");
    assertThat(tables.traffic.payload(0, 0)).isZero();
    assertThat(talk.after(2900).client(SYN, 9500, 0, 0).first).isFalse();
    assertThat(talk.after(3001).client(SYN, 9900, 0, 0).first).isTrue();
  }

  @Test
  void beginsAFlowAfterAMinutesSilenceWhereThereAreNoConnections() {
    talk.udp(1, 2, 5000, 53, 10);
    assertThat(talk.after(30_000).udp(2, 1, 53, 5000, 10).side).isEqualTo(1);
    talk.after(30_000).udp(7, 8, 1, 2, 10);
    Analysis a = talk.after(30_001).udp(2, 1, 53, 5000, 10);
    assertThat(a.first).isTrue();
    assertThat(a.flow).isZero();
    assertThat(tables.flows.opener(0)).isEqualTo(1);
    assertThat(tables.timeline.piece()).isZero();
  }

  @Test
  void endsFlowsWhereTheFileJumps() {
    talk.connect();
    Analysis a = talk.after(60_001).client(ACK, 1001, 5001, 10);
    assertThat(a.first).isTrue();
    assertThat(tables.timeline.piece()).isEqualTo(1);
    assertThat(tables.timeline.jumped()).isEqualTo(60_001_000_000L);
    assertThat(tables.timeline.pieceEnd(0) - tables.timeline.start()).isEqualTo(11_000_000);
    assertThat(talk.events).containsExactly("promoted", "closed", "opened");
  }

  @Test
  void keepsFlowsOfDifferentVlansApartButNotTheDirectionsOfOne() {
    talk.vlan(80).client(ACK, 1, 1, 10);
    assertThat(talk.vlan(0).server(ACK, 1, 11, 10).flow).isZero();
    assertThat(talk.vlan(81).client(ACK, 500, 1, 10).flow).isEqualTo(1);
    assertThat(talk.vlan(80).client(ACK, 11, 1, 10).flow).isZero();
  }

  @Test
  void keepsTheVlanOfASynWhoseAnswerHasAnother() {
    talk.vlan(81).client(SYN, 1000, 0, 0);
    assertThat(talk.vlan(80).server(SYN | ACK, 5000, 1001, 0).flow).isZero();
    assertThat(tables.flows.vlan(0, 0)).isEqualTo(81);
    assertThat(tables.flows.vlan(0, 1)).isEqualTo(80);
    assertThat(talk.vlan(81).client(ACK, 1001, 5001, 0).connected).isTrue();
  }

  @Test
  void keepsIcmpEchoesApartByTheirIds() {
    talk.ip(1, 2, 1, octets().hex("0800 0000 0001 0001").get());
    assertThat(talk.ip(2, 1, 1, octets().hex("0000 0000 0001 0001").get()).flow).isZero();
    assertThat(talk.ip(1, 2, 1, octets().hex("0800 0000 0002 0001").get()).flow).isEqualTo(1);
  }

  @Test
  void findsTheFlowThatAnIcmpErrorIsAbout() {
    talk.connect();
    byte[] quoted = Arrays.copyOf(Frames.ipv4(1, 2, 6, 9, Frames.tcp(4000, 443, 1001, 0, ACK)), 28);
    Analysis a = talk.ip(9, 1, 1, octets().hex("0304 0000 00000500").bytes(quoted).get());
    assertThat(a.quotedFlow).isZero();
    assertThat(a.quotedSide).isZero();
    assertThat(a.flow).isNotZero();
  }

  @Test
  void findsTheAttemptThatAnIcmpErrorIsAbout() {
    talk.client(SYN, 1000, 0, 0);
    byte[] quoted = Arrays.copyOf(Frames.ipv4(1, 2, 6, 9, Frames.tcp(4000, 443, 1000, 0, SYN)), 28);
    Analysis a = talk.ip(9, 1, 1, octets().hex("0301 0000 00000000").bytes(quoted).get());
    assertThat(a.quotedAttempt).isZero();
    assertThat(a.quotedFlow).isEqualTo(Analysis.NONE);
  }

  @Test
  void infersTheClientWhereTheSynIsMissing() {
    assertThat(client(443, 50_000)).isEqualTo(1);
    assertThat(client(50_000, 443)).isZero();
    assertThat(client(50_000, 8080)).isZero();
    assertThat(client(8080, 50_000)).isEqualTo(1);
    assertThat(client(40_000, 50_000)).isZero();
    assertThat(client(50_000, 40_000)).isZero();
    talk.tcp(3, 2, 40_001, 40_000, ACK, 1, 1, 10);
    talk.tcp(4, 2, 40_001, 40_000, ACK, 1, 1, 10);
    assertThat(client(40_000, 60_000)).isEqualTo(1);
  }

  /** The client's side of a flow that begins with payload from host 2. */
  private int client(int port, int toPort) {
    int flow = talk.tcp(2, 1, port, toPort, ACK, 1, 1, 10).flow;
    assertThat(tables.flows.clientInferred(flow)).isTrue();
    return tables.flows.client(flow);
  }

  @Test
  void foldsFinishedFlowsFirstWhereTheTableIsFull() {
    for (int port = 1; port <= 1024; port++) {
      boolean finished = port % 4 == 0;
      talk.clientPort(port).client(ACK, 1, 1, finished ? 1000 : 10);
      talk.client(finished ? Packet.RST : ACK, 1001, 1, 0);
    }
    assertThat(tables.foldedFlows()).isZero();
    talk.clientPort(2000).client(ACK, 1, 1, 10);
    assertThat(tables.foldedFlows()).isEqualTo(128);
    assertThat(talk.clientPort(1).client(ACK, 11, 1, 10).first).isFalse();
    assertThat(talk.clientPort(4).client(ACK, 11, 1, 10).first).isTrue();
    assertThat(talk.clientPort(1024).client(ACK, 11, 1, 10).first).isFalse();
  }

  @Test
  void letsAScanDriveNoFlowOut() {
    talk.connect();
    for (int port = 1; port <= 3000; port++) {
      talk.tcp(3, 4, 60_000, port, SYN, port, 0, 0);
    }
    assertThat(tables.foldedFlows()).isZero();
    assertThat(tables.foldedAttempts()).isEqualTo(3000 - 1024);
    assertThat(talk.client(ACK, 1001, 5001, 10).first).isFalse();
  }

  @Test
  void endsWithNothingHeldThatWasFolded() {
    for (int host = 0; host < 20_000; host++) {
      talk.tcp(host, 60_000 + host, 1, 2, host % 2 == 0 ? SYN : ACK, 7, 0, 0);
    }
    assertThat(tables.flows.count()).isLessThanOrEqualTo(1024);
    assertThat(tables.attempts.count()).isLessThanOrEqualTo(1024);
    assertThat(tables.addresses.room()).isNotNegative();
    talk.finish();
    long closed = talk.events.stream().filter("closed"::equals).count();
    long lapsed = talk.events.stream().filter("lapsed"::equals).count();
    assertThat(closed).isEqualTo(10_000);
    assertThat(lapsed).isEqualTo(10_000);
  }
}
