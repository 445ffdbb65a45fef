package dev.alertcapture.traffic;

import java.util.List;

/** What a side's segments look like on the wire. */
final class Segments {
  private static final int HEADER = 20;
  private static final int TIMESTAMPS_LENGTH = 12;
  private static final int NANOS_PER_TICK = 1_000_000;

  int mss;
  int scale = 7;
  int largest;
  int id;
  boolean sack = true;
  boolean timestamps;
  boolean withoutId;

  private final Tcp flow;
  private final Host host;
  private final int port;
  private final long clockOffset;
  private Segments peer;
  private long timestamp;

  Segments(Tcp flow, Host host, int port) {
    this.flow = flow;
    this.host = host;
    this.port = port;
    mss = host.isV6() ? 1_440 : 1_460;
    id = flow.traffic.random().nextInt(1 << 16);
    clockOffset = flow.traffic.random().nextInt(1 << 30);
  }

  void peer(Segments other) {
    peer = other;
  }

  /** A packet that nobody sees takes an id all the same. */
  void skip() {
    id++;
  }

  boolean scaled() {
    return scale >= 0 && peer.scale >= 0;
  }

  private boolean timed() {
    return timestamps && peer.timestamps;
  }

  /** How much a segment carries. */
  int payload() {
    int fits = Math.min(mss, peer.mss) - (timed() ? TIMESTAMPS_LENGTH : 0);
    return Math.max(fits, largest);
  }

  Packet packet(
      int flags,
      long seq,
      long ack,
      int window,
      int ttl,
      List<Arrivals.Range> received,
      Payload payload) {
    byte[] options = options(flags, received);
    int header = HEADER + options.length;
    int length = header + payload.length();
    Octets out = new Octets(header + Math.min(payload.length(), flow.traffic.snapLength()));
    out.u16(port)
        .u16(peer.port)
        .u32(seq)
        .u32(ack)
        .u16(((header / 4) << 12) | flags)
        .u16(window)
        .u32(0)
        .add(options);
    Host to = peer.host;
    long sum = Ip.pseudoSum(host, to, Ip.TCP, length) + Checksum.sum(out.bytes());
    out.set16(16, Checksum.of(sum + payload.sum()));
    payload.write(out, flow.traffic.snapLength());
    int identification = withoutId ? 0 : id++ & 0xFFFF;
    return Ip.packet(host, to, Ip.TCP, identification, ttl, out.bytes(), length);
  }

  private byte[] options(int flags, List<Arrivals.Range> received) {
    TcpOptions options = new TcpOptions();
    boolean syn = (flags & Side.SYN) != 0;
    boolean answer = syn && (flags & Side.ACK) != 0;
    if (syn) {
      options.mss(mss);
    }
    if (syn && sack && (!answer || peer.sack)) {
      options.sackPermitted();
    }
    if ((flags & Side.RST) == 0 && timestamps && ((syn && !answer) || peer.timestamps)) {
      timestamp = clockOffset + flow.now() / NANOS_PER_TICK;
      options.timestamps(timestamp, peer.timestamp);
    }
    if (syn && scale >= 0 && (!answer || peer.scale >= 0)) {
      options.scale(scale);
    }
    if (!syn && sack && peer.sack && (flags & Side.RST) == 0) {
      options.sack(received);
    }
    return options.bytes();
  }
}
