package dev.alertcapture.evidence.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.packet.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencesTest {
  private static final int ACK = Packet.ACK;

  private final Conversation talk = new Conversation();

  private Sequences sequences() {
    return talk.tables.sequences;
  }

  @Test
  void callsBytesThatWereSeenAgain() {
    talk.connect().client(ACK, 1001, 5001, 100);
    Analysis a = talk.after(300).client(ACK, 1001, 5001, 100);
    assertThat(a.segment).isEqualTo(SegmentClass.AGAIN);
    assertThat(a.newBytes).isZero();
    assertThat(a.againBytes).isEqualTo(100);
  }

  @Test
  void callsBytesThatWereMissingAGap() {
    talk.connect().client(ACK, 1101, 5001, 100);
    assertThat(sequences().gaps(0, 0)).isEqualTo(1);
    Analysis a = talk.after(1).client(ACK, 1001, 5001, 100);
    assertThat(a.segment).isEqualTo(SegmentClass.GAP);
    assertThat(a.newBytes).isEqualTo(100);
    assertThat(a.holeAge).isEqualTo(1_000_000);
    assertThat(sequences().gaps(0, 0)).isZero();
    assertThat(talk.client(ACK, 1001, 5001, 100).segment).isEqualTo(SegmentClass.AGAIN);
  }

  @Test
  void goesByTheGreaterPartOfASegment() {
    talk.connect().client(ACK, 1001, 5001, 60);
    talk.client(ACK, 1101, 5001, 10);
    Analysis most = talk.client(ACK, 1001, 5001, 100);
    assertThat(most.segment).isEqualTo(SegmentClass.AGAIN);
    assertThat(most.newBytes).isEqualTo(40);
    assertThat(most.againBytes).isEqualTo(60);
  }

  @Test
  void countsBytesBeyondTheHighestAsNewInASegmentThatBeginsBelow() {
    talk.connect().client(ACK, 1001, 5001, 100);
    Analysis a = talk.client(ACK, 1051, 5001, 100);
    assertThat(a.segment).isEqualTo(SegmentClass.AGAIN);
    assertThat(a.newBytes).isEqualTo(50);
    assertThat(sequences().highest(0, 0)).isEqualTo(1151);
  }

  @Test
  void splitsAGapThatIsFilledInItsMiddle() {
    talk.connect().client(ACK, 2001, 5001, 100);
    talk.client(ACK, 1301, 5001, 100);
    assertThat(sequences().gaps(0, 0)).isEqualTo(2);
    talk.client(ACK, 1001, 5001, 300);
    talk.client(ACK, 1401, 5001, 600);
    assertThat(sequences().gaps(0, 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0xFFFF_FF00L, 0xFFFF_FFFFL, 0x7FFF_FFF0L, 0})
  void countsOverTheWrapOfSequenceNumbers(long isn) {
    talk.client(Packet.SYN, isn, 0, 0);
    talk.server(Packet.SYN | ACK, 5000, isn + 1, 0);
    talk.client(ACK, isn + 1, 5001, 200);
    talk.client(ACK, isn + 601, 5001, 200);
    assertThat(talk.client(ACK, isn + 201, 5001, 400).segment).isEqualTo(SegmentClass.GAP);
    assertThat(talk.client(ACK, isn + 1, 5001, 800).segment).isEqualTo(SegmentClass.AGAIN);
    assertThat(talk.client(ACK, isn + 801, 5001, 800).segment).isEqualTo(SegmentClass.NEW);
  }

  @Test
  void callsBytesUnderTheFirstOneOfAStartInMidStreamBefore() {
    talk.client(ACK, 1000, 5000, 100);
    assertThat(talk.client(ACK, 900, 5000, 100).segment).isEqualTo(SegmentClass.BEFORE);
  }

  @Test
  void letsNoBareAckSetOrMoveAByte() {
    talk.client(ACK, 5000, 1, 0);
    assertThat(sequences().started(0, 0)).isFalse();
    assertThat(talk.client(ACK, 1000, 1, 100).segment).isEqualTo(SegmentClass.NEW);
    talk.client(ACK, 1300, 1, 0);
    assertThat(sequences().highest(0, 0)).isEqualTo(1100);
  }

  @Test
  void callsRepeatedSynsAndFinsControlAgain() {
    talk.connect().client(Packet.FIN | ACK, 1001, 5001, 0);
    assertThat(talk.client(Packet.FIN | ACK, 1001, 5001, 0).segment)
        .isEqualTo(SegmentClass.CONTROL_AGAIN);
    assertThat(talk.server(Packet.SYN | ACK, 5000, 1001, 0).segment)
        .isEqualTo(SegmentClass.CONTROL_AGAIN);
  }

  @Test
  void neverCallsAKeepAliveAResend() {
    talk.connect().client(ACK, 1001, 5001, 100);
    assertThat(talk.client(ACK, 1100, 5001, 1).segment).isEqualTo(SegmentClass.KEEP_ALIVE);
    assertThat(talk.client(ACK, 1100, 5001, 0).segment).isEqualTo(SegmentClass.KEEP_ALIVE);
    // What follows a probe that was accepted begins with its byte.
    Analysis a = talk.client(ACK, 1100, 5001, 100);
    assertThat(a.segment).isEqualTo(SegmentClass.NEW);
    assertThat(a.newBytes).isEqualTo(99);
  }

  @Test
  void callsAGapLateByTheSendersIds() {
    talk.connect();
    for (int i = 0; i < 20; i++) {
      talk.after(1).client(ACK, 1001 + 100 * i, 5001, 100);
    }
    // The ids tell: sent before what overtook it, or after, whatever the time.
    talk.id(3001).client(ACK, 3101, 5001, 100);
    assertThat(talk.after(50).id(3000).client(ACK, 3001, 5001, 100).late).isFalse();
    talk.id(3002).client(ACK, 3301, 5001, 100);
    assertThat(talk.id(3003).client(ACK, 3201, 5001, 100).late).isTrue();
  }

  @Test
  void callsAGapLateAfterHalfARoundTripWhereIdsSayNothing() {
    talk.id(0).connect();
    talk.server(ACK, 5101, 1001, 100);
    assertThat(talk.after(4.9).server(ACK, 5001, 1001, 100).late).isFalse();
    talk.server(ACK, 5301, 1001, 100);
    assertThat(talk.after(5.1).server(ACK, 5201, 1001, 100).late).isTrue();
  }

  @Test
  void measuresTheLegsOfAHandshakeUnlessItWasRetried() {
    assertThat(talk.connect().tables.handshakes.leg(0, 1)).isEqualTo(10_000);
    assertThat(talk.tables.handshakes.leg(0, 0)).isEqualTo(1_000);

    Conversation retried = new Conversation();
    retried.client(Packet.SYN, 1000, 0, 0);
    retried.after(1000).connect();
    assertThat(retried.tables.handshakes.leg(0, 1)).isEqualTo(-1);
    assertThat(retried.tables.handshakes.tries(0, 0)).isEqualTo(2);
    retried.client(ACK, 1001, 5001, 100);
    retried.after(7).server(ACK, 5001, 1101, 0);
    assertThat(retried.tables.acknowledgments.roundTrip(0, 1)).isEqualTo(7_000);
  }

  @Test
  void countsAcknowledgedBytesThatTheFileLacksAsMissed() {
    talk.connect().client(ACK, 1001, 5001, 100);
    talk.client(ACK, 1201, 5001, 100);
    assertThat(sequences().missed(0, 0)).isZero();
    talk.server(ACK, 5001, 1401, 0);
    assertThat(sequences().missed(0, 0)).isEqualTo(100);
    assertThat(sequences().missedAbove(0, 0)).isEqualTo(100);
  }

  @Test
  void believesNoAckBeyondItsSendersWindow() {
    talk.connect().client(ACK, 1001, 5001, 100);
    Analysis a = talk.server(ACK, 5001, 1102 + 1000, 0);
    assertThat(a.nonsenseAck).isTrue();
    assertThat(sequences().missedAbove(0, 0)).isZero();
    assertThat(talk.server(ACK, 5001, 1101 + 1000, 0).nonsenseAck).isFalse();
  }

  @Test
  void beginsASideAnewAtASynAckOfAnotherNumberUnlessItsOwnWasTaken() {
    talk.client(Packet.SYN, 1000, 0, 0);
    talk.server(Packet.SYN | ACK, 5000, 1001, 0);
    talk.server(Packet.SYN | ACK, 9000, 1001, 0);
    assertThat(sequences().highest(0, 1)).isEqualTo(9001);
    talk.client(ACK, 1001, 9001, 0);
    talk.server(Packet.SYN | ACK, 5000, 1001, 0);
    assertThat(sequences().highest(0, 1)).isEqualTo(9001);
    assertThat(talk.server(ACK, 9001, 1001, 100).segment).isEqualTo(SegmentClass.NEW);
  }

  @Test
  void keepsNoMoreGapsOfASideThanItsBound() {
    talk.connect();
    for (int i = 0; i < 1000; i++) {
      talk.client(ACK, 1101 + 200L * i, 5001, 100);
    }
    assertThat(sequences().gaps(0, 0)).isEqualTo(256);
    assertThat(sequences().droppedGaps()).isEqualTo(744);
    talk.server(ACK, 5001, 1001 + 200L * 1000, 0);
    assertThat(sequences().missed(0, 0)).isEqualTo(100 * 1000);
  }
}
