package dev.alertcapture.evidence.packet;

import static dev.alertcapture.evidence.Frames.ethernet;
import static dev.alertcapture.evidence.Frames.frame;
import static dev.alertcapture.evidence.Frames.ipv4;
import static dev.alertcapture.evidence.Frames.ipv6;
import static dev.alertcapture.evidence.Frames.tcp;
import static dev.alertcapture.evidence.Frames.udp;
import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.pcap.CaptureRecord;
import dev.alertcapture.evidence.pcap.LinkTypes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {
  private static final byte[] TCP =
      tcp(4000, 443, 7, 9, Packet.PSH | Packet.ACK, (byte) 1, (byte) 2);

  private final Decoder decoder = new Decoder();

  private Packet decode(int link, byte... frame) {
    return decode(link, frame.length, frame);
  }

  /** Decodes a frame that was longer on the wire than what is there. */
  private Packet decode(int link, int length, byte... frame) {
    CaptureRecord record = new CaptureRecord();
    record.data = frame;
    record.captured = frame.length;
    record.length = length;
    record.link = link;
    record.timed = true;
    return decoder.decode(record);
  }

  private static String layers(Packet p) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < p.layerCount; i++) {
      out.append(i == 0 ? "" : ":").append(Layer.name(p.layers[i]));
    }
    return out.toString();
  }

  private static String ends(Packet p) {
    return Address.text(p.sourceHigh, p.sourceLow)
        + ":"
        + p.sourcePort
        + " "
        + Address.text(p.destinationHigh, p.destinationLow)
        + ":"
        + p.destinationPort;
  }

  @Test
  void readsEthernetIpv4AndTcp() {
    Packet p = decode(LinkTypes.ETHERNET, frame(1, 2, 6, TCP));

    assertThat(layers(p)).isEqualTo("eth:ip:tcp");
    assertThat(ends(p)).isEqualTo("10.0.0.1:4000 10.0.0.2:443");
    assertThat(p.sourceMac).isEqualTo(0x020000000001L);
    assertThat(p.destinationMac).isEqualTo(0x020000000002L);
    assertThat(p.version).isEqualTo(4);
    assertThat(p.ttl).isEqualTo(64);
    assertThat(p.ipId).isEqualTo(1);
    assertThat(p.dontFragment).isTrue();
    assertThat(p.ipLength).isEqualTo(42);
    assertThat(p.transport).isEqualTo(Packet.TCP);
    assertThat(p.sequence).isEqualTo(7);
    assertThat(p.acknowledgment).isEqualTo(9);
    assertThat(p.flags).isEqualTo(Packet.PSH | Packet.ACK);
    assertThat(p.window).isEqualTo(1000);
    assertThat(p.lengthKnown).isTrue();
    assertThat(p.payloadLength).isEqualTo(2);
    assertThat(Arrays.copyOfRange(p.bytes, p.payloadFrom, p.payloadTo)).containsExactly(1, 2);
  }

  @Test
  void takesNoPaddingForPayload() {
    byte[] padded = Arrays.copyOf(frame(1, 2, 6, tcp(1, 2, 0, 0, Packet.ACK)), 60);
    Packet p = decode(LinkTypes.ETHERNET, padded);
    assertThat(p.payloadLength).isZero();
    assertThat(p.payloadTo).isEqualTo(p.payloadFrom);
  }

  @Test
  void tellsTheLengthOfPayloadThatWasCutOff() {
    byte[] whole = frame(1, 2, 6, tcp(1, 2, 0, 0, Packet.ACK, new byte[1000]));
    Packet p = decode(LinkTypes.ETHERNET, whole.length, Arrays.copyOf(whole, 100));
    assertThat(p.payloadLength).isEqualTo(1000);
    assertThat(p.payloadTo - p.payloadFrom).isEqualTo(100 - 54);
  }

  @Test
  void takesTheFramesLengthWhereOffloadLeftTheTotalLengthZero() {
    byte[] frame = frame(1, 2, 6, TCP);
    frame[16] = frame[17] = 0;
    Packet p = decode(LinkTypes.ETHERNET, 70_000, frame);
    assertThat(p.payloadLength).isEqualTo(70_000 - 54);
    assertThat(p.ipLength).isEqualTo(70_000 - 14);
  }

  @Test
  void hasPortsAndNoLengthWhereTheTcpHeaderIsCut() {
    byte[] whole = frame(1, 2, 6, TCP);
    Packet p = decode(LinkTypes.ETHERNET, whole.length, Arrays.copyOf(whole, 14 + 20 + 19));
    assertThat(p.transport).isEqualTo(Packet.TCP);
    assertThat(p.destinationPort).isEqualTo(443);
    assertThat(p.lengthKnown).isFalse();
  }

  @Test
  void hasNoLengthWhereTheTcpHeaderIsLongerThanItsPacket() {
    byte[] frame = frame(1, 2, 6, TCP);
    frame[14 + 20 + 12] = 0x60;
    assertThat(decode(LinkTypes.ETHERNET, frame).lengthKnown).isFalse();
  }

  @Test
  void readsTcpOptionsUpToTheCut() {
    byte[] header = tcp(1, 2, 0, 0, Packet.SYN);
    header[12] = (byte) 0xA0;
    byte[] options = octets().hex("020405B4 01 030307 0402 050A 00000001 00000002").get();
    byte[] frame = frame(1, 2, 6, octets().bytes(header).bytes(options).get());

    TcpOptions all = decode(LinkTypes.ETHERNET, frame).options;
    assertThat(all.segmentSize).isEqualTo(1460);
    assertThat(all.windowScale).isEqualTo(7);
    assertThat(all.selectivePermitted).isTrue();
    assertThat(all.blocks).isEqualTo(1);
    assertThat(all.blockTo[0]).isEqualTo(2);
    assertThat(all.whole).isTrue();

    byte[] cut = Arrays.copyOf(frame, 14 + 20 + 20 + 6);
    TcpOptions some = decode(LinkTypes.ETHERNET, frame.length, cut).options;
    assertThat(some.segmentSize).isEqualTo(1460);
    assertThat(some.windowScale).isEqualTo(-1);
    assertThat(some.whole).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 02000000, null:ip:tcp",
    "0, 00000002, null:ip:tcp",
    "108, 00000002, null:ip:tcp",
    "101, '', raw:ip:tcp",
    "12, '', raw:ip:tcp",
    "228, '', ip:tcp",
    "113, 0004 0001 0006 0200000000010000 0800, sll:ip:tcp",
    "276, 0800 0000 00000003 0001 04 06 0200000000010000, sll:ip:tcp",
    "1, 020000000002020000000001 8100 0005 0800, eth:vlan:ip:tcp",
    "1, 020000000002020000000001 88A8 0007 8100 0005 0800, eth:ieee8021ad:vlan:ip:tcp",
    "1, 020000000002020000000001 8847 00010000 00020140, eth:mpls:ip:tcp",
    "1, 020000000002020000000001 8864 1100 0001 002C 0021, eth:pppoes:ppp:ip:tcp",
    "1, 020000000002020000000001 0032 AAAA03 000000 0800, eth:llc:ip:tcp",
  })
  void readsLinkTypesAndWhatStandsBeforeIp(int link, String before, String layers) {
    byte[] frame = octets().hex(before).bytes(ipv4(1, 2, 6, 1, TCP)).get();
    Packet p = decode(link, frame);
    assertThat(layers(p)).isEqualTo(layers);
    assertThat(ends(p)).isEqualTo("10.0.0.1:4000 10.0.0.2:443");
    assertThat(p.payloadLength).isEqualTo(2);
  }

  @Test
  void keepsVlanIdsAndCookedTypes() {
    byte[] ip = ipv4(1, 2, 6, 1, TCP);
    byte[] inner = octets().hex("0007 8100 E005 0800").bytes(ip).get();
    assertThat(decode(LinkTypes.ETHERNET, ethernet(0x88A8, inner)).vlan).isEqualTo(7 << 12 | 5);
    byte[] priority = octets().hex("0007 8100 E000 0800").bytes(ip).get();
    assertThat(decode(LinkTypes.ETHERNET, ethernet(0x88A8, priority)).vlan).isEqualTo(7);
    byte[] cooked = octets().hex("0004 0001 0006 0200000000010000 0800").bytes(ip).get();
    Packet p = decode(LinkTypes.LINUX_COOKED, cooked);
    assertThat(p.cookedType).isEqualTo(4);
    assertThat(p.sourceMac).isEqualTo(0x020000000001L);
    assertThat(p.destinationMac).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "47, 0000 0800, false, gre, 0",
    "47, 2000 0800 0000002A, false, gre, 42",
    "47, 3081 880B 0000002A 00000001 00000002 FF03 0021, false, gre:ppp, 42",
    "47, 1000 88BE 00000001 1000 0009 00000000, true, gre:erspan:eth, 9",
    "4, '', false, '', 0",
    "17, FFFF 12B5 FFFF 0000 08000000 00002A00, true, udp:vxlan:eth, 42",
    "17, FFFF 17C1 FFFF 0000 0100 6558 00002A00 00000000, true, udp:geneve:eth, 42",
    "17, FFFF 17C1 FFFF 0000 0000 0800 00002A00, false, udp:geneve, 42",
  })
  void analysesThePacketInsideOfATunnel(
      int protocol, String header, boolean withEthernet, String layers, int id) {
    byte[] inner = withEthernet ? frame(3, 4, 6, TCP) : ipv4(3, 4, 6, 1, TCP);
    byte[] outer = frame(1, 2, protocol, octets().hex(header).bytes(inner).get());

    Packet p = decode(LinkTypes.ETHERNET, outer);

    String between = layers.isEmpty() ? "" : layers + ":";
    assertThat(layers(p)).isEqualTo("eth:ip:" + between + "ip:tcp");
    assertThat(ends(p)).isEqualTo("10.0.0.3:4000 10.0.0.4:443");
    assertThat(p.tunnel).isNotZero();
    assertThat(p.tunnelId).isEqualTo(id);
    assertThat(p.ipLength).isEqualTo(outer.length - 14);
    assertThat(p.outerCount).isEqualTo(1);
    assertThat(Address.text(p.outer[0], p.outer[1])).isEqualTo("10.0.0.1");
    assertThat(Address.text(p.outer[2], p.outer[3])).isEqualTo("10.0.0.2");
    assertThat(p.sourceMac).isEqualTo(0x020000000001L);
  }

  @Test
  void findsIpv6BehindTeredosAuthenticationAndOrigin() {
    byte[] inner = ipv6(1, 2, 6, TCP);
    byte[] teredo = octets().hex("0001 0000").zeros(9).hex("0000").zeros(6).bytes(inner).get();
    Packet p = decode(LinkTypes.ETHERNET, frame(1, 2, 17, udp(3544, 9000, teredo)));
    assertThat(layers(p)).isEqualTo("eth:ip:udp:teredo:ipv6:tcp");
    assertThat(ends(p)).isEqualTo("fd00::1:4000 fd00::2:443");
  }

  @Test
  void staysWithTheOuterPacketWhereNothingCanBeReadInside() {
    Packet p = decode(LinkTypes.ETHERNET, frame(1, 2, 17, udp(9000, 4789, new byte[20])));
    assertThat(ends(p)).isEqualTo("10.0.0.1:9000 10.0.0.2:4789");
    assertThat(p.transport).isEqualTo(Packet.UDP);
    assertThat(p.payloadLength).isEqualTo(20);
  }

  @Test
  void readsPastIpv6ExtensionHeadersAndAnAtomicFragment() {
    byte[] rest =
        octets().hex("3C00 000000000000 2C01").zeros(14).hex("0600 0000 00000009").bytes(TCP).get();
    Packet p = decode(LinkTypes.ETHERNET, ethernet(0x86DD, ipv6(1, 2, 0, rest)));
    assertThat(layers(p)).isEqualTo("eth:ipv6:tcp");
    assertThat(p.fragment).isEqualTo(Packet.WHOLE);
    assertThat(p.payloadLength).isEqualTo(2);
  }

  @Test
  void readsTheQuotedPacketOfAnIcmpError() {
    byte[] quoted = Arrays.copyOf(ipv4(1, 2, 6, 1, TCP), 28);
    byte[] error = octets().hex("0304 0000 0000 05D4").bytes(quoted).get();
    Packet p = decode(LinkTypes.ETHERNET, frame(9, 1, 1, error));
    assertThat(p.transport).isEqualTo(Packet.ICMP);
    assertThat(p.mtu).isEqualTo(1492);
    assertThat(p.quote.present).isTrue();
    assertThat(p.quote.protocol).isEqualTo(Packet.TCP);
    assertThat(p.quote.destinationPort).isEqualTo(443);
    assertThat(p.quote.sequence).isEqualTo(7);
    assertThat(p.quote.ipLength).isEqualTo(42);
  }

  @Test
  void readsTheMtuOfIcmpv6() {
    byte[] error = octets().hex("0200 0000 00000500").bytes(ipv6(1, 2, 6, TCP)).get();
    Packet p = decode(LinkTypes.ETHERNET, ethernet(0x86DD, ipv6(9, 1, 58, error)));
    assertThat(p.mtu).isEqualTo(1280);
    assertThat(p.quote.sourcePort).isEqualTo(4000);
  }

  @Test
  void takesTheIdOfAnEchoForItsPorts() {
    byte[] echo = octets().hex("0800 0000 002A 0001").get();
    Packet p = decode(LinkTypes.ETHERNET, frame(1, 2, 1, echo));
    assertThat(ends(p)).isEqualTo("10.0.0.1:42 10.0.0.2:42");
    assertThat(p.quote.present).isFalse();
  }

  @Test
  void readsArp() {
    byte[] arp =
        octets().hex("0001 0800 0604 0001 020000000001 0A000001 000000000000 0A000002").get();
    Packet p = decode(LinkTypes.ETHERNET, ethernet(0x0806, arp));
    assertThat(p.transport).isEqualTo(Packet.ARP);
    assertThat(p.arpOperation).isEqualTo(1);
    assertThat(p.version).isZero();
    assertThat(Address.text(p.destinationHigh, p.destinationLow)).isEqualTo("10.0.0.2");
  }

  @Test
  void leavesUnknownLinkTypesAlone() {
    Packet p = decode(127, frame(1, 2, 6, TCP));
    assertThat(p.layerCount).isZero();
    assertThat(p.version).isZero();
  }
}
