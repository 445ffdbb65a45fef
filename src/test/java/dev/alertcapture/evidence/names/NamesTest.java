package dev.alertcapture.evidence.names;

import static dev.alertcapture.evidence.Octets.octets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.evidence.Frames;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Tracker;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.pcap.CaptureRecord;
import dev.alertcapture.evidence.pcap.LinkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts are numbers: 10.0.0.1 asks the resolver 10.0.0.2 and talks to 10.0.0.3. */
class NamesTest implements Analyser, NamesListener {
  private static final int HOST = 1;
  private static final int RESOLVER = 2;
  private static final int SERVER = 3;
  private static final int RESET = 4;

  private final Tables tables = new Tables(1 << 20);
  private final Tracker tracker = new Tracker(tables);
  private final Names names = new Names(tables);
  private final Decoder decoder = new Decoder();
  private final List<String> told = new ArrayList<>();
  private long frame;
  private long time = 1_000_000_000_000L;
  private int flow;
  private int side;
  private int missing;
  private int id = 1;

  NamesTest() {
    names.add(this);
    tracker.add(names);
    tracker.add(this);
  }

  private void after(long milliseconds) {
    time += milliseconds * 1_000_000;
  }

  private void ip(int from, int to, int protocol, byte... inside) {
    CaptureRecord record = new CaptureRecord();
    record.data = Frames.ethernet(0x0800, Frames.ipv4(from, to, protocol, id++, inside));
    record.length = record.data.length;
    record.captured = record.length - missing;
    record.link = LinkTypes.ETHERNET;
    record.frame = ++frame;
    record.time = time;
    record.timed = true;
    tracker.packet(decoder.decode(record));
  }

  private void udp(int from, int to, int port, int toPort, byte... payload) {
    ip(from, to, Packet.UDP, Frames.udp(port, toPort, payload));
  }

  private void query(int port, String name) {
    udp(HOST, RESOLVER, port, 53, Dns.query(7, name, 1).get());
  }

  private void answer(int port, String name, String address) {
    byte[] answer = Dns.response(7, Dns.RESPONSE, name, 1).a(name, address).get();
    udp(RESOLVER, HOST, 53, port, answer);
  }

  private void request(int port, long sequence, int flags, byte... payload) {
    ip(HOST, SERVER, Packet.TCP, Frames.tcp(port, 443, sequence, 0, flags, payload));
  }

  private String nameOf(int end) {
    int number = names.flowNames().nameOf(flow, end);
    return number == NameTable.NONE ? "none" : names.table().text(number);
  }

  @Test
  void tellsEachDnsMessageWithItsPart() {
    query(4_000, "a.example");
    after(1_000);
    query(4_000, "a.example");
    answer(4_000, "a.example", "0a000003");
    answer(4_000, "a.example", "0a000003");
    answer(4_001, "b.example", "0a000003");
    assertThat(told)
        .containsExactly(
            "QUERY 1 for 1",
            "RETRY 2 for 1",
            "RESPONSE 3 for 1",
            "REPEATED 4 for 1",
            "UNSOLICITED 5");
  }

  @Test
  void anAddressHasTheNameOfItsLastAnswer() {
    answer(4_000, "a.example", "0a000003");
    answer(4_001, "b.example", "0a000003");
    int number = names.peers().nameOf(0, 0xFFFF_0A00_0003L);
    assertThat(names.table().text(number)).isEqualTo("b.example");
  }

  @Test
  void aFlowKeepsTheNameThatItsServerHadWhenItBegan() {
    answer(4_000, "a.example", "0a000003");
    request(5_000, 1, Packet.ACK, (byte) 'x');
    int first = flow;
    answer(4_001, "b.example", "0a000003");
    request(5_000, 2, Packet.ACK, (byte) 'y');
    assertThat(flow).isEqualTo(first);
    assertThat(nameOf(1)).isEqualTo("a.example");
    assertThat(nameOf(0)).as("the host").isEqualTo("none");
    request(5_001, 1, Packet.ACK, (byte) 'x');
    assertThat(nameOf(1)).isEqualTo("b.example");
  }

  @Test
  void theHellosNameComesFirstAndIsTheServersOnly() {
    answer(4_000, "a.example", "0a000003");
    answer(4_001, "host.example", "0a000001");
    request(5_000, 1, Packet.ACK, Hellos.record(22, Hellos.hello("tls.example")));
    assertThat(told).contains("hello 3 tls.example 303");
    assertThat(names.tlsEvents()).isEqualTo(TlsFlows.CLIENT_HELLO);
    assertThat(nameOf(1)).isEqualTo("tls.example");
    assertThat(nameOf(0)).isEqualTo("host.example");
    request(5_001, 1, Packet.ACK, Hellos.record(22, Hellos.hello(0x0301, new byte[0])));
    assertThat(told).contains("hello 4 none 301");
    assertThat(nameOf(1)).as("a hello without a name").isEqualTo("a.example");
  }

