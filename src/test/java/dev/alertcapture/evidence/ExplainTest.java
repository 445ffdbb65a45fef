package dev.alertcapture.evidence;

import static dev.alertcapture.evidence.Frames.frame;
import static dev.alertcapture.evidence.Frames.record;
import static dev.alertcapture.evidence.Frames.tcp;
import static dev.alertcapture.evidence.Frames.udp;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.pcap.CaptureReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final byte[] CAPTURE =
      Frames.pcap(1)
          .bytes(record(1_000_000, frame(1, 2, 6, tcp(4000, 443, 1000, 0, Packet.SYN))))
          .bytes(record(1_010_000, frame(2, 1, 6, tcp(443, 4000, 5000, 1001, 0x12))))
          .bytes(record(1_011_000, frame(1, 2, 6, tcp(4000, 443, 1001, 5001, 0x10))))
          .bytes(record(1_020_000, frame(1, 2, 6, tcp(4000, 443, 1001, 5001, 0x18, new byte[9]))))
          .bytes(record(1_520_000, frame(1, 2, 6, tcp(4000, 443, 1001, 5001, 0x18, new byte[9]))))
          .bytes(record(1_600_000, frame(1, 3, 17, udp(5000, 53, new byte[4]))))
          .bytes(record(1_700_000, frame(1, 4, 6, tcp(4001, 80, 7, 0, Packet.SYN))))
          .get();

  private static String run(BiFunction<Tables, Output, Analyser> format, byte... capture)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Tables tables = new Tables(1 << 20);
    Tracker tracker = new Tracker(tables);
    tracker.add(format.apply(tables, new Output(new PrintStream(out, true, US_ASCII))));
    Explain.read(new CaptureReader(new ByteArrayInputStream(capture)), tracker);
    return out.toString(US_ASCII);
  }

  @Test
  void printsTheMarksOfEachFrameThatHasOne() throws IOException {
    assertThat(run((tables, out) -> new MarksFormat(out), CAPTURE))
        .isEqualTo("5\tretransmission\n");
  }

  @Test
  void printsTotalsByConversationEndpointAndProtocol() throws IOException {
    assertThat(run(TotalsFormat::new, CAPTURE).lines())
        .containsExactly(
            "conv\ttcp\t10.0.0.1\t4000\t10.0.0.2\t443\t4\t234\t1\t54",
            "conv\tudp\t10.0.0.1\t5000\t10.0.0.3\t53\t1\t46\t0\t0",
            "conv\ttcp\t10.0.0.1\t4001\t10.0.0.4\t80\t1\t54\t0\t0",
            "conv\tip\t10.0.0.1\t10.0.0.2\t4\t234\t1\t54",
            "conv\tip\t10.0.0.1\t10.0.0.3\t1\t46\t0\t0",
            "conv\tip\t10.0.0.1\t10.0.0.4\t1\t54\t0\t0",
            "endpoint\tip\t10.0.0.1\t7\t388",
            "endpoint\tip\t10.0.0.2\t5\t288",
            "endpoint\tip\t10.0.0.3\t1\t46",
            "endpoint\tip\t10.0.0.4\t1\t54",
            "proto\teth\t7\t388",
            "proto\teth:ip\t7\t388",
            "proto\teth:ip:tcp\t6\t342",
            "proto\teth:ip:udp\t1\t46");
  }

  @Test
  void countsBothPacketsOfATunnel() throws IOException {
    byte[] inner = Frames.ipv4(3, 4, 17, 1, udp(1, 2));
    byte[] capture = Frames.pcap(1).bytes(record(0, frame(1, 2, 4, inner))).get();
    assertThat(run(TotalsFormat::new, capture).lines())
        .contains(
            "conv\tip\t10.0.0.1\t10.0.0.2\t1\t62\t0\t0",
            "conv\tip\t10.0.0.3\t10.0.0.4\t1\t62\t0\t0",
            "proto\teth:ip:ip:udp\t1\t62");
  }

  @Test
  void printsNothingOfAnEmptyCapture() throws IOException {
    assertThat(run(TotalsFormat::new, Frames.pcap(1).get())).isEmpty();
  }
}
