package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class QuicFlowsTest {
  private static final byte[] HELLO = Hellos.hello("quic.example", 1_800);
  private static final int CLIENT = 0;
  private static final int SERVER = 1;
  private static final int V1 = 1;
  private static final int DRAFT_29 = 0xFF00_001D;

  private final NameTable names = new NameTable();
  private final QuicFlows quic = new QuicFlows(names, new Pages());
  private final QuicClient client = new QuicClient(V1, "0001020304050607");

  private boolean send(int flow, byte[] datagram) {
    return quic.datagram(flow, CLIENT, datagram, 0, datagram.length);
  }

  private String helloName() {
    return names.text(quic.helloName());
  }

  private static byte[] crypto(int from, int to) {
    return QuicClient.crypto(HELLO, from, to);
  }

  @Test
  void readsTheExampleOfRfc9001() {
    assertThat(send(1, QuicVectors.version1())).isTrue();
    assertThat(helloName()).isEqualTo("example.com");
    assertThat(quic.helloVersion()).isEqualTo(0x0304);
  }

  @Test
  void readsTheExampleOfRfc9369() {
    assertThat(send(1, QuicVectors.version2())).isTrue();
    assertThat(helloName()).isEqualTo("example.com");
  }

  @Test
  void readsDrafts() {
    for (int version : new int[] {0xFF00_0016, 0xFF00_0017, DRAFT_29, 0xFF00_0021, 0xFACE_B002}) {
      byte[] hello = QuicClient.crypto(Hellos.hello("d.example"), 0, Integer.MAX_VALUE);
      assertThat(send(version, new QuicClient(version, "0102030405").initial(hello)))
          .as("version %x", version)
          .isTrue();
    }
    assertThat(helloName()).isEqualTo("d.example");
  }

  @Test
  void readsAtAnOffsetAndLeavesThePacketAsItIs() {
    byte[] datagram = QuicVectors.version1();
    byte[] bytes = octets().zeros(42).bytes(datagram).zeros(9).get();
    byte[] before = bytes.clone();
    assertThat(quic.datagram(1, CLIENT, bytes, 42, 42 + datagram.length)).isTrue();
    assertThat(bytes).isEqualTo(before);
  }

  @Test
  void putsPiecesTogetherInWhateverOrder() {
    byte[] frames =
        octets()
            .bytes(crypto(1_000, 1_100))
            .u8(1) // PING
            .bytes(crypto(500, 1_050))
            .zeros(50) // PADDING
            .bytes(crypto(0, 500))
            .get();
    assertThat(send(1, client.initial(frames))).isFalse();
    assertThat(send(1, client.initial(crypto(1_100, HELLO.length)))).isTrue();
    assertThat(helloName()).isEqualTo("quic.example");
  }

  @Test
  void passesOverAcknowledgements() {
    byte[] ack = octets().u8(2).u8(9).u8(0).u8(1).u8(2).u8(0).u8(1).get();
    byte[] ackEcn = octets().u8(3).u8(9).u8(0).u8(0).u8(2).u8(1).u8(1).u8(1).get();
    byte[] frames = octets().bytes(ack).bytes(ackEcn).bytes(crypto(0, HELLO.length)).get();
    assertThat(send(1, client.initial(frames))).isTrue();
  }

  @Test
  void anUnknownFrameEndsThePacket() {
    byte[] frames = octets().u8(0x1C).bytes(crypto(0, HELLO.length)).get();
    assertThat(send(1, client.initial(frames))).isFalse();
  }

  @Test
  void readsPacketsThatShareADatagram() {
    byte[] datagram =
        octets()
            .bytes(client.initial(crypto(0, 600)))
            .bytes(client.initial(crypto(600, HELLO.length)))
            .get();
    assertThat(send(1, datagram)).isTrue();
  }

  @Test
  void theFirstConnectionIdHoldsThoughTheServerChoosesAnother() {
    send(1, client.initial(crypto(0, 600)));
    byte[] next = client.initialTo("aabbccdd", crypto(600, HELLO.length));
    assertThat(send(1, next)).isTrue();
  }

  @Test
  void aHelloThatIsSentAgainIsNotToldAgainNotEvenAfterARetry() {
    byte[] whole = crypto(0, HELLO.length);
    assertThat(send(1, client.initial(whole))).isTrue();
    assertThat(send(1, client.initial(whole))).isFalse();
    assertThat(send(1, new QuicClient(V1, "ffeeddccbbaa9988").initial(whole))).isFalse();
  }

  @Test
  void afterARetryOtherKeysHold() {
    QuicClient retried = new QuicClient(V1, "ffeeddccbbaa9988");
    send(1, client.initial(crypto(0, 600)));
    assertThat(send(1, retried.initial(crypto(0, 600)))).isFalse();
    assertThat(send(1, retried.initialTo("aabb", crypto(600, HELLO.length)))).isTrue();
  }

  @Test
  void readsASecondHelloBehindTheFirst() {
    byte[] second = Hellos.hello("second.example");
    byte[] both = octets().bytes(HELLO).bytes(second).get();
    send(1, client.initial(crypto(0, HELLO.length)));
    byte[] frames = QuicClient.crypto(both, HELLO.length - 10, both.length);
    assertThat(send(1, client.initial(frames))).isTrue();
    assertThat(helloName()).isEqualTo("second.example");
  }

  @Test
  void theServersDatagramsDoNotCount() {
    send(1, client.initial(crypto(0, 600)));
    byte[] answer = new QuicClient(V1, "99").initial(new byte[30]);
    for (int i = 0; i < 9; i++) {
      assertThat(quic.datagram(1, SERVER, answer, 0, answer.length)).isFalse();
    }
    assertThat(send(1, client.initial(crypto(600, HELLO.length)))).isTrue();
  }

  @Test
  void aDamagedPacketIsNone() {
    byte[] datagram = QuicVectors.version1();
    datagram[500] ^= 1;
    assertThat(send(1, datagram)).isFalse();
  }

  @Test
  void aCutPacketIsNone() {
    byte[] datagram = QuicVectors.version1();
    for (int to = 0; to < datagram.length; to++) {
      assertThat(quic.datagram(to, CLIENT, datagram, 0, to)).isFalse();
    }
    assertThat(send(5_000, datagram)).as("the whole one behind them").isTrue();
  }

  @Test
  void looksAtFourDatagramsOfAFlow() {
    for (int i = 0; i < QuicFlows.MAX_DATAGRAMS - 1; i++) {
      send(1, client.initial(crypto(100 * i, 100 * i + 100)));
      send(2, client.initial(crypto(100 * i, 100 * i + 100)));
    }
    assertThat(send(2, client.initial(crypto(300, HELLO.length)))).isTrue();
    send(1, client.initial(crypto(300, 400)));
    assertThat(send(1, client.initial(crypto(400, HELLO.length)))).isFalse();
  }

  @Test
  void looksAt2000Flows() {
    byte[] noCrypto = client.initial(new byte[30]);
    for (int flow = 0; flow < QuicFlows.MAX_FLOWS; flow++) {
      send(flow, noCrypto);
    }
    assertThat(quic.refused()).isZero();
    assertThat(send(-1, client.initial(crypto(0, HELLO.length)))).isFalse();
    assertThat(quic.refused()).isEqualTo(1);
    assertThat(send(7, client.initial(crypto(0, HELLO.length)))).isTrue();
  }

  @Test
  void anOffsetBeyond16KiBIsLeftOut() {
    byte[] far = octets().u8(6).u32(0x8000_4000L).u8(10).zeros(10).get();
    byte[] frames = octets().bytes(far).bytes(crypto(0, HELLO.length)).get();
    assertThat(send(1, client.initial(frames))).isTrue();
  }

  @Test
  void otherDatagramsCostNothing() {
    assertThat(send(1, new byte[0])).isFalse();
    assertThat(send(1, new byte[1_200])).isFalse();
    byte[] unknown = QuicVectors.version1();
    unknown[4] = 9;
    assertThat(send(1, unknown)).isFalse();
  }

  @Test
  void datagramsAtRandomNeverThrow() {
    Random random = new Random(17);
    for (int i = 0; i < 4_000; i++) {
      byte[] datagram = client.initial(crypto(0, 100));
      for (int n = random.nextInt(3); n >= 0; n--) {
        datagram[random.nextInt(40)] = (byte) random.nextInt();
      }
      quic.datagram(i / 4, CLIENT, datagram, 0, random.nextInt(datagram.length + 1));
    }
    Random frames = new Random(18);
    for (int i = 0; i < 900; i++) {
      byte[] bytes = new byte[60];
      frames.nextBytes(bytes);
      bytes[0] = (byte) frames.nextInt(7);
      send(10_000 + i, client.initial(bytes));
    }
  }
}
