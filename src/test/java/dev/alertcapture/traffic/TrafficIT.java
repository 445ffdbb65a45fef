package dev.alertcapture.traffic;

import static dev.alertcapture.traffic.Time.ms;
import static dev.alertcapture.traffic.Time.s;
import static dev.alertcapture.traffic.Time.us;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.testing.Tshark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether tshark takes the traffic for what it is meant to be. */
class TrafficIT {
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host DB = Host.at("10.1.2.3");
  private static final List<String> CHECKSUMS =
      List.of("ip", "tcp", "udp", "icmp", "icmpv6").stream()
          .map(protocol -> protocol + ".checksum.status")
          .toList();

  @TempDir private Path folder;

  private final Traffic traffic = new Traffic(VM);
  private final Tcp tcp = traffic.tcp(VM, DB, 9_000).rtt(ms(20));
  private Tshark tshark;

  @BeforeEach
  void find() {
    tshark = Tshark.in(folder);
  }

  @Test
  void allPacketsAreWellFormedWithGoodChecksums() throws IOException {
    List<Frame> frames = new ArrayList<>();
    long start = 0;
    for (Case each : Case.all()) {
      List<Frame> some = each.traffic().get().frames();
      if (some.stream()
          .allMatch(f -> f.nic.link() == Link.ETHERNET && f.length == f.bytes.length)) {
        long by = start;
        some.forEach(frame -> frames.add(frame.later(by)));
        start += s(1_000);
      }
    }
    List<String> arguments = new ArrayList<>();
    for (String protocol : List.of("ip", "tcp", "udp")) {
      arguments.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
    }
    // A header that an ICMP error quotes has a checksum over more than is quoted.
    arguments.addAll(
        List.of("-Y", "_ws.malformed || (" + bad() + ") && !((icmp || icmpv6) && tcp)"));
    arguments.addAll(List.of("-T", "fields", "-e", "frame.number", "-e", "_ws.col.Info"));

    assertThat(frames).hasSizeGreaterThan(5_000);
    assertThat(tshark.read(CaptureFile.pcap().bytes(frames), arguments.toArray(String[]::new)))
        .isEmpty();
  }

  private static String bad() {
    return String.join(" || ", CHECKSUMS.stream().map(each -> each + " == 0").toList());
  }

  @Test
  void everyFormatHasTheSamePackets() throws IOException {
    tcp.timestamps().open().exchange(2_000, 9_000).close();
    List<String> expected = seen(CaptureFile.pcap());

    assertThat(expected).hasSizeGreaterThan(10);
    for (CaptureFile format :
        List.of(
            CaptureFile.pcap().bigEndian().gzip(),
            CaptureFile.nanoseconds(),
            CaptureFile.modified(),
            CaptureFile.pcapng(),
            CaptureFile.pcapng().application("somebody").bigEndian())) {
      assertThat(seen(format)).isEqualTo(expected);
    }
  }

  private List<String> seen(CaptureFile format) throws IOException {
    return fields(format.bytes(traffic), "frame.time_relative", "frame.len", "_ws.col.Info");
  }

  @Test
  void everyLinkTypeCarriesTheSamePackets() throws IOException {
    List<String> expected = null;
    for (Link link : Link.values()) {
      if (link != Link.IPV6) {
        Traffic each = new Traffic(VM).on(link);
        each.tcp(VM, DB, 9_000).open().exchange(100, 100).close();
        List<String> seen = fields(CaptureFile.pcap().bytes(each), "ip.len", "_ws.col.Info");
        assertThat(seen).as(link.name()).hasSize(10).isEqualTo(expected == null ? seen : expected);
        expected = seen;
      }
    }
  }

  @Test
  void whatIsLostAfterTheCaptureIsARetransmission() throws IOException {
    tcp.open().client.lose(500).segment(500);
    tcp.server.ack();
    tcp.client.pause(ms(300)).resend();

    assertThat(marks("retransmission")).containsExactly("7");
    assertThat(marks("lost_segment")).isEmpty();
  }

  @Test
  void whatIsLostBeforeTheCaptureIsMissingFirst() throws IOException {
    tcp.open().server.drop(500).segment(500);
    tcp.client.ack();
    tcp.server.pause(ms(300)).resend();

    assertThat(marks("lost_segment")).containsExactly("4");
    assertThat(marks("retransmission")).containsExactly("6");
  }

