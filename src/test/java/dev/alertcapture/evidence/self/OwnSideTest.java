package dev.alertcapture.evidence.self;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alertcapture.evidence.Octets;
import dev.alertcapture.evidence.self.OwnSide.How;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Traffic;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSideTest {
  private static final Host MACHINE = Host.machine("10.0.0.4");
  private static final Host PEER = Host.at("203.0.113.7");

  @Test
  void takesWhatIsGiven() {
    OwnSide own = OwnSide.given(List.of("10.0.0.4", "fd00:0:0::4", "::ffff:10.0.0.5", "10.0.0.4"));

    assertThat(own.how()).isEqualTo(How.GIVEN);
    assertThat(own.known()).isTrue();
    assertThat(own.addresses()).containsExactly("10.0.0.4", "fd00::4", "10.0.0.5");
    assertThat(isOwn(own, "10.0.0.5")).isTrue();
    assertThat(isOwn(own, "10.0.0.6")).isFalse();
    assertThat(own.say()).isEqualTo("as given");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0",
        "10.0.0.256",
        "10.0.0.04",
        "10.0.0.4/24",
        " 10.0.0.4",
        "1",
        "fd00::g",
        "fd00::1::2",
        ":::",
        "fe80::1%eth0",
        "[::1]",
        "a.example:80"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnSide.given(List.of("10.0.0.4", text)))
        .withMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0", "255.255.255.255", "224.0.0.1", "::", "ff02::1", "168.63.129.16"})
  void refusesAddressesThatNoMachineHas(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OwnSide.given(List.of(text)))
        .withMessageContaining(text);
  }

  @Test
  void refusesNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> OwnSide.given(List.of()));
  }

  @Test
  void asksTheRulesInTheirOrder() {
    Host near = Host.neighbour("10.0.0.9");
    assertThat(infer(handshake(near, Host.neighbour("10.0.0.8"))).how()).isEqualTo(How.HANDSHAKES);

    Traffic azure = handshake(near, Host.neighbour("10.0.0.8"));
    azure.tcp(MACHINE, Azure.WIRE_SERVER, 80).open();
    assertThat(infer(azure).how()).isEqualTo(How.AZURE);
    assertThat(infer(azure).addresses()).containsExactly("10.0.0.4");

    Traffic cooked = handshake(near, Host.neighbour("10.0.0.8"));
    cooked.tcp(MACHINE, Azure.WIRE_SERVER, 80).open();
    cooked.on(Link.COOKED).udp(MACHINE.address("10.0.0.7"), PEER, 1000).send(10);
    assertThat(infer(cooked).how()).isEqualTo(How.COOKED);
    assertThat(infer(cooked).addresses()).containsExactly("10.0.0.7");
  }

  @Test
  void knowsNothingOfAnEmptyFileOrAnotherKindOfFile() {
    for (byte[] bytes : new byte[][] {{}, {1, 2, 3}, Octets.octets().text("GMBU and more").get()}) {
      OwnSide own = OwnSide.infer(bytes, bytes.length);
      assertThat(own.how()).isEqualTo(How.UNKNOWN);
      assertThat(own.known()).isFalse();
      assertThat(own.addresses()).isEmpty();
      assertThat(own.contradicted()).isFalse();
      assertThat(own.say()).isEqualTo("not known from the file");
    }
  }

  @Test
  void readsAllFormatsAndNoMoreThanTheLengthSays() {
    Traffic traffic = new Traffic(MACHINE);
    traffic.tcp(MACHINE, Azure.WIRE_SERVER, 80).open();
    List<CaptureFile> formats =
        List.of(
            CaptureFile.nanoseconds().bigEndian(),
            CaptureFile.pcapng(),
            CaptureFile.pcap().gzip(),
            CaptureFile.pcapng().gzip());
    for (CaptureFile format : formats) {
      byte[] bytes = format.bytes(traffic);
      assertThat(OwnSide.infer(bytes, bytes.length).how()).isEqualTo(How.AZURE);
      assertThat(OwnSide.infer(bytes, 20).how()).isEqualTo(How.UNKNOWN);
      assertThat(OwnSide.infer(bytes, bytes.length + 1).how()).isEqualTo(How.AZURE);
      assertThat(OwnSide.infer(bytes, -1).how()).isEqualTo(How.UNKNOWN);
    }
  }

  @Test
  void endsQuietlyWhereverTheFileIsCut() {
    Traffic traffic = new Traffic(MACHINE);
    traffic.dhcp(MACHINE, Azure.WIRE_SERVER).request().acknowledge();
    traffic.arp(MACHINE, PEER).ask().answer();
    traffic.tcp(MACHINE, PEER, 443).open().tls("a.example");
    for (CaptureFile format : List.of(CaptureFile.pcapng(), CaptureFile.pcap().gzip())) {
      byte[] bytes = format.bytes(traffic);
      for (int length = 0; length < bytes.length; length++) {
        OwnSide own = OwnSide.infer(Arrays.copyOf(bytes, length), length);
        assertThat(own.addresses()).isSubsetOf("10.0.0.4");
      }
    }
  }

  @Test
  void looksAtFiftyThousandFrames() {
    assertThat(infer(platformAfter(49_999, 0)).known()).isTrue();
    assertThat(infer(platformAfter(50_000, 0)).known()).isFalse();
  }

  @Test
  void looksAtEightMebibytesUnpacked() {
    assertThat(infer(platformAfter(5_000, 1_500)).known()).isTrue();
    byte[] bytes = CaptureFile.pcap().gzip().bytes(platformAfter(6_000, 1_500));
    assertThat(OwnSide.infer(bytes, bytes.length).known()).isFalse();
  }

  private static Traffic platformAfter(int frames, int bytes) {
    Traffic traffic = new Traffic(MACHINE);
    var others = traffic.udp(Host.neighbour("10.0.0.8"), Host.neighbour("10.0.0.9"), 514);
    for (int i = 0; i < frames; i++) {
      others.send(new byte[bytes]);
    }
    traffic.after(ms(1000)).tcp(MACHINE, Azure.WIRE_SERVER, 80).client.syn();
    return traffic;
  }

  private static Traffic handshake(Host client, Host server) {
    Traffic traffic = new Traffic(MACHINE);
    var tcp = traffic.tcp(client, server, 80);
    tcp.client.syn();
    tcp.pause(ms(20)).server.synAck();
    tcp.pause(us(50)).client.ack();
    return traffic;
  }

  static boolean isOwn(OwnSide own, String address) {
    long[] halves = Addresses.of(address);
    return own.isOwn(halves[0], halves[1]);
  }

  static OwnSide infer(Traffic traffic) {
    byte[] bytes = CaptureFile.pcapng().bytes(traffic);
    return OwnSide.infer(bytes, bytes.length);
  }
}
