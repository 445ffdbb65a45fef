package dev.alertcapture.evidence.self;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.pcap.CaptureReader;
import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Dns;
import dev.alertcapture.traffic.Encapsulation;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidesTest {
  private static final String ACCOUNT = "captures.blob.core.windows.net";
  private static final Host MACHINE = Host.machine("10.0.0.4");
  private static final Host ALIAS = MACHINE.address("10.0.0.5");
  private static final Host PEER = Host.at("203.0.113.7");
  private static final Host OTHER = Host.at("203.0.113.8");
  private static final Host GROUP = Host.at("224.0.0.251").mac("01:00:5e:00:00:fb");

  private final Traffic traffic = new Traffic(MACHINE);
  private OwnSide own = OwnSide.given(List.of("10.0.0.4", "10.0.0.5"));

  @Test
  void tellsTheOwnSideOfAFlow() {
    traffic.udp(MACHINE, PEER, 1000).send(10).answer(10);
    traffic.after(ms(5)).udp(PEER, MACHINE, 1000).send(10).answer(10);
    traffic.after(ms(5)).udp(MACHINE, ALIAS, 1000).send(10);
    traffic.udp(PEER, OTHER, 1000).send(10);
    traffic.udp(MACHINE, GROUP, 5353).send(10);
    assertThat(read().own).containsExactly(0, 0, 1, 1, Sides.LOCAL, Sides.NEITHER, 0);
  }

  @Test
  void tellsTheOwnSideOfAnAttemptAndOfTheFlowThatItBecomes() {
    traffic.tcp(MACHINE, PEER, 80).client.syn();
    traffic.tcp(PEER, MACHINE, 80).client.syn();
    traffic.tcp(PEER, MACHINE, 81).open();
    assertThat(read().own).containsExactly(0, 1, 1, 1, 1);
  }

  @Test
  void countsTheInnerAddressesOfATunnel() {
    traffic.over(Encapsulation.NONE.vxlan(MACHINE, PEER, 7)).udp(OTHER, ALIAS, 1000).send(10);
    Pass pass = read();
    assertThat(pass.own).containsExactly(1);
    assertThat(pass.directions).containsExactly(Sides.IN);
  }

  @Test
  void forgetsAFlowWhoseIndexAnotherOneGets() {
    // 1,024 flows fill the table: later ones get the indexes of those that were folded.
    for (int port = 1; port <= 2_000; port++) {
      Host peer = port <= 1_024 ? Azure.WIRE_SERVER : PEER;
      traffic.udp(port <= 1_024 ? MACHINE : OTHER, peer, port).send(10);
    }
    Pass pass = read();
    assertThat(pass.own.subList(0, 1_024)).containsOnly(0);
    assertThat(pass.own.subList(1_024, 2_000)).containsOnly(Sides.NEITHER);
    assertThat(pass.platform.subList(0, 1_024)).containsOnly(true);
    assertThat(pass.platform.subList(1_024, 2_000)).containsOnly(false);
  }

  @Test
  void tellsThePlatformsFlows() {
    traffic.udp(MACHINE, Azure.WIRE_SERVER, 53).send(10);
    traffic.udp(Azure.WIRE_SERVER, MACHINE, 80).send(10);
    traffic.udp(MACHINE, Azure.METADATA, 80).send(10);
    traffic.udp(MACHINE, PEER, 80).send(10);
    assertThat(read().platform).containsExactly(true, true, true, false);
  }

  @Test
  void tellsTheUploadFromTheHelloOn() {
    traffic.tcp(MACHINE, PEER, 443).open().tls("captures.BLOB.core.windows.net");
    Pass pass = read();
    // A SYN alone is no flow yet.
    int before = pass.upload.indexOf(true);
    assertThat(before).isEqualTo(2);
    assertThat(pass.upload.subList(before, pass.upload.size()))
        .hasSizeGreaterThan(3)
        .containsOnly(true);
  }

  @Test
  void tellsTheUploadOfAFlowWhoseHostALookupNamed() {
    traffic.lookup(MACHINE, Azure.WIRE_SERVER, ACCOUNT, Dns.A).answer("203.0.113.7");
    traffic.after(ms(5)).tcp(MACHINE, PEER, 443).opened().send(10);
    Pass pass = read();
    assertThat(pass.upload.subList(0, 2)).containsOnly(false);
    assertThat(pass.upload.subList(2, pass.upload.size())).isNotEmpty().containsOnly(true);
  }

  @Test
  void takesNothingElseForTheUpload() {
    traffic.tcp(MACHINE, PEER, 443).open().tls("captures.blob.core.windows.net.example");
    traffic.tcp(MACHINE, PEER, 8443).open().tls(ACCOUNT);
    traffic.tcp(PEER, MACHINE, 443).open().tls(ACCOUNT);
    traffic.lookup(MACHINE, Azure.WIRE_SERVER, ACCOUNT, Dns.A).answer("203.0.113.8");
    traffic.after(ms(5)).udp(MACHINE, OTHER, 443).send(10);
    assertThat(read().upload).containsOnly(false);
  }

  @Test
  void tellsTheDirectionOfPackets() {
    traffic.udp(MACHINE, PEER, 1000).send(10).answer(10);
    traffic.after(ms(5)).udp(MACHINE, ALIAS, 1000).send(10);
    traffic.udp(PEER, OTHER, 1000).send(10);
    traffic.udp(PEER, GROUP, 5353).send(10);
    traffic.udp(MACHINE, GROUP, 5353).send(10);
    assertThat(read().directions)
        .containsExactly(Sides.OUT, Sides.IN, Sides.LOCAL, Sides.OTHER, Sides.IN, Sides.OUT);
  }

  @Test
  void takesASubnetsBroadcastForIncomingByItsFrame() {
    Host subnet = Host.at("10.0.0.255");
    traffic.udp(PEER, subnet, 137).send(10);
    traffic.udp(PEER, subnet.mac("ff:ff:ff:ff:ff:ff"), 137).send(10);
    traffic.on(Link.COOKED).udp(PEER, subnet.mac("ff:ff:ff:ff:ff:ff"), 137).send(10);
    assertThat(read().directions).containsExactly(Sides.OTHER, Sides.IN, Sides.IN);
  }

  @Test
  void tellsTheDirectionOfArpAndOfNothingElseBelowIp() {
    traffic.arp(MACHINE, Host.neighbour("10.0.0.1")).ask().answer();
    traffic.arp(Host.neighbour("10.0.0.1"), Host.neighbour("10.0.0.2")).ask();
    traffic.frame(0x88CC, MACHINE, GROUP, new byte[50]);
    assertThat(read().directions)
        .containsExactlyInAnyOrder(Sides.OUT, Sides.IN, Sides.IN, Sides.OTHER);
  }

  @Test
  void tellsNoDirectionWhereTheOwnSideIsNotKnown() {
    own = OwnSide.unknown();
    traffic.udp(MACHINE, PEER, 1000).send(10).answer(10);
    traffic.udp(PEER, GROUP, 5353).send(10);
    Pass pass = read();
    assertThat(pass.directions).containsOnly(Sides.OTHER);
    assertThat(pass.own).containsOnly(Sides.NEITHER);
  }

  @ParameterizedTest
  @CsvSource({
    "19, 0, false",
    "20, 0, true",
    "20, 5, true",
    "20, 6, false",
    "16, 4, true",
    "0, 20, false"
  })
  void isContradictedByTwentyHandshakesOfWhichFourFifthsAreAgainst(
      int against, int in, boolean contradicted) {
    handshakes(against, PEER, MACHINE);
    handshakes(in, MACHINE, PEER);
    // These are about others.
    handshakes(30, PEER, OTHER);
    handshakes(30, MACHINE, ALIAS);
    read();
    assertThat(own.contradicted()).isEqualTo(contradicted);
  }

  @Test
  void isNotContradictedByWhatTheChoiceWasMadeFrom() {
    handshakes(20, PEER, MACHINE);
    traffic.udp(MACHINE, Azure.WIRE_SERVER, 53).send(10);
    byte[] bytes = CaptureFile.pcap().bytes(traffic);
    own = OwnSide.infer(bytes, bytes.length);
    assertThat(own.addresses()).containsExactly("10.0.0.4");
    read();
    assertThat(own.contradicted()).isFalse();
  }

  /** Handshakes that the capture sees beside the client. */
  private void handshakes(int count, Host client, Host server) {
    for (int i = 0; i < count; i++) {
      Tcp tcp = traffic.after(s(0.1)).tcp(client, server, 80);
      tcp.client.syn();
      tcp.pause(ms(20)).server.synAck();
      tcp.pause(us(50)).client.ack();
    }
  }

  private Pass read() {
    Pass pass = new Pass(own);
    pass.read(CaptureFile.pcapng().bytes(traffic));
    return pass;
  }

  /** What the sides are at each packet of a pass. */
  private static final class Pass implements Analyser {
    final List<Integer> own = new ArrayList<>();
    final List<Boolean> platform = new ArrayList<>();
    final List<Boolean> upload = new ArrayList<>();
    final List<Integer> directions = new ArrayList<>();
    private final Tracker tracker;
    private final Sides sides;

    Pass(OwnSide side) {
      Tables tables = new Tables(1 << 20);
      tracker = new Tracker(tables);
      Names names = new Names(tables);
      tracker.add(names);
      sides = new Sides(tables, side, names.flowNames(), Set.of(ACCOUNT));
      tracker.add(sides);
      tracker.add(this);
    }

    void read(byte[] capture) {
      Decoder decoder = new Decoder();
      try {
        CaptureReader reader = new CaptureReader(new ByteArrayInputStream(capture));
        while (reader.next()) {
          tracker.packet(decoder.decode(reader.record()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      tracker.end();
    }

    @Override
    public void packet(Packet p, Analysis a) {
      directions.add(sides.direction(p));
      if (a.flow != Analysis.NONE) {
        own.add(sides.own(a.flow));
        platform.add(sides.platform(a.flow));
        upload.add(sides.ownUpload(a.flow));
      } else if (a.attempt != Analysis.NONE) {
        own.add(sides.ownOfAttempt(a.attempt));
      }
    }
  }
}
