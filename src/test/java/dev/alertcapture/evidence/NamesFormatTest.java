package dev.alertcapture.evidence;

import static dev.alertcapture.evidence.Frames.frame;
import static dev.alertcapture.evidence.Frames.record;
import static dev.alertcapture.evidence.Frames.tcp;
import static dev.alertcapture.evidence.Frames.udp;
import static dev.alertcapture.evidence.Octets.octets;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.Names;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class NamesFormatTest {
  private static final byte[] QUESTION = octets().hex("016100 0001 0001").get();
  private static final int NXDOMAIN = 0x8183;

  private static byte[] dns(int id, int flags) {
    return octets().u16(id).u16(flags).u16(1).u16(0).u32(0).bytes(QUESTION).get();
  }

  private static byte[] query(int id) {
    return frame(1, 2, 17, udp(4000, 53, dns(id, 0x0100)));
  }

  private static byte[] response(int id, int flags) {
    return frame(2, 1, 17, udp(53, 4000, dns(id, flags)));
  }

  private static byte[] hello(String name) {
    int length = name.length();
    byte[] extensions = octets().u16(0).u16(length + 5).u16(length + 3).u8(0).u16(length).get();
    byte[] body =
        octets()
            .u16(0x0303)
            .zeros(33)
            .u16(2)
            .u16(0x1301)
            .u16(0x0100)
            .u16(extensions.length + length)
            .bytes(extensions)
            .text(name)
            .get();
    byte[] message = octets().u16(0x0100).u16(body.length).bytes(body).get();
    return octets().u8(22).u16(0x0301).u16(message.length).bytes(message).get();
  }

  private static String run(Octets capture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Tables tables = new Tables(1 << 20);
    Tracker tracker = new Tracker(tables);
    Names names = new Names(tables);
    tracker.add(names);
    tracker.add(new NamesFormat(names, new Output(new PrintStream(out, true, US_ASCII))));
    Explain.read(new CaptureReader(new ByteArrayInputStream(capture.get())), tracker);
    return out.toString(US_ASCII);
  }

  @Test
  void printsEachResponseWithItsTransaction() throws IOException {
    Octets capture =
        Frames.pcap(1)
            .bytes(record(1_000_000, query(7)))
            .bytes(record(1_012_345, response(7, NXDOMAIN)))
            .bytes(record(1_500_000, response(7, NXDOMAIN)))
            .bytes(record(1_600_000, response(9, 0x8182)))
            .bytes(record(2_000_000, query(8)))
            .bytes(record(1_999_999, response(8, 0x8180)));
    assertThat(run(capture).lines())
        .containsExactly(
            "dns\t2\t1\t12345\t3\t",
            "dns\t3\t\t\t3\tretransmission",
            "dns\t4\t\t\t2\tunsolicited",
            "dns\t6\t5\t-1\t0\t");
  }

  @Test
  void printsServerNamesAsTheyMayBeShown() throws IOException {
    Octets capture =
        Frames.pcap(1)
            .bytes(record(0, frame(1, 2, 6, tcp(4000, 443, 1, 1, 0x18, hello("A.b")))))
            .bytes(record(1, frame(1, 2, 6, tcp(4001, 443, 1, 1, 0x18, hello("a\n\t\u0085")))))
            .bytes(record(2, frame(1, 2, 6, tcp(4002, 443, 1, 1, 0x18, hello("")))));
    assertThat(run(capture).lines()).containsExactly("name\t1\ta.b", "name\t2\ta\\x0A\\x09\\x85");
  }
}
