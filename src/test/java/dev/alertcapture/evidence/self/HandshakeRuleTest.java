package dev.alertcapture.evidence.self;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.self.OwnSide.How;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Encapsulation;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeRuleTest {
  private static final Host CLIENT = Host.neighbour("10.0.0.4");
  private static final Host SERVER = Host.neighbour("10.0.0.9");
  private static final Host OTHER = Host.neighbour("10.0.0.8");

  private final Traffic traffic = new Traffic(CLIENT);

  @ParameterizedTest
  @CsvSource({
    // To the server and to the client and back, in microseconds.
    "20_000, 50, 10.0.0.4",
    "1_000, 200, 10.0.0.4",
    "1_000, 201, ",
    "200, 1_000, 10.0.0.9",
    "201, 1_000, ",
    "450, 50, 10.0.0.4",
    "449, 50, ",
    "50, 450, 10.0.0.9",
    "500, 0, 10.0.0.4",
    "10_000, 10_000, "
  })
  void ownsTheEndThatAnswersFiveTimesFaster(String server, String client, String own) {
    handshake(CLIENT, SERVER, micros(server), micros(client));
    OwnSide inferred = OwnSideTest.infer(traffic);
    if (own == null) {
      assertThat(inferred.known()).isFalse();
    } else {
      assertThat(inferred.how()).isEqualTo(How.HANDSHAKES);
      assertThat(inferred.addresses()).containsExactly(own);
      assertThat(inferred.say()).isEqualTo("by the timing of handshakes");
    }
  }

  private static long micros(String count) {
    return us(Integer.parseInt(count.replace("_", "")));
  }

  @Test
  void asksForFourFifthsOfTheVotes() {
    near(CLIENT, SERVER);
    near(CLIENT, SERVER);
    near(CLIENT, SERVER);
    near(OTHER, CLIENT);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.8");
    near(CLIENT, SERVER);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4", "10.0.0.8");
  }

  @Test
  void countsNoHandshakeWithASynOrItsAnswerSentAgain() {
    Tcp tcp = traffic.tcp(CLIENT, SERVER, 80);
    tcp.client.syn().pause(s(1)).syn();
    tcp.pause(ms(20)).server.synAck();
    tcp.pause(us(50)).client.ack();
    Tcp other = traffic.tcp(CLIENT, SERVER, 81);
    other.client.syn();
    other.pause(ms(20)).server.synAck().pause(s(1)).synAck();
    other.pause(us(50)).client.ack();
    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void countsNoHandshakeWhoseLastAckTheFileLacks() {
    Tcp data = traffic.tcp(CLIENT, SERVER, 80);
    data.client.syn();
    data.pause(us(50)).server.synAck();
    data.pause(ms(20)).client.segment(100);

    Tcp later = traffic.tcp(CLIENT, SERVER, 81);
    later.client.syn();
    later.pause(us(50)).server.synAck();
    later.client.unseen(100);
    later.pause(ms(20)).client.ack();

    Tcp greeted = traffic.tcp(CLIENT, SERVER, 25);
    greeted.client.syn();
    greeted.pause(us(50)).server.synAck().segment(100);
    greeted.pause(ms(20)).client.ack();

    Tcp unheard = traffic.tcp(CLIENT, SERVER, 26);
    unheard.client.syn();
    unheard.pause(us(50)).server.synAck().unseen(100);
    unheard.pause(ms(20)).client.ack();

    assertThat(OwnSideTest.infer(traffic).known()).isFalse();
  }

  @Test
  void countsNoHandshakeWhoseTimesAreOutOfOrder() {
    Tcp tcp = traffic.tcp(CLIENT, SERVER, 80);
    tcp.client.syn();
    tcp.server.synAck();
    tcp.client.ack();
    byte[] bytes = CaptureFile.pcap().bytes(traffic);
    assertThat(inferWithTimes(bytes.clone(), 1_000, 21_000, 21_050).known()).isTrue();
    assertThat(inferWithTimes(bytes.clone(), 21_000, 1_000, 21_050).known()).isFalse();
    assertThat(inferWithTimes(bytes.clone(), 1_000, 21_000, 20_950).known()).isFalse();
  }

  /** Sets the microseconds of the first records of a classic pcap file. */
  private static OwnSide inferWithTimes(byte[] pcap, int... micros) {
    int at = 24;
    for (int each : micros) {
      for (int i = 0; i < 4; i++) {
        pcap[at + 4 + i] = (byte) (each >> (8 * i));
      }
      at += 16 + (pcap[at + 8] & 0xFF);
    }
    return OwnSide.infer(pcap, pcap.length);
  }

  @Test
  void ownsWhatElseSendsFromTheSameMacUpToEightAddresses() {
    near(CLIENT, SERVER);
    for (int i = 2; i <= 8; i++) {
      traffic.udp(CLIENT.address("10.0.1." + i), SERVER, 1000).send(10);
    }
    assertThat(OwnSideTest.infer(traffic).addresses())
        .hasSize(8)
        .startsWith("10.0.0.4", "10.0.1.2")
        .endsWith("10.0.1.8");

    traffic.udp(CLIENT.address("10.0.1.9"), SERVER, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void ownsNoneOfTheSameMacThatTheVotesAreAgainst() {
    near(CLIENT, SERVER);
    near(OTHER, CLIENT.address("10.0.1.2"));
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4", "10.0.0.8");
  }

  @Test
  void takesAMacOfZerosForNobodys() {
    Host client = CLIENT.mac("00:00:00:00:00:00");
    near(client, SERVER);
    traffic.udp(client.address("10.0.1.2"), SERVER, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void needsNoMac() {
    traffic.on(Link.RAW);
    near(CLIENT, SERVER);
    traffic.udp(CLIENT.address("10.0.1.2"), SERVER, 1000).send(10);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  @Test
  void countsTheInnerAddressesOfATunnel() {
    traffic.over(Encapsulation.NONE.vxlan(OTHER, Host.neighbour("10.0.0.7"), 7));
    near(CLIENT, SERVER);
    assertThat(OwnSideTest.infer(traffic).addresses()).containsExactly("10.0.0.4");
  }

  /** A handshake that the capture sees beside its client. */
  private void near(Host client, Host server) {
    handshake(client, server, ms(20), us(50));
  }

  private void handshake(Host client, Host server, long toServer, long toClient) {
    Tcp tcp = traffic.after(s(1)).tcp(client, server, 80);
    tcp.client.syn();
    tcp.pause(toServer).server.synAck();
    tcp.pause(toClient).client.ack();
  }
}
