package dev.alertcapture.evidence.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.packet.Packet;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private static final int ACK = Packet.ACK;

  private final Conversation talk = new Conversation().connect();

  private Analysis data(int id, int ttl) {
    return talk.id(id).ttl(ttl).client(ACK, 1001, 5001, 100);
  }

  @Test
  void takesTheSamePacketWithin100MsForACopyAndOutOfTheCounts() {
    data(77, 64);
    talk.after(100);
    Analysis a = data(77, 63);
    assertThat(a.copy).isTrue();
    assertThat(a.segment).isEqualTo(SegmentClass.NONE);
    assertThat(talk.tables.traffic.payload(0, 0)).isEqualTo(100);
    assertThat(talk.tables.traffic.frames(0, 0)).isEqualTo(4);
  }

  @Test
  void putsACopyOfAnotherVlanIntoTheFlowOfItsOriginal() {
    data(77, 64);
    talk.vlan(5);
    Analysis a = data(77, 64);
    assertThat(a.copy).isTrue();
    assertThat(a.flow).isZero();
    assertThat(talk.tables.flows.vlan(0, 0)).isZero();
    assertThat(talk.tables.traffic.frames(0, 0)).isEqualTo(4);
    assertThat(talk.tables.traffic.payload(0, 0)).isEqualTo(100);
  }

  @Test
  void takesTheSamePacketLaterForAResend() {
    data(77, 64);
    talk.after(101);
    assertThat(data(77, 64).segment).isEqualTo(SegmentClass.AGAIN);
  }

  @Test
  void takesPayloadWithoutIdForACopyWithin2Ms() {
    data(0, 64);
    talk.after(1.9);
    assertThat(data(0, 64).copy).isTrue();
    talk.after(2.1);
    assertThat(data(0, 64).copy).isFalse();
  }

  @Test
  void takesNothingWithoutIdForACopyAfterAPacketOfTheOtherSide() {
    data(0, 64);
    talk.server(ACK, 5001, 1101, 0);
    assertThat(data(0, 64).copy).isFalse();
    data(77, 64);
    talk.server(ACK, 5001, 1101, 10);
    assertThat(data(77, 64).copy).isTrue();
  }

  @Test
  void takesEqualDatagramsWithoutIdForCopiesOnlyFromAnotherPlace() {
    talk.id(0).udp(1, 2, 514, 514, 10);
    assertThat(talk.udp(1, 2, 514, 514, 10).copy).isFalse();
    assertThat(talk.mac(7).udp(1, 2, 514, 514, 10).copy).isTrue();
  }

  @Test
  void takesBareAcksWithoutIdForCopiesOnceTheFlowHadSureOnes() {
    talk.id(0).client(ACK, 1001, 5001, 0);
    assertThat(talk.client(ACK, 1001, 5001, 0).copy).isFalse();
    for (int i = 0; i < 5; i++) {
      talk.after(5).client(ACK, 1001 + 10L * i, 5001, 10);
      assertThat(talk.client(ACK, 1001 + 10L * i, 5001, 10).copy).isTrue();
    }
    talk.client(ACK, 1051, 5001, 0);
    assertThat(talk.client(ACK, 1051, 5001, 0).copy).isTrue();
  }

  @Test
  void seesALoopWhereTheTtlFallsAThirdTime() {
    data(77, 64);
    assertThat(data(77, 62).copy).isTrue();
    Analysis third = data(77, 60);
    assertThat(third.copy).isFalse();
    assertThat(third.loop).isTrue();
    assertThat(data(77, 58).loop).isTrue();
  }
}
