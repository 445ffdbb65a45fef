package dev.alertcapture.evidence.packet;

import static dev.alertcapture.evidence.Frames.ethernet;
import static dev.alertcapture.evidence.Frames.fragment;
import static dev.alertcapture.evidence.Frames.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.pcap.CaptureRecord;
import dev.alertcapture.evidence.pcap.LinkTypes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private static final int MORE = 0x2000;
  private static final byte[] DATAGRAM = udp(53, 4000, new byte[3000]);

  private final Decoder decoder = new Decoder();

  private Packet add(int from, int to, long time, int cut) {
    int field = from / 8 | (to < DATAGRAM.length ? MORE : 0);
    byte[] frame =
        ethernet(0x0800, fragment(1, 2, 17, 77, field, Arrays.copyOfRange(DATAGRAM, from, to)));
    CaptureRecord record = new CaptureRecord();
    record.data = frame;
    record.captured = frame.length - cut;
    record.length = frame.length;
    record.link = LinkTypes.ETHERNET;
    record.time = time;
    return decoder.decode(record);
  }

  private Packet add(int from, int to) {
    return add(from, to, 0, 0);
  }

  @Test
  void decodesADatagramAtTheFragmentThatCompletesIt() {
    assertThat(add(0, 1480).fragment).isEqualTo(Packet.FIRST);
    assertThat(add(1480, 2960).fragment).isEqualTo(Packet.LATER);

    Packet p = add(2960, 3008);

    assertThat(p.fragment).isEqualTo(Packet.COMPLETING);
    assertThat(p.lengthKnown).isTrue();
    assertThat(p.payloadLength).isEqualTo(3000);
    assertThat(p.payloadTo - p.payloadFrom).isEqualTo(3000);
    assertThat(p.destinationPort).isEqualTo(4000);
    assertThat(p.ipLength).isEqualTo(20 + 48);
  }

  @Test
  void completesFromAnyOrderAndWithRepeats() {
    add(2960, 3008);
    add(1480, 2960);
    add(1480, 2960);
    assertThat(add(0, 1480).fragment).isEqualTo(Packet.COMPLETING);
  }

  @Test
  void givesLaterFragmentsThePortsOfTheFirst() {
    assertThat(add(1480, 2960).transport).isEqualTo(Packet.NONE);
    Packet first = add(0, 1480);
    assertThat(first.sourcePort).isEqualTo(53);
    assertThat(first.lengthKnown).isFalse();
    assertThat(add(1480, 2000).sourcePort).isEqualTo(53);
  }

  @Test
  void neverCompletesWithACutOrMissingFragment() {
    add(0, 1480);
    assertThat(add(1480, 2960, 0, 1).fragment).isEqualTo(Packet.LATER);
    assertThat(add(2960, 3008).fragment).isEqualTo(Packet.LATER);
  }

  @Test
  void forgetsFragmentsAfterAMinute() {
    add(0, 1480);
    add(1480, 2960);
    assertThat(add(2960, 3008, 60_000_000_000L, 0).fragment).isEqualTo(Packet.LATER);
  }
}