  @Test
  void readsAHelloThatComesWithTheSyn() {
    request(5_000, 100, Packet.SYN, Hellos.record(22, Hellos.hello("fast.example")));
    request(5_000, 101, Packet.ACK, Hellos.record(22, Hellos.hello("again.example")));
    assertThat(told).containsExactly("hello 1 fast.example 303");
  }

  @Test
  void readsQuic() {
    byte[] frames = QuicClient.crypto(Hellos.hello("quic.example"), 0, 9_999);
    udp(HOST, SERVER, 6_000, 443, new QuicClient(1, "0102030405060708").initial(frames));
    assertThat(told).containsExactly("hello 1 quic.example 303");
    assertThat(nameOf(1)).isEqualTo("quic.example");
  }

  @Test
  void readsDnsOverTcp() {
    byte[] query = Dns.query(9, "t.example", 1).get();
    byte[] framed = octets().u16(query.length).bytes(query).get();
    int half = framed.length / 2;
    for (int from = 0; from < framed.length; from += half + 1) {
      int to = Math.min(framed.length, from + half + 1);
      byte[] piece = Arrays.copyOfRange(framed, from, to);
      ip(HOST, RESOLVER, Packet.TCP, Frames.tcp(4_000, 53, 1 + from, 1, Packet.ACK, piece));
    }
    assertThat(told).containsExactly("QUERY 2 for 2");
  }

  @Test
  void readsACutMessageAsFarAsItGoes() {
    missing = 5;
    query(4_000, "a.example");
    byte[] query = Dns.query(9, "t.example", 1).get();
    byte[] framed = octets().u16(query.length).bytes(query).get();
    ip(HOST, RESOLVER, Packet.TCP, Frames.tcp(4_000, 53, 1, 1, Packet.ACK, framed));
    assertThat(told).containsExactly("QUERY 1 for 1", "QUERY 2 for 2");
    assertThat(names.table().size()).isZero();
  }

  @Test
  void dnsIsOnPort53Only() {
    udp(HOST, RESOLVER, 4_000, 5_353, Dns.query(7, "a.local", 1).get());
    assertThat(told).isEmpty();
  }

  @Test
  void aLookupWithoutAnAnswerIsToldAtTheEnd() {
    query(4_000, "a.example");
    after(3_000);
    query(4_001, "b.example");
    answer(4_001, "b.example", "0a000003");
    tracker.end();
    assertThat(told).hasSize(4).endsWith("unanswered a.example");
  }

  @Test
  void aJumpInTimeEndsLookups() {
    query(4_000, "a.example");
    after(61_000);
    request(5_000, 1, Packet.ACK, (byte) 'x');
    assertThat(told).endsWith("unanswered a.example");
  }

  @Test
  void aCopyOfAQueryIsNoTry() {
    query(4_000, "a.example");
    id--;
    after(1);
    query(4_000, "a.example");
    answer(4_000, "a.example", "0a000003");
    assertThat(told).contains("RETRY 2 for 1", "RESPONSE 3 for 1");
    assertThat(tries).isEqualTo(1);
  }

  @Test
  void anotherConnectionOnTheSamePortsBeginsAnew() {
    request(5_000, 1, Packet.ACK, Hellos.record(22, Hellos.hello("one.example")));
    byte[] alert = Hellos.record(21, new byte[] {2, 40});
    ip(SERVER, HOST, Packet.TCP, Frames.tcp(443, 5_000, 1, 1, Packet.ACK, alert));
    assertThat(names.tls().alert(flow, side)).isEqualTo(40);
    request(5_000, 900, RESET);
    assertThat(names.tlsEvents()).isZero();
    request(5_000, 90_000, Packet.SYN);
    request(5_000, 90_001, Packet.ACK, Hellos.record(22, Hellos.hello("two.example")));
    assertThat(nameOf(1)).isEqualTo("two.example");
    assertThat(names.tls().has(flow, 1, TlsFlows.FATAL_ALERT)).isFalse();
    assertThat(told).hasSize(2);
  }

  private int tries;

  @Override
  public void packet(Packet packet, Analysis analysis) {
    flow = analysis.flow;
    side = analysis.side;
  }

  @Override
  public void dns(
      Packet packet,
      Analysis analysis,
      DnsMessage message,
      DnsTransactions transactions,
      Role role,
      int slot) {
    String query = slot < 0 ? "" : " for " + transactions.queryFrame(slot);
    tries = slot < 0 ? 0 : transactions.tries(slot);
    told.add(role + " " + packet.frame + query);
  }

  @Override
  public void unanswered(DnsTransactions transactions, int slot) {
    told.add("unanswered " + names.table().text(transactions.name(slot)));
  }

  @Override
  public void clientHello(Packet packet, Analysis analysis, int name, int version) {
    String text = name == NameTable.NONE ? "none" : names.table().text(name);
    told.add("hello " + packet.frame + " " + text + " " + Integer.toHexString(version));
  }
}
