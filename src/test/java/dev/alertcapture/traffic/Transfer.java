package dev.alertcapture.traffic;

/**
 * A bulk of data in bursts that double as slow start does, up to the receiver's window; each second
 * segment is acknowledged.
 */
final class Transfer {
  private static final int FIRST_BURST = 10;
  private static final int LARGEST_BURST = 64;

  private final Side sender;
  private final Side receiver;
  private final Tcp flow;

  Transfer(Side sender, Side receiver) {
    this.sender = sender;
    this.receiver = receiver;
    this.flow = sender.flow;
  }

  void run(Payload payload) {
    long roundTrip = flow.delay(receiver.host) + flow.delay(sender.host);
    int each = sender.segments.payload();
    long burst = FIRST_BURST;
    long start = flow.turn(sender.host);
    long acknowledged = start;
    int at = 0;
    while (at < payload.length()) {
      long fits = Math.max(1, Math.min(burst, receiver.window() / each));
      long time = start;
      for (long i = 0; i < fits && at < payload.length(); i++) {
        int end = (int) Math.min(payload.length(), (long) at + each);
        time = start + i * flow.gap();
        flow.at(time - Traffic.START);
        sender.segment(payload.slice(at, end));
        at = end;
        if (i % 2 == 1 || i + 1 == fits || at == payload.length()) {
          acknowledged = time + flow.delay(receiver.host);
          flow.at(acknowledged - Traffic.START);
          receiver.ack();
        }
      }
      start = Math.max(start + roundTrip, time + flow.gap());
      burst = Math.min(2 * burst, LARGEST_BURST);
    }
    flow.seen(acknowledged, receiver.host);
  }
}
