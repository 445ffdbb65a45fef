package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Ends;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;

/**
 * Prints frames and bytes as tshark's {@code conv}, {@code endpoints} and {@code io,phs} count
 * them: copies included, by the frames' length. Lines of cells with tabs between:
 *
 * <pre>
 * conv      tcp|udp  A  port  B  port  frames A to B  bytes  frames B to A  bytes
 * conv      ip|ipv6  A  B     frames A to B  bytes  frames B to A  bytes
 * endpoint  ip|ipv6  A  frames  bytes
 * proto     eth:ip:tcp        frames  bytes
 * </pre>
 *
 * <p>A connection may have several lines where its ports were used again, or where VLANs or tunnels
 * part it; tshark has one for each connection.
 */
final class TotalsFormat implements Analyser {
  private final Tables tables;
  private final Output out;
  private final Protocols protocols = new Protocols();
  private final AddressPairs pairs;

  /** Frames of a flow that its IP conversation has. */
  private final SideCounts packets = new SideCounts();

  /** Those of them that its TCP or UDP conversation lacks. */
  private final SideCounts lacking = new SideCounts();

  private final SideCounts attempts = new SideCounts();

  TotalsFormat(Tables tables, Output out) {
    this.tables = tables;
    this.out = out;
    pairs = new AddressPairs(tables.addresses);
    tables.flows.add(packets);
    tables.flows.add(lacking);
  }

  @Override
  public void opened(int flow, int attempt) {
    if (attempt != Analysis.NONE) {
      packets.take(flow, attempts, attempt);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    protocols.add(p);
    for (int i = 0; i < p.outerCount; i++) {
      pairs.addOuter(p, i);
    }
    if (a.attempt != Analysis.NONE) {
      attempt(a, p.wireLength);
    } else if (a.flow != Analysis.NONE) {
      flow(p, a);
    }
  }

  private void flow(Packet p, Analysis a) {
    boolean part = p.fragment == Packet.FIRST || p.fragment == Packet.LATER;
    if (p.version == 6 && part) {
      // tshark counts IPv6 fragments only where they complete their datagram.
      return;
    }
    packets.add(a.flow, a.side, p.wireLength);
    boolean tcp = p.transport == Packet.TCP && p.options.whole;
    if ((!tcp && p.transport != Packet.UDP) || !p.lengthKnown) {
      lacking.add(a.flow, a.side, p.wireLength);
    }
  }

  private void attempt(Analysis a, int length) {
    if (a.attempt >= attempts.capacity()) {
      attempts.grow(Math.max(64, 2 * a.attempt));
    }
    if (a.first) {
      attempts.clear(a.attempt);
    }
    attempts.add(a.attempt, a.side, length);
  }

  @Override
  public void closed(int flow) {
    int sent = packets.frames(flow, 0) - lacking.frames(flow, 0);
    int got = packets.frames(flow, 1) - lacking.frames(flow, 1);
    if (sent + got > 0) {
      long sentBytes = packets.bytes(flow, 0) - lacking.bytes(flow, 0);
      long gotBytes = packets.bytes(flow, 1) - lacking.bytes(flow, 1);
      print(tables.flows, flow, sent, sentBytes, got, gotBytes);
    }
    addPairs(tables.flows, flow, packets);
  }

  @Override
  public void lapsed(int attempt) {
    int frames = attempts.frames(attempt, 0);
    print(tables.attempts, attempt, frames, attempts.bytes(attempt, 0), 0, 0);
    addPairs(tables.attempts, attempt, attempts);
  }

  private void addPairs(Ends ends, int at, SideCounts counts) {
    for (int side = 0; side < 2; side++) {
      int frames = counts.frames(at, side);
      if (frames > 0) {
        int to = ends.address(at, 1 - side);
        pairs.add(ends.address(at, side), to, frames, counts.bytes(at, side));
      }
    }
  }

  private void print(Ends ends, int at, int sent, long sentBytes, int got, long gotBytes) {
    StringBuilder text = out.text();
    text.append("conv\t").append(ends.protocol(at) == Packet.TCP ? "tcp\t" : "udp\t");
    for (int side = 0; side < 2; side++) {
      int number = ends.address(at, side);
      Address.append(text, tables.addresses.high(number), tables.addresses.low(number));
      text.append('\t').append(ends.port(at, side)).append('\t');
    }
    text.append(sent).append('\t').append(sentBytes).append('\t');
    text.append(got).append('\t').append(gotBytes);
    out.endLine();
  }

  @Override
  public void end() {
    pairs.print(out);
    protocols.print(out);
    out.flush();
  }
}
