package dev.alertcapture.evidence.flow;

import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.packet.Quote;
import java.util.Arrays;

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
  private final Copies copies = new Copies();
  private final Key key = new Key();
  private final Analysis a = new Analysis();
  private Analyser[] analysers = {};

  public Tracker(Tables tables) {
    this.tables = tables;
    flows = tables.flows;
    attempts = tables.attempts;
    folding = new Folding(tables);
    roles = new Roles(flows);
  }

  /** Adds an analyser, which sees packets after those that were added before it. */
  public void add(Analyser analyser) {
    analysers = Arrays.copyOf(analysers, analysers.length + 1);
    analysers[analysers.length - 1] = analyser;
  }

  /** Takes the next packet of the file in. */
  public void packet(Packet p) {
    tables.timeline.add(p);
    a.clear();
    if (p.version != 0) {
      find(p);
      place(p);
      if (p.quote.present) {
        quote(p);
      }
    }
    for (Analyser each : analysers) {
      each.packet(p, a);
    }
  }

  /** Ends all flows and attempts, in the order of their indexes. */
  public void end() {
    for (int flow = 0; flow < flows.end(); flow++) {
      if (flows.live(flow)) {
        close(flow);
      }
    }
    for (int attempt = 0; attempt < attempts.end(); attempt++) {
      if (attempts.live(attempt)) {
        lapse(attempt);
      }
    }
    for (Analyser each : analysers) {
      each.end();
    }
  }

  /** Sets the packet's flow or attempt, where there is one, and whether the packet is a copy. */
  private void find(Packet p) {
    makeRoom();
    Addresses addresses = tables.addresses;
    int source = addresses.number(p.sourceHigh, p.sourceLow);
    int destination = addresses.number(p.destinationHigh, p.destinationLow);
    key.set(source, p.sourcePort, destination, p.destinationPort, Key.protocol(p));
    boolean equal = copies.find(p);
    if (equal) {
      copies.context(key);
      look();
      a.copy = copies.isCopy(p, otherFrame(), sureCopies());
      a.loop = copies.isLoop();
    }
    if (!a.copy) {
      key.context(p.tunnel, p.tunnelId, p.vlan);
      look();
      if (!a.loop) {
        copies.keep(p);
      }
    } else if (a.flow != NONE && (p.ipId != 0 || (isSegment(p) && p.payloadLength > 0))) {
      tables.traffic.sureCopy(a.flow);
    }
  }

  private void look() {
    a.flow = flows.find(key);
    a.attempt = a.flow == NONE ? attempts.find(key) : NONE;
    a.side = a.flow == NONE ? 0 : flows.side(a.flow, key);
  }

  private int otherFrame() {
    return a.flow == NONE ? 0 : tables.traffic.lastFrame(a.flow, 1 - a.side);
  }

  private int sureCopies() {
    return a.flow == NONE ? 0 : tables.traffic.sureCopies(a.flow);
  }

  /** A packet may bring two addresses that are new. */
  private void makeRoom() {
    while (tables.addresses.room() < 2) {
      if (attempts.count() == 0) {
        fold();
      }
      for (int i = 0; i < BATCH && attempts.count() > 0; i++) {
        tables.foldedAttempts++;
        lapse(attempts.oldest());
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
      tables.foldedAttempts++;
      lapse(old);
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
    key.fromLow ^= side == 1;
    room();
    int flow = flows.open(key);
    key.fromLow ^= side == 1;
    tables.traffic.resume(flow, attempts, attempt);
    tables.handshakes.resume(flow, attempts, attempt);
    tables.marking.resume(flow, attempts, attempt);
    tables.sequences.resume(flow, attempts, attempt);
    flows.client(flow, 0, false);
    for (Analyser each : analysers) {
      each.opened(flow, attempt);
    }
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
    opened(a.flow);
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
    close(flow);
    flows.reopen(flow, a.side);
    a.first = true;
    opened(flow);
  }

  private void update(Packet p) {
    int flow = a.flow;
    flows.noteVlan(flow, a.side, key);
    tables.traffic.add(flow, a.side, p, tables.timeline.piece(), a.copy);
    if (isSegment(p)) {
      a.connected = !a.copy && tables.handshakes.next(flow, a.side, p);
      a.marks = tables.marking.next(flow, a.side, p);
      if (!a.copy) {
        tables.sequences.next(flow, a.side, p, a);
      }
    }
    roles.update(flow, a.side, p);
  }

  /** Finds the flow or attempt of the packet that an ICMP error quotes. */
  private void quote(Packet p) {
    Quote q = p.quote;
    int source = tables.addresses.find(q.sourceHigh, q.sourceLow);
    int destination = tables.addresses.find(q.destinationHigh, q.destinationLow);
    if (source < 0 || destination < 0) {
      return;
    }
    key.set(source, q.sourcePort, destination, q.destinationPort, q.protocol);
    key.context(p.tunnel, p.tunnelId, p.vlan);
    a.quotedFlow = flows.find(key);
    if (a.quotedFlow == NONE) {
      a.quotedAttempt = attempts.find(key);
    } else {
      a.quotedSide = flows.side(a.quotedFlow, key);
    }
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
        close(flow);
        flows.remove(flow);
        tables.foldedFlows++;
      }
    }
  }

  private void opened(int flow) {
    for (Analyser each : analysers) {
      each.opened(flow, NONE);
    }
  }

  private void close(int flow) {
    for (Analyser each : analysers) {
      each.closed(flow);
    }
  }

  private void lapse(int attempt) {
    for (Analyser each : analysers) {
      each.lapsed(attempt);
    }
    attempts.remove(attempt);
  }
}
