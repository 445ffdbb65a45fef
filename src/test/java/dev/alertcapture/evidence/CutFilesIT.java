package dev.alertcapture.evidence;

import static dev.alertcapture.traffic.Time.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.traffic.Azure;
import dev.alertcapture.traffic.CaptureFile;
import dev.alertcapture.traffic.Encapsulation;
import dev.alertcapture.traffic.Host;
import dev.alertcapture.traffic.Link;
import dev.alertcapture.traffic.Nic;
import dev.alertcapture.traffic.Tcp;
import dev.alertcapture.traffic.Tls;
import dev.alertcapture.traffic.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten files that end anywhere. */
class CutFilesIT {
  private static final long SMALL_HEAP = 1L << 20;
  private static final Host VM = Host.machine("10.0.0.4");
  private static final Host WEB = Host.at("20.1.2.3");
  private static final Host LEFT = Host.machine("10.9.0.1");
  private static final Host RIGHT = Host.at("10.9.0.2");

  static List<byte[]> files() {
    return List.of(
        CaptureFile.pcap().bytes(traffic()),
        CaptureFile.pcap().bigEndian().bytes(traffic()),
        CaptureFile.nanoseconds().bytes(traffic()),
        CaptureFile.modified().bytes(traffic()),
        CaptureFile.pcapng().bytes(traffic()),
        CaptureFile.pcapng().bigEndian().gzip().bytes(traffic()),
        CaptureFile.pcap().bytes(some(new Traffic(VM).on(Link.COOKED2))),
        CaptureFile.pcap().bytes(some(traffic().over(Encapsulation.NONE.vxlan(LEFT, RIGHT, 7)))),
        CaptureFile.pcap().bytes(some(new Traffic(VM).over(Encapsulation.NONE.fragmented(80)))),
        CaptureFile.pcapng().bytes(some(traffic().on(new Nic("tun0", Link.RAW).dropped(3)))));
  }

  private static Traffic traffic() {
    return some(new Traffic(VM));
  }

  private static Traffic some(Traffic traffic) {
    traffic.lookup(VM, Azure.WIRE_SERVER, "db.contoso.net").answer("10.1.2.3");
    Tcp tcp = traffic.tcp(VM, WEB, 443).open();
    tcp.client.lose(Tls.clientHello("a.contoso.net")).pause(ms(300)).resend();
    tcp.server.ack().reset();
    return traffic;
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileCutAtAnyByteSaysOfItsFramesWhatTheWholeSays(byte[] file) throws IOException {
    Reading whole = read(file, file.length);
    assertThat(whole.frames).isGreaterThan(8);
    assertThat(whole.lines).anyMatch(line -> line.endsWith("retransmission"));
    assertThat(whole.lines).anyMatch(line -> line.startsWith("dns"));

    long before = 0;
    for (int length = 0; length < file.length; length++) {
      Reading cut = read(file, length);
      assertThat(cut.frames).as("frames of %d bytes", length).isBetween(before, whole.frames);
      assertThat(cut.lines)
          .as("lines of %d bytes", length)
          .isEqualTo(whole.lines.stream().filter(line -> frame(line) <= cut.frames).toList());
      before = cut.frames;
    }
  }

  private static Reading read(byte[] file, int length) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(file, 0, length);
    return new Reading(in, SMALL_HEAP, "marks", "names");
  }

  /** Marks begin with their frame, names with their kind. */
  private static long frame(String line) {
    String[] cells = line.split("\t", -1);
    return Long.parseLong(Character.isDigit(line.charAt(0)) ? cells[0] : cells[1]);
  }
}
