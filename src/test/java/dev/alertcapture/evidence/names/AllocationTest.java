package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Captures have hundreds of thousands of packets a second: none of them may cost an object. */
class AllocationTest {
  private static final int ROUNDS = 20_000;

  private final NameTable names = new NameTable();
  private final NameText text = new NameText();
  private final PeerNames peers = new PeerNames();
  private final Pages pages = new Pages();
  private final DnsMessage message = new DnsMessage();
  private final DnsTransactions transactions = new DnsTransactions(this::ended);
  private final DnsStreams streams = new DnsStreams(pages);
  private final DnsStreams.Sink sink = (bytes, from, to) -> message.read(bytes, from, to);
  private final TlsFlows tls = new TlsFlows(names, pages);
  private final QuicFlows quic = new QuicFlows(names, pages);

  private final byte[] query = Dns.query(7, "a.example", 1).get();
  private final byte[] response =
      Dns.response(7, Dns.RESPONSE, "a.example", 1)
          .cname("a.example", "b.example")
          .a("b.example", "0a000001")
          .get();
  private final byte[] framed = octets().u16(response.length).bytes(response).get();
  private final byte[] hello = Hellos.record(22, Hellos.hello("tls.example", 1_756));
  private final byte[] data = Hellos.record(23, new byte[1_400]);
  private final byte[] http = octets().text("HTTP/1.1 200 OK\r\n").get();
  private long unanswered;

  AllocationTest() {
    tls.grow(3_000);
  }

  private void ended(int slot) {
    unanswered += slot;
  }

  private void round(int i) {
    int flow = i % 3_000;
    long time = i * 4_000_000L; // a flow asks again after 12 s
    dns(flow, query, time, i);
    if (i % 5 > 0) {
      dns(flow, response, time, i);
    }
    tls.clear(flow);
    tls.segment(flow, 0, i, hello, 0, 1_000);
    tls.segment(flow, 0, i + 1_000, hello, 1_000, hello.length);
    tls.segment(flow, 1, i, data, 0, data.length);
    streams.segment(i, 1, i, framed, 0, 20, 0, sink);
    streams.segment(i, 1, i + 20, framed, 20, framed.length, 0, sink);
    quic.datagram(flow, 0, data, 0, data.length);
    Http.isRequest(http, 0, http.length);
    Http.status(http, 0, http.length);
  }

  private void dns(int flow, byte[] bytes, long time, int frame) {
    message.read(bytes, 0, bytes.length);
    message.questionName(text);
    int name = names.number(text);
    if (message.isResponse()) {
      transactions.response(flow, message.id(), message.responseCode(), true, time);
      peers.learn(message.addressHigh(0), message.addressLow(0), name);
    } else {
      transactions.query(flow, message.id(), name, message.questionType(), time, frame, false);
    }
  }

  @Test
  void packetsCostNoMemory() {
    for (int i = 0; i < ROUNDS; i++) {
      round(i);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = ROUNDS; i < 2 * ROUNDS; i++) {
      round(i);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes).as("bytes for %d rounds", ROUNDS).isLessThan(ROUNDS);
    assertThat(tls.helloName()).isNotNegative();
    assertThat(unanswered).isPositive();
  }
}
