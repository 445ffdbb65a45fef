package dev.alertcapture.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the file back with the format's definition, and recomputes every checksum. */
class PcapFileTest {
  private static final Instant START = Instant.parse("2026-03-17T03:37:37.429101Z");

  private record Packet(Instant time, int originalLength, ByteBuffer bytes) {
    int length() {
      return bytes.capacity();
    }

    byte[] part(int from, int to) {
      byte[] part = new byte[to - from];
      bytes.get(from, part);
      return part;
    }
  }

  @Test
  void theHeaderIsThatOfAClassicEthernetCapture() {
    ByteBuffer file = open(PcapFile.bytes(START, 0));
    assertThat(file.getInt()).isEqualTo(0xA1B2C3D4);
    assertThat(file.getShort()).isEqualTo((short) 2);
    assertThat(file.getShort()).isEqualTo((short) 4);
    assertThat(file.getLong()).isZero();
    assertThat(file.getInt()).isEqualTo(262_144);
    assertThat(file.getInt()).isEqualTo(1);
  }

  @Test
  void thePacketsFollowEachOtherFromTheStart() {
    List<Packet> packets = packets(PcapFile.bytes(START, 0));
    assertThat(packets).hasSize(5);
    assertThat(packets.get(0).time).isEqualTo(START);
    assertThat(packets).extracting(Packet::time).isSorted();
    assertThat(packets).allMatch(each -> each.originalLength == each.length());
  }

  @Test
  void everyChecksumIsRight() {
    for (Packet packet : packets(PcapFile.bytes(START, 0))) {
      ByteBuffer frame = packet.bytes;
      assertThat(frame.getShort(12)).as("IPv4").isEqualTo((short) 0x0800);
      assertThat(frame.getShort(16)).as("total length").isEqualTo((short) (packet.length() - 14));
      assertThat(sum(packet.part(14, 34))).as("IP").isEqualTo(0xFFFF);

      byte[] segment = packet.part(34, packet.length());
      ByteBuffer pseudo = ByteBuffer.allocate(12 + segment.length);
      pseudo.put(packet.part(26, 34));
      pseudo.putShort(frame.get(23)).putShort((short) segment.length).put(segment);
      assertThat(sum(pseudo.array())).as("TCP or UDP").isEqualTo(0xFFFF);
    }
  }

  @Test
  void itShowsADnsAnswerAndAHandshake() {
    List<Packet> packets = packets(PcapFile.bytes(START, 0));
    assertThat(packets)
        .extracting(each -> (int) each.bytes.get(23))
        .containsExactly(17, 17, 6, 6, 6);
    assertThat(packets.subList(2, 5))
        .extracting(each -> (int) each.bytes.get(47))
        .containsExactly(0x02, 0x12, 0x10);
    for (Packet dns : packets.subList(0, 2)) {
      assertThat(dns.bytes.getShort(38)).as("UDP length").isEqualTo((short) (dns.length() - 34));
    }
    Packet answer = packets.get(1);
    assertThat(answer.part(answer.length() - 4, answer.length()))
        .isEqualTo(packets.get(2).part(30, 34));
  }

  @Test
  void packetsAreCutToTheLengthAskedFor() {
    assertThat(packets(PcapFile.bytes(START, 34)))
        .allMatch(each -> each.length() == 34 && each.originalLength > 34);
  }

  private static List<Packet> packets(byte[] bytes) {
    ByteBuffer file = open(bytes).position(24);
    List<Packet> packets = new ArrayList<>();
    while (file.hasRemaining()) {
      Instant time = Instant.ofEpochSecond(file.getInt(), file.getInt() * 1_000L);
      byte[] packet = new byte[file.getInt()];
      int originalLength = file.getInt();
      file.get(packet);
      packets.add(new Packet(time, originalLength, ByteBuffer.wrap(packet)));
    }
    return packets;
  }

  private static ByteBuffer open(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The ones' complement sum, which is all ones over data that holds its right checksum. */
  private static int sum(byte[] data) {
    int sum = 0;
    for (int i = 0; i < data.length; i++) {
      sum += (data[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return sum;
  }
}
