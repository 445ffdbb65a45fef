package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;

/**
 * Follows flows from packet to packet and shows each packet to all analysers:
 *
 * <pre>{@code
 * Tables tables = new Tables(Runtime.getRuntime().maxMemory());
 * Tracker tracker = new Tracker(tables);
 * tracker.add(new Resets(tables));
 * while (reader.next()) {
 *   tracker.packet(decoder.decode(reader.record()));
 * }
 * tracker.end();
 * }</pre>
 */
public final class Tracker {
  private static final int NONE = Analysis.NONE;
  private static final long SILENCE = 60_000_000_000L;
  private static final long ANOTHER_CONNECTION = 3_000_000_000L;

  /** So many attempts go at once where their addresses are in the way. */
  private static final int BATCH = 4096;

  private final Tables tables;
  private final Flows flows;
  private final HalfOpen attempts;
  private final Folding folding;
  private final Roles roles;
  private final Lookup lookup;
  private final Key key;
  private final Analysis a = new Analysis();
  private final Analysers analysers = new Analysers();

  public Tracker(Tables tables) {
    this.tables = tables;
    flows = tables.flows;
    attempts = tables.attempts;
    folding = new Folding(tables);
    roles = new Roles(flows);
    lookup = new Lookup(tables);
    key = lookup.key;
  }

  /** Adds an analyser, which sees packets after those that were added before it. */
  public void add(Analyser analyser) {
    analysers.add(analyser);
  }

  /** Takes the next packet of the file in. */
  public void packet(Packet p) {
    tables.timeline.add(p);
    a.clear();
    if (p.version != 0) {
      makeRoom();
      lookup.find(p, a);
      place(p);
      if (p.quote.present) {
        lookup.findQuoted(p, a);
      }
    }
    analysers.packet(p, a);
  }

  /** Ends all flows and attempts, in the order of their indexes. */
  public void end() {
    for (int flow = 0; flow < flows.end(); flow++) {
      if (flows.live(flow)) {
        analysers.closed(flow);
      }
    }
    for (int attempt = 0; attempt < attempts.end(); attempt++) {
      if (attempts.live(attempt)) {
        analysers.lapsed(attempt);
      }
    }
    analysers.end();
  }

  /** A packet may bring two addresses that are new. */
  private void makeRoom() {
    while (tables.addresses.room() < 2) {
      if (attempts.count() == 0) {
        fold();
      }
      int rest = Math.min(BATCH, attempts.count());
      for (int i = 0; rest > 0; i++) {
        int attempt = attempts.byAge(i);
        if (attempts.live(attempt)) {
          fold(attempt);
          rest--;
        }
      }
    }
  }

  private void place(Packet p) {
    boolean syn = isSegment(p) && p.isPureSyn();
    if (a.attempt != NONE) {
      if (syn && again(p)) {
        return;
      }
      promote(a.attempt);
    } else if (a.flow == NONE && syn && isBare(p)) {
      attempt(p);
      return;
    }
    if (a.flow == NONE) {
      open();
    } else if (!a.copy) {
      renew(p, syn);
    }
    update(p);
  }

  private static boolean isSegment(Packet p) {
    return p.transport == Packet.TCP && p.lengthKnown;
  }

  /** Whether a SYN has nothing that {@link HalfOpen} could not keep. */
  private static boolean isBare(Packet p) {
    return p.payloadLength == 0
        && p.acknowledgment == 0
        && (p.flags & (Packet.FIN | Packet.RST)) == 0
        && p.options.whole
        && p.options.multipath == 0;
  }

  private void attempt(Packet p) {
    int old = attempts.inTheWay();
    if (old != NONE) {
      fold(old);
    }
    a.attempt = attempts.open(key, p, tables.timeline.piece());
    attempts.add(a.attempt, p, false);
    a.first = true;
    a.newAttempt = true;
    a.segment = SegmentClass.NEW;
  }

  /** Counts an attempt's SYN that was sent before; false where the packet is anything else. */
  private boolean again(Packet p) {
    int of = a.attempt;
    boolean same = attempts.side(of, key) == 0 && attempts.sequence(of) == p.sequence;
    if (!same || !isBare(p) || attempts.piece(of) != tables.timeline.piece()) {
      return false;
    }
    attempts.add(of, p, a.copy);
    a.marks = Marks.RETRANSMISSION;
    a.segment = a.copy ? SegmentClass.NONE : SegmentClass.CONTROL_AGAIN;
    return true;
  }

  /** Makes a flow of the packet's attempt. */
  private void promote(int attempt) {
    int side = attempts.side(attempt, key);
    // The flow's first packet was the attempt's.
    int vlan = key.vlan;
    key.vlan = attempts.vlan(attempt, 0);
    key.fromLow ^= side == 1;
    room();
    int flow = flows.open(key);
    key.fromLow ^= side == 1;
    key.vlan = vlan;
    tables.traffic.resume(flow, attempts, attempt);
    tables.handshakes.resume(flow, attempts, attempt);
    tables.marking.resume(flow, attempts, attempt);
    tables.sequences.resume(flow, attempts, attempt);
    flows.client(flow, 0, false);
    roles.opened(flow);
    analysers.opened(flow, attempt);
    attempts.remove(attempt);
    a.attempt = NONE;
    a.flow = flow;
    a.side = side;
  }

  private void open() {
    room();
    a.flow = flows.open(key);
    a.side = 0;
    a.first = true;
    tables.marking.begin(a.flow);
    roles.opened(a.flow);
    analysers.opened(a.flow, NONE);
  }

  /** Begins another flow at the same index where the packet does not belong to the one there. */
  private void renew(Packet p, boolean syn) {
    int flow = a.flow;
    boolean number = syn && !tables.sequences.continues(flow, a.side, p.sequence);
    boolean used =
        (tables.handshakes.sent(flow) & (Handshakes.DATA | Handshakes.FIN | Handshakes.RST)) != 0;
    long quiet = p.time - tables.traffic.last(flow);
    boolean over =
        number ? used || quiet > ANOTHER_CONNECTION : p.transport != Packet.TCP && quiet > SILENCE;
    a.newAttempt = number;
    if (!over && tables.traffic.piece(flow) == tables.timeline.piece()) {
      if (number) {
        tables.handshakes.again(flow);
      }
      return;
    }
    analysers.closed(flow);
    flows.reopen(flow, a.side);
    a.first = true;
    analysers.opened(flow, NONE);
  }

  private void update(Packet p) {
    int flow = a.flow;
    flows.noteVlan(flow, a.side, key);
    tables.traffic.add(flow, a.side, p, tables.timeline.piece(), a.copy);
    if (isSegment(p)) {
      if (!a.copy) {
        a.connected = tables.handshakes.next(flow, a.side, p);
        tables.sequences.next(flow, a.side, p, a);
      }
      a.marks = tables.marking.next(flow, a.side, p);
    }
    roles.update(flow, a.side, p);
  }

  private void room() {
    if (flows.full()) {
      fold();
    }
  }

  private void fold() {
    folding.choose();
    for (int flow = 0; flow < flows.end(); flow++) {
      if (flows.live(flow) && folding.goes(flow)) {
        analysers.closed(flow);
        flows.remove(flow);
        tables.foldedFlows++;
      }
    }
  }

  private void fold(int attempt) {
    tables.foldedAttempts++;
    analysers.lapsed(attempt);
    attempts.remove(attempt);
  }
}
