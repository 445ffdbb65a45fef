package dev.alertcapture.evidence.pcap;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Octets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngRecordsTest {
  private static final String SECTION = "1A2B3C4D 00010000 FFFFFFFFFFFFFFFF";

  private static byte[] block(long type, byte... body) {
    int length = 12 + body.length;
    return octets().u32(type).u32(length).bytes(body).u32(length).get();
  }

  private static byte[] section() {
    return block(0x0A0D0D0AL, octets().hex(SECTION).get());
  }

  private static byte[] ethernet(int snapLength, String options) {
    return block(1, octets().u16(1).u16(0).u32(snapLength).hex(options).get());
  }

  private static byte[] enhanced(int from, long stamp, String data) {
    byte[] bytes = octets().hex(data).get();
    Octets body = octets().u32(from).u64(stamp).u32(bytes.length).u32(60).bytes(bytes);
    return block(6, body.zeros(-bytes.length & 3).get());
  }

  private static CaptureReader reader(byte[]... blocks) throws IOException {
    Octets file = octets();
    for (byte[] block : blocks) {
      file.bytes(block);
    }
    return new CaptureReader(new ByteArrayInputStream(file.get()));
  }

  @Test
  void readsEnhancedPackets() throws IOException {
    CaptureReader reader =
        reader(section(), ethernet(0, ""), enhanced(0, 1_500_000, "AABBCC"), section());

    assertThat(reader.next()).isTrue();
    CaptureRecord record = reader.record();
    assertThat(record.time).isEqualTo(1_500_000_000L);
    assertThat(record.captured).isEqualTo(3);
    assertThat(record.length).isEqualTo(60);
    assertThat(record.data[record.from]).isEqualTo((byte) 0xAA);
    assertThat(record.offset).isEqualTo(28 + 20);
    assertThat(reader.next()).isFalse();
    assertThat(reader.ending()).isEqualTo(Ending.WHOLE);
    assertThat(reader.facts().sections).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    // if_tsresol in decimal and binary, and if_tsoffset.
    "0009000109000000, 1500000000, 1500000000",
    "000900010A000000, 15, 1",
    "0009000103000000, 1500, 1500000000",
    "0009000194000000, 1572864, 1500000000",
    "00090001BC000000, 1729382256910270464, 1500000000",
    "0009000106000000 000E0008 0000000000000064, 1500000, 101500000000",
    "0009000106000000 000E0008 8000000000000000, 1500000, 0",
    "0009000100000000, 1500000000000, 0",
  })
  void readsTimesInTheUnitsOfTheirInterface(String options, long stamp, long nanoseconds)
      throws IOException {
    CaptureReader reader = reader(section(), ethernet(0, options), enhanced(0, stamp, "AA"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().time).isEqualTo(nanoseconds);
  }

  @Test
  void cutsASimplePacketAtTheSnapLengthAndGivesItNoTime() throws IOException {
    byte[] simple = block(3, octets().u32(60).zeros(4).get());
    CaptureReader reader = reader(section(), ethernet(4, ""), simple);
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().captured).isEqualTo(4);
    assertThat(reader.record().length).isEqualTo(60);
    assertThat(reader.record().timed).isFalse();
  }

  @Test
  void readsOldPacketBlocks() throws IOException {
    byte[] old = block(2, octets().u16(0).u16(7).u64(5).u32(4).u32(4).zeros(4).get());
    CaptureReader reader = reader(section(), ethernet(0, ""), old);
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().time).isEqualTo(5_000);
  }

  @Test
  void countsCustomBlocksAsFramesWithoutAPacket() throws IOException {
    byte[] custom = block(0xBAD, octets().u32(1).get());
    byte[] names = block(4, octets().u32(0).get());
    CaptureReader reader = reader(section(), ethernet(0, ""), names, custom, enhanced(0, 1, "AA"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().packet).isFalse();
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().packet).isTrue();
    assertThat(reader.record().frame).isEqualTo(2);
    assertThat(reader.facts().customBlocks).isEqualTo(1);
  }

  @Test
  void countsInterfacesAnewInEachSection() throws IOException {
    byte[] raw = block(1, octets().u16(101).u16(0).u32(0).get());
    CaptureReader reader = reader(section(), ethernet(0, ""), section(), raw, enhanced(0, 1, "45"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().link).isEqualTo(LinkTypes.RAW);
    assertThat(reader.record().interfaceId).isEqualTo(1);
  }

  @Test
  void readsSectionsOfTheOtherByteOrder() throws IOException {
    byte[] little =
        octets()
            .hex("0A0D0D0A 1C000000 4D3C2B1A 01000000 FFFFFFFFFFFFFFFF 1C000000")
            .hex("01000000 14000000 0100 0000 00000000 14000000")
            .hex("06000000 24000000 00000000 00000000 07000000 01000000 09000000")
            .hex("AA000000 24000000")
            .get();
    CaptureReader reader = reader(section(), ethernet(0, ""), enhanced(0, 1, "AA"), little);
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().time).isEqualTo(7_000);
    assertThat(reader.record().length).isEqualTo(9);
  }

  @Test
  void keepsTheLastDropCountersOfEachInterfaceAndAddsThemUp() throws IOException {
    String counters = "00040008 00000000000000%s 00050008 00000000000000%s";
    byte[] early = statistics(0, counters.formatted("0A", "01"));
    byte[] late = statistics(0, counters.formatted("14", "03"));
    byte[] other = statistics(1, counters.formatted("05", "02"));
    CaptureReader reader = reader(section(), ethernet(0, ""), ethernet(0, ""), early, other, late);
    assertThat(reader.next()).isFalse();
    assertThat(reader.facts().received).isEqualTo(25);
    assertThat(reader.facts().dropped).isEqualTo(5);
  }

  private static byte[] statistics(int from, String options) {
    return block(5, octets().u32(from).u64(0).hex(options).u32(0).get());
  }

  @Test
  void tellsTheWriterOfTheFile() throws IOException {
    byte[] options = octets().u16(3).u16(5).text("Linux").zeros(3).u16(4).u16(8).get();
    byte[] body = octets().hex(SECTION).bytes(options).text("dumpcap\0").get();
    CaptureReader reader = reader(block(0x0A0D0D0AL, body));
    assertThat(reader.next()).isFalse();
    assertThat(reader.facts().system).isEqualTo("Linux");
    assertThat(reader.facts().application).isEqualTo("dumpcap");
  }

  @Test
  void isDamagedAtAnInterfaceThatWasNotDescribed() throws IOException {
    CaptureReader reader = reader(section(), ethernet(0, ""), enhanced(1, 1, "AA"));
    assertThat(reader.next()).isFalse();
    assertThat(reader.ending()).isEqualTo(Ending.DAMAGED);
  }

  @Test
  void isDamagedWhereBothLengthsOfABlockDiffer() throws IOException {
    byte[] packet = enhanced(0, 1, "AABBCCDD");
    packet[packet.length - 1] ^= 4;
    CaptureReader reader = reader(section(), ethernet(0, ""), packet);
    assertThat(reader.next()).isFalse();
    assertThat(reader.ending()).isEqualTo(Ending.DAMAGED);
  }

  @Test
  void isDamagedWhereAPacketIsLongerThanItsBlock() throws IOException {
    byte[] packet = enhanced(0, 1, "AABBCCDD");
    packet[23] = 5;
    CaptureReader reader = reader(section(), ethernet(0, ""), packet);
    assertThat(reader.next()).isFalse();
    assertThat(reader.ending()).isEqualTo(Ending.DAMAGED);
  }

  @Test
  void passesOverALongBlock() throws IOException {
    byte[] secrets = block(10, new byte[1 << 20]);
    CaptureReader reader = reader(section(), ethernet(0, ""), secrets, enhanced(0, 1, "AA"));
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().offset).isEqualTo(28 + 20 + 12 + (1 << 20));
  }
}
