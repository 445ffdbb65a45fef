package dev.alertcapture.traffic;

/**
 * One side of a TCP connection: what it sends, segment by segment. A segment acknowledges what has
 * arrived so far, with SACK and D-SACK blocks where those were agreed on.
 */
public final class Side extends Endpoint {
  Side(Tcp flow, Host host, int port) {
    super(flow, host, port);
  }

  @Override
  Side self() {
    return this;
  }

  public Side pause(long time) {
    flow.pause(time);
    return this;
  }

  public Side syn() {
    return syn(0);
  }

  /** A SYN with data. The same SYN again where there was one. */
  public Side syn(int bytes) {
    return start(SYN, bytes);
  }

  public Side synAck() {
    return start(SYN | ACK, 0);
  }

  public Side ack() {
    return put(ACK, next, Payload.NONE);
  }

  public Side acks(int times) {
    for (int i = 0; i < times; i++) {
      ack();
    }
    return this;
  }

  /** One segment of new data, which arrives. */
  public Side segment(int bytes) {
    return segment(Payload.of(bytes));
  }

  public Side segment(byte... data) {
    return segment(Payload.of(data));
  }

  Side segment(Payload payload) {
    return lose(payload).arrive(next - payload.length(), next);
  }

  /** One that the capture sees and the other side does not: lost after this point. */
  public Side lose(int bytes) {
    return lose(Payload.of(bytes));
  }

  public Side lose(byte... data) {
    return lose(Payload.of(data));
  }

  private Side lose(Payload payload) {
    put(PSH | ACK, next, payload);
    next += payload.length();
    return this;
  }

  /** One that nobody sees: lost before this point. */
  public Side drop(int bytes) {
    segments.skip();
    next += bytes;
    return this;
  }

  /** One that arrives though the capture has not seen it. */
  public Side unseen(int bytes) {
    return drop(bytes).arrive(next - bytes, next);
  }

  /** The first bytes that are missing on the other side, again; they arrive now. */
  public Side resend() {
    Arrivals.Range hole = arrivals.hole(next);
    loseAgain();
    return arrive(hole.from(), hole.to());
  }

  /** The same, and they are lost again. */
  public Side loseAgain() {
    Arrivals.Range hole = arrivals.hole(next);
    for (long at = hole.from(); at < hole.to(); at += segments.payload()) {
      int bytes = (int) Math.min(segments.payload(), hole.to() - at);
      put(PSH | ACK, at, Payload.of(bytes));
    }
    return this;
  }

  /** The last bytes again, though they have arrived. */
  public Side repeat(int bytes) {
    put(PSH | ACK, next - bytes, Payload.of(bytes));
    return arrive(next - bytes, next);
  }

  /** Two segments of which the second comes first. */
  public Side swap(int bytes) {
    segments.id++;
    put(PSH | ACK, next + bytes, Payload.of(bytes));
    segments.id -= 2;
    put(PSH | ACK, next, Payload.of(bytes));
    segments.id++;
    next += 2L * bytes;
    return arrive(next - 2L * bytes, next);
  }

  /** New data in as many segments as it takes, in growing bursts, acknowledged by the other. */
  public Side sends(int bytes) {
    return sends(Payload.of(bytes));
  }

  public Side sends(byte... data) {
    return sends(Payload.of(data));
  }

  /** These bytes, and a filler up to so many. */
  public Side sends(byte[] head, int bytes) {
    return sends(Payload.of(head, bytes));
  }

  private Side sends(Payload payload) {
    new Transfer(this, peer).run(payload);
    return this;
  }

  /** The byte before the next, or no data at all, to hear whether the other is there. */
  public Side keepAlive() {
    return put(ACK, next - 1, Payload.NONE);
  }

  /** A byte into a closed window. */
  public Side probe() {
    return put(ACK, next, Payload.of(1));
  }

  /** Tells a window of 0 for so long, in which the other probes; then opens it again. */
  public Side stopsReading(long time) {
    int before = window();
    window(0).ack();
    long end = flow.now() + time;
    for (long wait = Time.ms(200); flow.now() + wait < end; wait *= 2) {
      peer.pause(wait).probe();
      ack();
    }
    return pause(end - flow.now()).window(before).ack();
  }

  public Side fin() {
    put(FIN | ACK, next, Payload.NONE);
    next++;
    return arrive(next - 1, next);
  }

  public Side reset() {
    return put(RST | ACK, next, Payload.NONE);
  }

  /** A reset without ACK: a closed socket's to data that comes late. */
  public Side abort() {
    return put(RST, next, Payload.NONE);
  }

  /** The answer of a closed port to a SYN. */
  public Side refuse() {
    return put(RST | ACK, 0, Payload.NONE);
  }
}
