package dev.alertcapture.traffic;

import java.util.ArrayList;
import java.util.List;

/** What a side of a connection knows, and how it puts one segment on the wire. */
abstract class Endpoint {
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  private static final int DEFAULT_WINDOW = 64_240;
  private static final int MAX_RAW_WINDOW = 65_535;

  final Tcp flow;
  final Host host;
  final Segments segments;
  Side peer;
  private int ttl;
  private long isn;
  long next;
  final Arrivals arrivals = new Arrivals();
  private Arrivals.Range duplicate;
  private int window = DEFAULT_WINDOW;
  boolean established;

  Endpoint(Tcp flow, Host host, int port) {
    this.flow = flow;
    this.host = host;
    this.ttl = host.ttl();
    this.segments = new Segments(flow, host, port);
    isn(flow.traffic.random().nextInt() & 0xFFFF_FFFFL);
  }

  abstract Side self();

  void peer(Side other) {
    peer = other;
    segments.peer(other.segments);
  }

  /** The first sequence number, of the connection or of another one with the same ports. */
  public Side isn(long number) {
    isn = number;
    next = isn;
    arrivals.start(isn);
    established = false;
    return self();
  }

  public Side mss(int bytes) {
    segments.mss = bytes;
    return self();
  }

  /** What is announced in the SYN; -1: no scaling. */
  public Side scale(int shift) {
    segments.scale = shift;
    return self();
  }

  public Side sack(boolean permitted) {
    segments.sack = permitted;
    return self();
  }

  public Side timestamps() {
    segments.timestamps = true;
    return self();
  }

  /** Segments are cut by the network card, past the capture: it sees such large ones. */
  public Side offload(int bytes) {
    segments.largest = bytes;
    return self();
  }

  /** TTL from now on: another one stands for somebody between the two. */
  public Side ttl(int to) {
    ttl = to;
    return self();
  }

  /** IPv4 identification 0 from now on. */
  public Side withoutId() {
    segments.withoutId = true;
    return self();
  }

  /** The receive window from now on, in bytes. */
  public Side window(int bytes) {
    window = bytes;
    return self();
  }

  /** The next sequence number; it goes past 2^32. */
  public long next() {
    return next;
  }

  int window() {
    return window;
  }

  /** Any segment, all numbers as on the wire; nothing else takes notice of it. */
  public Side raw(int flags, long seq, long ack, int bytes) {
    flow.turn(host);
    flow.put(segments.packet(flags, seq, ack, rawWindow(), ttl, List.of(), Payload.of(bytes)));
    return self();
  }

  Side start(int flags, int bytes) {
    put(flags, isn, Payload.of(bytes));
    next = Math.max(next, isn + 1 + bytes);
    arrivals.add(isn, isn + 1 + bytes);
    return self();
  }

  void opened() {
    next = isn + 1;
    arrivals.add(isn, next);
    established = true;
  }

  Side arrive(long from, long to) {
    if (arrivals.add(from, to)) {
      duplicate = new Arrivals.Range(from, to);
    }
    return self();
  }

  Side put(int flags, long seq, Payload payload) {
    flow.turn(host);
    flow.put(packet(flags, seq, payload));
    return self();
  }

  private Packet packet(int flags, long seq, Payload payload) {
    established |= (flags & SYN) == 0;
    long ack = (flags & ACK) == 0 ? 0 : peer.arrivals.through();
    int told = (flags & RST) == 0 ? rawWindow() : 0;
    return segments.packet(flags, seq, ack, told, ttl, peer.reported(), payload);
  }

  /** What this side's bytes give the other to tell: a range that came twice, then those above. */
  List<Arrivals.Range> reported() {
    if (duplicate == null) {
      return arrivals.blocks();
    }
    List<Arrivals.Range> all = new ArrayList<>(List.of(duplicate));
    all.addAll(arrivals.blocks());
    duplicate = null;
    return all;
  }

  private int rawWindow() {
    int shift = established && segments.scaled() ? segments.scale : 0;
    return Math.min(MAX_RAW_WINDOW, window >> shift);
  }
}
