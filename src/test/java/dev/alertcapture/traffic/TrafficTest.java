package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");
  private static final int ETHERNET = 14;
  private static final int TCP = ETHERNET + Ip.V4_HEADER;

  private final Traffic traffic = new Traffic(VM);

  @Test
  void theSameCallsMakeTheSameBytes() {
    for (Case each : Case.all()) {
      if (!each.name().startsWith("5 GiB")) {
        assertThat(each.bytes()).as(each.name()).isEqualTo(each.bytes());
      }
    }
  }

  @Test
  void anotherSeedMakesOtherNumbers() {
    traffic.tcp(VM, DB, 443).open();
    Traffic other = new Traffic(VM, 2);
    other.tcp(VM, DB, 443).open();

    assertThat(CaptureFile.pcap().bytes(other)).isNotEqualTo(CaptureFile.pcap().bytes(traffic));
  }

  @Test
  void aHandshakeTakesARoundTripWhereTheMachineOpensIt() {
    traffic.tcp(VM, DB, 443).rtt(ms(20)).think(us(30)).open();

    assertThat(times()).containsExactly(0L, ms(20), ms(20) + us(30));
  }

  @Test
  void theMachineAnswersAtOnceWhereItIsTheServer() {
    traffic.tcp(DB, VM, 443).rtt(ms(20)).think(us(30)).open();

    assertThat(times()).containsExactly(0L, us(30), us(30) + ms(20));
  }

  @Test
  void framesComeInTheOrderOfTimeWhateverTheOrderOfCalls() {
    traffic.tcp(VM, DB, 1).unanswered();
    traffic.at(s(2)).tcp(VM, DB, 2).unanswered(s(0.5));

    assertThat(times()).containsExactly(0L, s(1), s(2), s(2.5), s(3), s(7));
  }

  @Test
  void pausesAreExactAndAddUp() {
    traffic.tcp(VM, DB, 443).open().pause(ms(3)).pause(us(7)).server.segment(10);

    assertThat(times().get(3) - times().get(2)).isEqualTo(ms(3) + us(7));
  }

  @Test
  void anAcknowledgementStopsAtTheFirstMissingByteUntilItCame() {
    Tcp tcp = traffic.tcp(VM, DB, 443).isn(0, 0).open();
    tcp.client.lose(100).segment(100);
    tcp.server.ack();
    tcp.client.resend();
    tcp.server.ack();

    assertThat(u32(5, TCP + 8)).as("while it is missing").isEqualTo(1);
    assertThat(u32(5, TCP + 24)).as("the block that came").isEqualTo(101);
    assertThat(u32(5, TCP + 28)).isEqualTo(201);
    assertThat(u32(6, TCP + 4)).as("what is sent again").isEqualTo(1);
    assertThat(u32(7, TCP + 8)).as("when it came").isEqualTo(201);
  }

  @Test
  void whatComesTwiceIsToldInADuplicateSack() {
    Tcp tcp = traffic.tcp(VM, DB, 443).isn(0, 0).open().send(100);
    tcp.client.repeat(100);
    tcp.server.ack().ack();

    assertThat(u32(6, TCP + 24)).isEqualTo(1);
    assertThat(u32(6, TCP + 28)).isEqualTo(101);
    assertThat(bytes(7)).as("told once").hasSize(TCP + 20);
  }

  @Test
  void whatIsLostBeforeTheCaptureIsNotInIt() {
    Tcp tcp = traffic.tcp(VM, DB, 443).isn(0, 0).open();
    tcp.server.drop(100).segment(50);

    assertThat(traffic.frames()).hasSize(4);
    assertThat(u32(3, TCP + 4)).isEqualTo(101);
  }

  @Test
  void whatTheCaptureMissedIsAcknowledged() {
    Tcp tcp = traffic.tcp(VM, DB, 443).isn(0, 0).open();
    tcp.server.unseen(100);
    tcp.client.ack();

    assertThat(u32(3, TCP + 8)).isEqualTo(101);
  }

  @Test
  void sequenceNumbersWrapAround() {
    Tcp tcp = traffic.tcp(VM, DB, 443).isn(0xFFFF_FFFFL, 0).open();
    tcp.client.segment(10);

    assertThat(u32(0, TCP + 4)).isEqualTo(0xFFFF_FFFFL);
    assertThat(u32(3, TCP + 4)).isZero();
  }

  @Test
  void azuresRouterIsBetweenTheMachineAndOthers() {
    traffic.udp(VM, DB, 9).send(1).answer(1);

    HexFormat mac = HexFormat.ofDelimiter(":");
    assertThat(mac.formatHex(bytes(0), 0, 6)).isEqualTo("12:34:56:78:9a:bc");
    assertThat(mac.formatHex(bytes(1), 6, 12)).isEqualTo("12:34:56:78:9a:bc");
    assertThat(mac.formatHex(bytes(1), 0, 6)).startsWith("00:0d:3a:");
  }

  @Test
  void aCopyMayComeBeforeItsOriginalWithAnotherTtl() {
    traffic.copied(Copy.after(us(-39)).hops(1)).udp(VM, DB, 9).at(s(1)).send(5);

    assertThat(times()).containsExactly(s(1) - us(39), s(1));
    assertThat(bytes(0)[ETHERNET + 8]).isEqualTo((byte) 63);
    assertThat(bytes(1)[ETHERNET + 8]).isEqualTo((byte) 64);
    assertThat(Checksum.of(Checksum.sum(bytes(0), ETHERNET, ETHERNET + 20))).isZero();
  }

  @Test
  void aCutFrameKeepsItsLength() {
    traffic.snap(60).tcp(VM, DB, 443).opened().client.segment(1_000);

    assertThat(bytes(0)).hasSize(60);
    assertThat(traffic.frames().get(0).length).isEqualTo(TCP + 20 + 1_000);
  }

  @Test
  void aPcapFileSaysWhatWasKept() {
    traffic.snap(60).tcp(VM, DB, 443).opened().client.segment(1_000);
    ByteBuffer file = ByteBuffer.wrap(CaptureFile.pcap().bytes(traffic));
    file.order(ByteOrder.LITTLE_ENDIAN);

    assertThat(file.getInt(0)).isEqualTo(0xA1B2C3D4);
    assertThat(file.getInt(16)).as("snap length").isEqualTo(60);
    assertThat(file.getInt(20)).as("link type").isEqualTo(1);
    assertThat(file.getInt(24)).isEqualTo(1_790_000_000);
    assertThat(file.getInt(32)).isEqualTo(60);
    assertThat(file.getInt(36)).isEqualTo(TCP + 20 + 1_000);
    assertThat(file.capacity()).isEqualTo(24 + 16 + 60);
  }

  @Test
  void packedFilesUnpackToTheOthers() throws Exception {
    traffic.tcp(VM, DB, 443).open();
    byte[] packed = CaptureFile.pcapng().gzip().bytes(traffic);
    GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed));

    assertThat(unpacked.readAllBytes()).isEqualTo(CaptureFile.pcapng().bytes(traffic));
  }

  @Test
  void aPcapFileHasOneLinkType() {
    traffic.udp(VM, DB, 9).send(1).on(new Nic("tun0", Link.RAW)).send(1);

    assertThatThrownBy(() -> CaptureFile.pcap().bytes(traffic)).hasMessageContaining("link type");
  }

  @Test
  void namesAreNoAddresses() {
    assertThatThrownBy(() -> Host.at("example.com")).hasMessageContaining("no address");
  }

  private List<Long> times() {
    return traffic.frames().stream().map(frame -> frame.time() - Traffic.START).toList();
  }

  private byte[] bytes(int frame) {
    return traffic.frames().get(frame).bytes();
  }

  private long u32(int frame, int at) {
    return ByteBuffer.wrap(bytes(frame)).getInt(at) & 0xFFFF_FFFFL;
  }
}
