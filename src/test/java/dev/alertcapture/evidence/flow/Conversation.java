package dev.alertcapture.evidence.flow;

import static dev.alertcapture.evidence.Octets.octets;

import dev.alertcapture.evidence.Frames;
import dev.alertcapture.evidence.packet.Decoder;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.pcap.CaptureRecord;
import dev.alertcapture.evidence.pcap.LinkTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends packets through a tracker and shows what it says of them. Hosts are numbers; a client sends
 * from port 4000 to port 443 unless said otherwise.
 */
final class Conversation implements Analyser {
  static final int CLIENT = 1;
  static final int SERVER = 2;

  final Tables tables;
  final List<String> events = new ArrayList<>();
  private final Tracker tracker;
  private final Decoder decoder = new Decoder();
  private Analysis last;
  private long frame;
  private long time = 1_000_000_000_000L;
  private int vlan;
  private int ttl = 64;
  private int id = 1000;
  private int clientPort = 4000;
  private long mac = 1;

  Conversation() {
    this(1 << 20);
  }

  Conversation(long heap) {
    tables = new Tables(heap);
    tracker = new Tracker(tables);
    tracker.add(this);
  }

  /** Lets time pass. */
  Conversation after(double milliseconds) {
    time += Math.round(milliseconds * 1e6);
    return this;
  }

  Conversation vlan(int ids) {
    vlan = ids;
    return this;
  }

  Conversation ttl(int next) {
    ttl = next;
    return this;
  }

  /** The id of the next packet; each packet after it has the next one, but 0 stays. */
  Conversation id(int next) {
    id = next;
    return this;
  }

  Conversation clientPort(int port) {
    clientPort = port;
    return this;
  }

  Conversation mac(long source) {
    mac = source;
    return this;
  }

  Analysis client(int flags, long sequence, long ack, int payload) {
    return tcp(CLIENT, SERVER, clientPort, 443, flags, sequence, ack, payload);
  }

  Analysis server(int flags, long sequence, long ack, int payload) {
    return tcp(SERVER, CLIENT, 443, clientPort, flags, sequence, ack, payload);
  }

  Analysis tcp(
      int from, int to, int port, int toPort, int flags, long sequence, long ack, int payload) {
    return ip(from, to, 6, Frames.tcp(port, toPort, sequence, ack, flags, new byte[payload]));
  }

  Analysis udp(int from, int to, int port, int toPort, int payload) {
    return ip(from, to, 17, Frames.udp(port, toPort, new byte[payload]));
  }

  Analysis ip(int from, int to, int protocol, byte... inside) {
    byte[] ip = Frames.ipv4(from, to, protocol, id, inside);
    ip[8] = (byte) ttl;
    id = id == 0 ? 0 : id % 65_535 + 1;
    byte[] tag = vlan == 0 ? new byte[0] : octets().u16(0x8100).u16(vlan).get();
    CaptureRecord record = new CaptureRecord();
    record.data = octets().u16(0).u32(2).u16(0).u32(mac).bytes(tag).u16(0x0800).bytes(ip).get();
    record.captured = record.length = record.data.length;
    record.link = LinkTypes.ETHERNET;
    record.frame = ++frame;
    record.time = time;
    record.timed = true;
    tracker.packet(decoder.decode(record));
    return last;
  }

  /** A handshake of the client at 1000 and the server at 5000, 10 ms to the server. */
  Conversation connect() {
    client(Packet.SYN, 1000, 0, 0);
    after(10).server(Packet.SYN | Packet.ACK, 5000, 1001, 0);
    after(1).client(Packet.ACK, 1001, 5001, 0);
    return this;
  }

  void finish() {
    tracker.end();
  }

  @Override
  public void opened(int flow, int attempt) {
    events.add(attempt == Analysis.NONE ? "opened" : "promoted");
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {
    last = analysis;
  }

  @Override
  public void closed(int flow) {
    events.add("closed");
  }

  @Override
  public void lapsed(int attempt) {
    events.add("lapsed");
  }
}
