package dev.alertcapture.evidence.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.packet.TcpOptions;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  private void again(int sequence) {
    Packet packet = new Packet();
    packet.sequence = sequence;
    packet.payloadLength = 1000;
    tally.again(packet, false, 1);
  }

  private void selective(int acknowledgment, int from, int to) {
    TcpOptions options = new TcpOptions();
    options.blocks = 1;
    options.blockFrom[0] = from;
    options.blockTo[0] = to;
    tally.selective(options, acknowledgment);
  }

  @Test
  void whatTheReceiverLacksIsInItsHole() {
    selective(1000, 2000, 3000);
    again(1000);
    assertThat(tally.times(Tally.HOLE)).isEqualTo(1);
    assertThat(tally.bytes(Tally.HOLE)).isEqualTo(1000);
  }

  @Test
  void whatItLackedAtFirstAndGotTwiceWasOvertaken() {
    selective(1000, 2000, 3000);
    again(1000);
    selective(3000, 1000, 2000);
    assertThat(tally.times(Tally.HOLE)).isZero();
    assertThat(tally.times(Tally.OVERTAKEN)).isEqualTo(1);
  }

  @Test
  void aReportMovesTheResendThatItIsAboutOnce() {
    again(1000);
    again(2000);
    selective(3000, 1000, 2000);
    selective(3000, 1000, 2000);
    assertThat(tally.times(Tally.REPORTED)).isEqualTo(1);
    assertThat(tally.times(Tally.OPEN)).isEqualTo(1);
  }

  @Test
  void aReportAboutACopyMovesNothing() {
    again(1000);
    selective(9000, 5000, 6000);
    assertThat(tally.times(Tally.REPORTED)).isZero();
  }

  @Test
  void numbersWrapAround() {
    selective(-500, 500, 1500);
    again(-500);
    assertThat(tally.times(Tally.HOLE)).isEqualTo(1);
  }
}