  @Test
  void whatTheCaptureMissedIsAcknowledgedUnseen() throws IOException {
    tcp.open().server.segment(10).unseen(500);
    tcp.client.ack();

    assertThat(marks("ack_lost_segment")).containsExactly("5");
  }

  @Test
  void swappedSegmentsAreOutOfOrder() throws IOException {
    tcp.open().server.swap(500);

    assertThat(marks("out_of_order")).containsExactly("5");
  }

  @Test
  void whatComesAgainAfterItsAcknowledgementIsSpurious() throws IOException {
    tcp.open().client.segment(500);
    tcp.server.ack();
    tcp.client.repeat(500);
    tcp.server.ack();

    assertThat(marks("spurious_retransmission")).containsExactly("6");
    assertThat(fields(bytes(), "tcp.options.sack.dsack_le").get(6)).isNotEmpty();
  }

  @Test
  void aClosedWindowIsProbedUntilItOpens() throws IOException {
    tcp.open().server.stopsReading(s(3));

    assertThat(marks("zero_window_probe")).containsExactly("5", "7", "9");
    assertThat(marks("zero_window_probe_ack")).containsExactly("6", "8", "10");
    assertThat(marks("window_update")).containsExactly("11");
  }

  @Test
  void keepAlivesAreKeepAlives() throws IOException {
    tcp.open().exchange(100, 100).client.pause(s(10)).keepAlive();
    tcp.server.ack();

    assertThat(marks("keep_alive")).containsExactly("8");
    assertThat(marks("keep_alive_ack")).containsExactly("9");
  }

  @Test
  void aCopyIsARetransmissionToTshark() throws IOException {
    tcp.open().copied(Copy.after(us(9)).hops(1)).client.segment(100);

    assertThat(marks("retransmission")).containsExactly("5");
  }

  @Test
  void anotherInitialNumberReusesThePorts() throws IOException {
    tcp.open().client.pause(s(9)).isn(5).syn();

    assertThat(marks("reused_ports")).containsExactly("4");
  }

  @Test
  void aBulkTransferHasNoMarksAtAll() throws IOException {
    tcp.timestamps().open().exchange(200_000, 3_000_000).close();

    assertThat(tshark.read(bytes(), "-Y", "tcp.analysis.flags")).isEmpty();
  }

  @Test
  void nothingIsWrongWithAHealthyMachine() throws IOException {
    new HealthyMachine(traffic, VM, 7).run(0, 10, 20);

    assertThat(traffic.frames()).hasSizeGreaterThan(5_000);
    assertThat(tshark.read(bytes(), "-Y", "tcp.analysis.flags || _ws.malformed")).isEmpty();
  }

  @Test
  void namesAreSeenInDnsTlsAndQuic() throws IOException {
    traffic.lookup(VM, Azure.WIRE_SERVER, "a.example").answer("b.example", "10.1.2.3");
    traffic.at(s(1)).tcp(VM, DB, 443).open().tls("tls.example");
    traffic.at(s(2)).tcp(VM, DB, 443).open().send(Tls.largeClientHello("large.example"));
    traffic.at(s(3)).udp(VM, DB, 443).send(new Quic(7).initial("quic.example"));
    Quic quic = new Quic(8);
    traffic
        .at(s(4))
        .udp(VM, DB, 443)
        .send(quic.largeInitial("pq.example", 0))
        .send(quic.largeInitial("pq.example", 1));

    assertThat(given(fields(bytes(), "dns.cname"))).containsExactly("b.example");
    assertThat(given(fields(bytes(), "tls.handshake.extensions_server_name")))
        .containsExactly("tls.example", "large.example", "quic.example", "pq.example");
  }

  private byte[] bytes() {
    return CaptureFile.pcap().bytes(traffic);
  }

  private List<String> marks(String mark) throws IOException {
    String[] only = {"-Y", "tcp.analysis." + mark, "-T", "fields", "-e", "frame.number"};
    return tshark.read(bytes(), only);
  }

  private List<String> fields(byte[] capture, String... names) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
    for (String name : names) {
      arguments.addAll(List.of("-e", name));
    }
    return tshark.read(capture, arguments.toArray(String[]::new));
  }

  private static List<String> given(List<String> lines) {
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }
}
