package dev.alertcapture.evidence.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.packet.Packet;
import org.junit.jupiter.api.Test;

/** The rules that are easily got wrong; all of them are compared with tshark itself elsewhere. */
class MarkingTest {
  private static final int ACK = Packet.ACK;

  private final Conversation talk = new Conversation().connect();

  private static String names(int marks) {
    StringBuilder out = new StringBuilder();
    Marks.append(out, marks);
    return out.toString();
  }

  @Test
  void marksAResendAndShowsFastAndSpuriousOnesAsResendsToo() {
    talk.client(ACK, 1001, 5001, 100);
    assertThat(names(talk.after(300).client(ACK, 1001, 5001, 100).marks))
        .isEqualTo("retransmission");
    talk.server(ACK, 5001, 1101, 0);
    assertThat(names(talk.client(ACK, 1001, 5001, 100).marks))
        .isEqualTo("retransmission,spurious_retransmission");
  }

  @Test
  void marksAFastResendWithin20MsOfTwoDuplicateAcks() {
    talk.client(ACK, 1001, 5001, 100);
    talk.client(ACK, 1101, 5001, 100);
    talk.server(ACK, 5001, 1001, 0);
    assertThat(names(talk.server(ACK, 5001, 1001, 0).marks)).isEqualTo("duplicate_ack");
    talk.server(ACK, 5001, 1001, 0);
    assertThat(names(talk.after(19).client(ACK, 1001, 5001, 100).marks))
        .isEqualTo("fast_retransmission,retransmission");
    assertThat(names(talk.after(20).client(ACK, 1001, 5001, 100).marks))
        .isEqualTo("retransmission");
  }

  @Test
  void callsItOutOfOrderWithinTheInitialRoundTripOf11Ms() {
    assertThat(names(talk.client(ACK, 1101, 5001, 100).marks)).isEqualTo("lost_segment");
    assertThat(names(talk.after(10.9).client(ACK, 1001, 5001, 50).marks)).isEqualTo("out_of_order");
    assertThat(names(talk.after(0.1).client(ACK, 1051, 5001, 50).marks))
        .isEqualTo("retransmission");
  }

  @Test
  void takesEverythingForContiguousOnceTheNextByteComes() {
    talk.client(ACK, 1201, 5001, 100);
    talk.client(ACK, 1001, 5001, 100);
    assertThat(names(talk.server(ACK, 5001, 1301, 0).marks)).isEmpty();
    assertThat(names(talk.server(ACK, 5001, 1401, 0).marks)).isEqualTo("ack_lost_segment");
  }

  @Test
  void marksWindows() {
    talk.client(ACK, 1001, 5001, 900);
    assertThat(names(talk.client(ACK, 1901, 5001, 100).marks)).isEqualTo("window_full");
    assertThat(names(talk.client(ACK, 2000, 5001, 1).marks)).isEqualTo("keep_alive,window_full");
  }

  @Test
  void marksReusedPorts() {
    assertThat(names(talk.client(Packet.SYN, 9000, 0, 0).marks)).isEqualTo("reused_ports");
    talk.server(Packet.SYN | ACK, 7000, 9001, 0);
    assertThat(names(talk.server(Packet.SYN | ACK, 8000, 9001, 0).marks))
        .isEqualTo("lost_segment,reused_ports");
    assertThat(names(talk.server(Packet.SYN | ACK, 8000, 9001, 0).marks))
        .isEqualTo("retransmission");
  }

  @Test
  void goesOnAfterSilenceAndJumpsAsTsharkDoes() {
    talk.client(ACK, 1001, 5001, 100);
    Analysis a = talk.after(100_000).client(ACK, 1001, 5001, 100);
    assertThat(names(a.marks)).isEqualTo("retransmission");
    assertThat(a.segment).isEqualTo(SegmentClass.NEW);
    assertThat(a.first).isTrue();
  }

  @Test
  void marksRepeatedSynsThatNothingAnswered() {
    Conversation lonely = new Conversation();
    assertThat(names(lonely.client(Packet.SYN, 1000, 0, 0).marks)).isEmpty();
    Analysis a = lonely.after(1000).client(Packet.SYN, 1000, 0, 0);
    assertThat(names(a.marks)).isEqualTo("retransmission");
    assertThat(a.attempt).isZero();
    assertThat(a.segment).isEqualTo(SegmentClass.CONTROL_AGAIN);
  }
}
