package dev.alertcapture.evidence.pcap;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.evidence.Frames;
import dev.alertcapture.evidence.Octets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
  private static final byte[] TWO_RECORDS =
      Frames.pcap(1)
          .bytes(Frames.record(1_500_000, (byte) 1, (byte) 2))
          .bytes(Frames.record(2_000_001, (byte) 3))
          .get();

  private static CaptureReader reader(byte... file) throws IOException {
    return new CaptureReader(new ByteArrayInputStream(file));
  }

  /** Reads to the end and says how many records there were. */
  private static long count(CaptureReader reader) throws IOException {
    while (reader.next()) {
      assertThat(reader.record().captured).isNotNegative();
    }
    return reader.record().frame;
  }

  private static byte[] gzip(byte... bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    return octets().bytes(first).bytes(second).get();
  }

  @ParameterizedTest
  @CsvSource({
    "A1B2C3D4 0002 0004, 0000012C, , 300000, pcap",
    "D4C3B2A1 0200 0400, 2C010000, , 300000, pcap",
    "A1B23C4D 0002 0004, 0000012C, , 300, pcap-ns",
    "4D3CB2A1 0200 0400, 2C010000, , 300, pcap-ns",
    "A1B2CD34 0002 0004, 0000012C, 0000000700080000, 300000, pcap-modified",
    "34CDB2A1 0200 0400, 2C010000, 0700000008000000, 300000, pcap-modified",
  })
  void readsEveryFormOfPcapInEitherByteOrder(
      String start, String fraction, String more, long nanoseconds, String format)
      throws IOException {
    boolean big = start.startsWith("A1");
    String one = big ? "00000001" : "01000000";
    String two = big ? "00000002" : "02000000";
    String nine = big ? "00000009" : "09000000";
    Octets file = octets().hex(start).zeros(8).hex(nine).hex(one);
    file.hex(two).hex(fraction).hex(two).hex(nine).hex(more == null ? "" : more).hex("AABB");

    CaptureReader reader = reader(file.get());

    assertThat(reader.next()).isTrue();
    CaptureRecord record = reader.record();
    assertThat(record.time).isEqualTo(2_000_000_000L + nanoseconds);
    assertThat(record.captured).isEqualTo(2);
    assertThat(record.length).isEqualTo(9);
    assertThat(record.link).isEqualTo(LinkTypes.ETHERNET);
    assertThat(record.data[record.from]).isEqualTo((byte) 0xAA);
    assertThat(reader.facts().format).isEqualTo(format);
    assertThat(reader.facts().snapLength).isEqualTo(9);
    assertThat(reader.next()).isFalse();
    assertThat(reader.ending()).isEqualTo(Ending.WHOLE);
  }

  @Test
  void numbersFramesFromOneAndKeepsTheirPlaceInTheFile() throws IOException {
    CaptureReader reader = reader(TWO_RECORDS);

    assertThat(reader.next()).isTrue();
    assertThat(reader.record().frame).isEqualTo(1);
    assertThat(reader.record().offset).isEqualTo(24);
    assertThat(reader.next()).isTrue();
    assertThat(reader.record().frame).isEqualTo(2);
    assertThat(reader.record().offset).isEqualTo(24 + 16 + 2);
  }

  @Test
  void takesTheLengthsOfVersionsBefore23TheOtherWayRound() throws IOException {
    byte[] file = octets().hex("A1B2C3D4 0002 0002").zeros(8).u32(99).u32(1).get();
    byte[] record = octets().u64(0).u32(9).u32(2).u16(0xAABB).get();

    CaptureReader reader = reader(join(file, record));

    assertThat(reader.next()).isTrue();
    assertThat(reader.record().captured).isEqualTo(2);
    assertThat(reader.record().length).isEqualTo(9);
  }

  @Test
  void readsACutFileUpToTheCut() throws IOException {
    for (int length = 42; length < TWO_RECORDS.length; length++) {
      CaptureReader reader = reader(Arrays.copyOf(TWO_RECORDS, length));
      assertThat(count(reader)).isEqualTo(1);
      assertThat(reader.ending()).isEqualTo(length == 42 ? Ending.WHOLE : Ending.CUT);
    }
  }

  @Test
  void endsWhereARecordClaimsMoreThan256KiB() throws IOException {
    byte[] huge = octets().u64(0).u32(262_145).u32(262_145).zeros(300_000).get();
    CaptureReader reader = reader(join(TWO_RECORDS, huge));
    assertThat(count(reader)).isEqualTo(2);
    assertThat(reader.ending()).isEqualTo(Ending.DAMAGED);
  }

  @Test
  void readsARecordOf256KiB() throws IOException {
    byte[] large = Frames.record(0, new byte[262_144]);
    CaptureReader reader = reader(join(join(TWO_RECORDS, large), large));
    assertThat(count(reader)).isEqualTo(4);
    assertThat(reader.ending()).isEqualTo(Ending.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8 << 20})
  void readsAStreamInPiecesOfAnySize(int size) throws IOException {
    assertThat(count(new CaptureReader(pieces(size, TWO_RECORDS)))).isEqualTo(2);
  }

  /** A stream that gives at most so many bytes at once, and never says that more can be had. */
  private static InputStream pieces(int size, byte... file) {
    return new FilterInputStream(new ByteArrayInputStream(file)) {
      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        return super.read(bytes, from, Math.min(size, count));
      }

      @Override
      public int available() {
        return 0;
      }
    };
  }

  @Test
  void stopsAtItsLimitOfBytes() throws IOException {
    CaptureReader reader = new CaptureReader(new ByteArrayInputStream(TWO_RECORDS), 45);
    assertThat(count(reader)).isEqualTo(1);
    assertThat(reader.ending()).isEqualTo(Ending.LIMIT);
  }

  @Test
  void unpacksGzipOfSeveralMembers() throws IOException {
    byte[] first = gzip(Arrays.copyOf(TWO_RECORDS, 30));
    byte[] rest = gzip(Arrays.copyOfRange(TWO_RECORDS, 30, TWO_RECORDS.length));

    for (int size : new int[] {1, 7, 8 << 20}) {
      CaptureReader reader = new CaptureReader(pieces(size, join(first, rest)));
      assertThat(count(reader)).isEqualTo(2);
      assertThat(reader.ending()).isEqualTo(Ending.WHOLE);
      assertThat(reader.facts().format).isEqualTo("pcap+gzip");
    }
  }

  @Test
  void readsCutGzipUpToTheCut() throws IOException {
    byte[] packed = gzip(TWO_RECORDS);
    // Without its trailer all bytes are there, and whether they are right is not known.
    CaptureReader reader = reader(Arrays.copyOf(packed, packed.length - 5));
    assertThat(count(reader)).isEqualTo(2);
    assertThat(reader.ending()).isEqualTo(Ending.CUT);
  }

  @Test
  void throwsWhatTheStreamThrowsEvenInGzip() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new EOFException("connection lost");
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            throw new EOFException("connection lost");
          }
        };
    byte[] packed = gzip(TWO_RECORDS);
    InputStream half = new ByteArrayInputStream(packed, 0, packed.length - 5);

    assertThatThrownBy(() -> count(new CaptureReader(new SequenceInputStream(half, broken))))
        .isInstanceOf(EOFException.class)
        .hasMessage("connection lost");
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "474D4255 00000000, NETMON",
    "52545353 00000000, NETMON_1",
    "736E6F6F70000000 00000002, SNOOP",
    "28B52FFD 04, ZSTD",
    "EFBBBF 3C3F786D6C, XML",
    "0D0A 3C4572726F723E, XML",
    "A1B2C3, UNKNOWN",
    "504B0304, UNKNOWN",
  })
  void refusesOtherFilesByName(String bytes, Refusal refusal) throws IOException {
    CaptureReader reader = reader(octets().hex(bytes).get());
    assertThat(reader.refusal()).isEqualTo(refusal);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void refusesAnEventTraceByItsSystemHeader() throws IOException {
    byte[] trace = octets().hex("00000100").zeros(68).hex("020001C0").get();
    assertThat(reader(trace).refusal()).isEqualTo(Refusal.ETL);
  }

  @Test
  void refusesWhatIsInsideOfGzip() throws IOException {
    assertThat(reader(gzip(octets().text("<Error>").get())).refusal()).isEqualTo(Refusal.XML);
  }
}
