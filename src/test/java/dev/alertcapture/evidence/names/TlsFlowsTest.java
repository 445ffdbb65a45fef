package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static dev.alertcapture.evidence.names.TlsFlows.APPLICATION_DATA;
import static dev.alertcapture.evidence.names.TlsFlows.CHANGE_CIPHER_SPEC;
import static dev.alertcapture.evidence.names.TlsFlows.CLIENT_HELLO;
import static dev.alertcapture.evidence.names.TlsFlows.FATAL_ALERT;
import static dev.alertcapture.evidence.names.TlsFlows.SERVER_HELLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlsFlowsTest {
  private static final int FLOW = 3;
  private static final int CLIENT = 0;
  private static final int SERVER = 1;
  private static final int HANDSHAKE = 22;
  private static final int START = -700; // the sequence numbers go over 0

  private final NameTable names = new NameTable();
  private final Pages pages = new Pages();
  private final TlsFlows tls = new TlsFlows(names, pages);
  private final byte[] large = Hellos.record(HANDSHAKE, Hellos.hello("pq.example", 1_756));

  TlsFlowsTest() {
    tls.grow(64);
  }

  private int send(int direction, byte[] stream, int from, int to) {
    return tls.segment(FLOW, direction, START + from, stream, from, to);
  }

  private int send(int direction, byte[] stream) {
    return send(direction, stream, 0, stream.length);
  }

  private String name() {
    int number = tls.helloName();
    return number == NameTable.NONE ? "none" : names.text(number);
  }

  @Test
  void readsAHelloThatIsWholeInItsSegment() {
    assertThat(send(CLIENT, Hellos.record(HANDSHAKE, Hellos.hello("a.example"))))
        .isEqualTo(CLIENT_HELLO);
    assertThat(name()).isEqualTo("a.example");
    assertThat(tls.offeredVersion(FLOW)).isEqualTo(0x0303);
    assertThat(tls.has(FLOW, CLIENT, CLIENT_HELLO)).isTrue();
    assertThat(tls.has(FLOW, SERVER, CLIENT_HELLO)).isFalse();
  }

  @Test
  void theSegmentThatCompletesTheHelloTellsIt() {
    for (int cut = 1; cut < large.length; cut++) {
      tls.clear(FLOW);
      assertThat(send(CLIENT, large, 0, cut)).as("cut at %d", cut).isZero();
      assertThat(send(CLIENT, large, cut, large.length)).isEqualTo(CLIENT_HELLO);
      assertThat(name()).isEqualTo("pq.example");
    }
  }

  @Test
  void takesAHelloByteByByte() {
    for (int i = 0; i < large.length - 1; i++) {
      assertThat(send(CLIENT, large, i, i + 1)).isZero();
    }
    assertThat(send(CLIENT, large, large.length - 1, large.length)).isEqualTo(CLIENT_HELLO);
  }

  @Test
  void takesAHelloInSeveralRecords() {
    byte[] hello = Hellos.hello("many.example", 3_000);
    Octets stream = octets();
    for (int at = 0; at < hello.length; at += 700) {
      byte[] piece = octets().bytes(hello).get();
      int end = Math.min(hello.length, at + 700);
      stream.bytes(Hellos.record(HANDSHAKE, Arrays.copyOfRange(piece, at, end)));
    }
    byte[] bytes = stream.get();
    assertThat(send(CLIENT, bytes, 0, 1_400)).isZero();
    assertThat(send(CLIENT, bytes, 1_400, bytes.length)).isEqualTo(CLIENT_HELLO);
    assertThat(name()).isEqualTo("many.example");
  }

  @Test
  void givesUpAHelloWithAGapAndReadsTheNext() {
    send(CLIENT, large, 0, 1_000);
    assertThat(send(CLIENT, large, 1_001, large.length)).isZero();
    assertThat(name()).isEqualTo("none");
    byte[] next = Hellos.record(HANDSHAKE, Hellos.hello("b.example"));
    assertThat(tls.segment(FLOW, CLIENT, START + large.length, next, 0, next.length))
        .isEqualTo(CLIENT_HELLO);
  }

  @Test
  void passesOverWhatComesAgain() {
    send(CLIENT, large, 0, 1_000);
    assertThat(send(CLIENT, large, 0, 1_000)).isZero();
    assertThat(send(CLIENT, large, 500, large.length)).isEqualTo(CLIENT_HELLO);
    assertThat(send(CLIENT, large, 0, large.length)).isZero();
  }

  @Test
  void givesUpAHelloOfMoreThan16KiB() {
    byte[] hello = Hellos.hello("big.example", 20_000);
    Octets stream = octets();
    for (int at = 0; at < hello.length; at += 10_000) {
      stream.bytes(Hellos.record(HANDSHAKE, Arrays.copyOfRange(hello, at, at + 10_000)));
    }
    assertThat(send(CLIENT, stream.get())).isZero();
    assertThat(name()).isEqualTo("none");
  }

  @Test
  void readsASecondHelloAfterARetryRequest() {
    byte[] hello = Hellos.record(HANDSHAKE, Hellos.hello("a.example"));
    byte[] dummy = Hellos.record(20, new byte[] {1});
    byte[] stream = octets().bytes(hello).bytes(dummy).bytes(hello).get();
    assertThat(send(CLIENT, stream, 0, hello.length)).isEqualTo(CLIENT_HELLO);
    assertThat(send(CLIENT, stream, hello.length, stream.length))
        .isEqualTo(CHANGE_CIPHER_SPEC | CLIENT_HELLO);
  }

  @Test
  void findsTlsInTheMiddleOfAStream() {
    byte[] greeting = octets().text("CONNECT a:443 HTTP/1.1\r\n\r\n").get();
    send(CLIENT, greeting);
    byte[] hello = Hellos.record(HANDSHAKE, Hellos.hello("a.example"));
    assertThat(tls.segment(FLOW, CLIENT, START + greeting.length, hello, 0, hello.length))
        .isEqualTo(CLIENT_HELLO);
  }

  @Test
  void followsRecordsOverGapsInTheirBodies() {
    byte[] stream =
        octets()
            .bytes(Hellos.record(23, new byte[5_000]))
            .bytes(Hellos.record(23, new byte[100]))
            .get();
    assertThat(send(SERVER, stream, 0, 1_000)).isEqualTo(APPLICATION_DATA);
    assertThat(send(SERVER, stream, 1_000, 2_000)).isZero();
    assertThat(send(SERVER, stream, 4_000, 5_005)).as("after a gap").isZero();
    assertThat(send(SERVER, stream, 5_005, stream.length)).isEqualTo(APPLICATION_DATA);
  }

  @Test
  void findsTheNextHeaderAfterAGapOverOne() {
    byte[] record = Hellos.record(23, new byte[1_000]);
    byte[] stream = octets().bytes(record).bytes(record).bytes(record).get();
    send(SERVER, stream, 0, 900);
    assertThat(send(SERVER, stream, 1_100, 2_010)).isZero();
    assertThat(send(SERVER, stream, 2_010, stream.length)).isEqualTo(APPLICATION_DATA);
  }

  @Test
  void seesTheServersSide() {
    byte[] body = octets().u8(2).u8(0).u16(70).zeros(70).get();
    assertThat(send(SERVER, Hellos.record(HANDSHAKE, body))).isEqualTo(SERVER_HELLO);
    assertThat(tls.has(FLOW, SERVER, SERVER_HELLO)).isTrue();
    assertThat(tls.has(FLOW, CLIENT, SERVER_HELLO)).isFalse();
  }

  @Test
  void takesACertificateInPiecesForNoHello() {
    byte[] flight = octets().u8(2).u8(0).u16(70).zeros(70).get();
    byte[] certificate = Hellos.hello("not.a.hello");
    byte[] stream =
        octets()
            .bytes(Hellos.record(HANDSHAKE, flight))
            .bytes(Hellos.record(HANDSHAKE, certificate))
            .get();
    assertThat(send(SERVER, stream)).isEqualTo(SERVER_HELLO);
    assertThat(name()).isEqualTo("none");
  }

  @Test
  void seesAFatalAlertInTheClear() {
    byte[] alert = Hellos.record(21, new byte[] {2, 40});
    assertThat(send(SERVER, alert)).isEqualTo(FATAL_ALERT);
    assertThat(tls.alert(FLOW, SERVER)).isEqualTo(40);
    assertThat(tls.has(FLOW, CLIENT, FATAL_ALERT)).isFalse();
  }

  @Test
  void seesAnAlertWhoseBytesComeApart() {
    byte[] alert = Hellos.record(21, new byte[] {2, 48});
    for (int i = 0; i < 6; i++) {
      assertThat(send(CLIENT, alert, i, i + 1)).isZero();
    }
    assertThat(send(CLIENT, alert, 6, 7)).isEqualTo(FATAL_ALERT);
    assertThat(tls.alert(FLOW, CLIENT)).isEqualTo(48);
  }

  @Test
  void aWarningOrAnEncryptedAlertIsNoFatalAlert() {
    byte[] stream =
        octets()
            .bytes(Hellos.record(21, new byte[] {1, 0}))
            .bytes(Hellos.record(21, new byte[] {2, 40, 9}))
            .bytes(Hellos.record(20, new byte[] {1}))
            .bytes(Hellos.record(21, new byte[] {2, 40}))
            .get();
    assertThat(send(CLIENT, stream)).isEqualTo(CHANGE_CIPHER_SPEC);
    tls.clear(FLOW);
    byte[] afterData =
        octets()
            .bytes(Hellos.record(23, new byte[30]))
            .bytes(Hellos.record(21, new byte[] {2, 40}))
            .get();
    assertThat(send(CLIENT, afterData)).isEqualTo(APPLICATION_DATA);
  }

  @Test
  void anAlertAfterTheOtherSidesDataIsInTheClear() {
    send(SERVER, Hellos.record(23, new byte[30]));
    assertThat(send(CLIENT, Hellos.record(21, new byte[] {2, 42}))).isEqualTo(FATAL_ALERT);
  }

  @Test
  void forgetsAFlow() {
    send(CLIENT, Hellos.record(HANDSHAKE, Hellos.hello("a.example")));
    send(SERVER, Hellos.record(21, new byte[] {2, 40}));
    tls.clear(FLOW);
    assertThat(tls.offeredVersion(FLOW)).isZero();
    assertThat(tls.has(FLOW, SERVER, FATAL_ALERT)).isFalse();
    assertThat(send(CLIENT, Hellos.record(HANDSHAKE, Hellos.hello("b.example"))))
        .isEqualTo(CLIENT_HELLO);
  }

  @Test
  void aHelloWhosePagesWereNeededIsGivenUp() {
    send(CLIENT, large, 0, 1_000);
    for (int i = 0; i < Pages.MAX_PAGES; i++) {
      pages.open();
    }
    assertThat(send(CLIENT, large, 1_000, large.length)).isZero();
    assertThat(name()).isEqualTo("none");
  }

  @Test
  void aRecordHasAtMost18432BytesAndAKnownVersionAndType() {
    int flow = 10;
    for (String header : List.of("17 0303 4800", "17 0304 0001", "18 0300 0001")) {
      assertThat(followed(flow++, header)).as(header).isTrue();
    }
    for (String header : List.of("17 0303 4801", "17 0305 0001", "17 0403 0001", "19 0303 0001")) {
      assertThat(followed(flow++, header)).as(header).isFalse();
    }
  }

  /** Whether application data is seen behind a record that begins like this. */
  private boolean followed(int flow, String header) {
    byte[] start = octets().hex(header).get();
    int length = start[3] << 8 | (start[4] & 0xFF);
    byte[] stream = octets().bytes(start).zeros(length).bytes(Hellos.record(23, new byte[9])).get();
    int half = stream.length / 2;
    tls.segment(flow, CLIENT, 1, stream, 0, half);
    return tls.segment(flow, CLIENT, 1 + half, stream, half, stream.length) == APPLICATION_DATA;
  }

  @Test
  void otherProtocolsAreNoRecords() {
    assertThat(send(CLIENT, octets().text("GET / HTTP/1.1\r\n").get())).isZero();
    byte[] tooLong = octets().u8(23).u16(0x0303).u16(0x5000).zeros(100).get();
    assertThat(send(SERVER, tooLong)).isZero();
    assertThat(tls.has(FLOW, SERVER, APPLICATION_DATA)).isFalse();
  }

  @Test
  void segmentsAtRandomNeverThrow() {
    Random random = new Random(17);
    byte[] stream =
        octets()
            .bytes(large)
            .bytes(Hellos.record(20, new byte[] {1}))
            .bytes(Hellos.record(21, new byte[] {2, 40}))
            .bytes(Hellos.record(23, new byte[300]))
            .get();
    for (int i = 0; i < 100_000; i++) {
      int from = random.nextInt(stream.length);
      int to = from + random.nextInt(stream.length - from + 1);
      byte[] bytes = stream;
      if (random.nextInt(4) == 0) {
        bytes = stream.clone();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int jump = random.nextInt(1_000) == 0 ? random.nextInt() : 0;
      tls.segment(random.nextInt(50), random.nextInt(2), from + jump, bytes, from, to);
    }
    assertThat(tls.has(0, CLIENT, APPLICATION_DATA)).as("it got that far").isTrue();
  }
}
