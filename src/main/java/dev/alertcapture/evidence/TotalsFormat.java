package dev.alertcapture.evidence;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Ends;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Address;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

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
final class TotalsFormat implements Analyser, Columns {
  private final Tables tables;
  private final Output out;
  private final Protocols protocols = new Protocols();
  private final AddressPairs pairs;
  private int[] frames = {};
  private long[] bytes = {};
  private int[] attemptFrames = {};
  private long[] attemptBytes = {};

  TotalsFormat(Tables tables, Output out) {
    this.tables = tables;
    this.out = out;
    pairs = new AddressPairs(tables.addresses);
    tables.flows.add(this);
  }

  @Override
  public void grow(int flows) {
    frames = Arrays.copyOf(frames, 2 * flows);
    bytes = Arrays.copyOf(bytes, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    frames[2 * flow] = frames[2 * flow + 1] = 0;
    bytes[2 * flow] = bytes[2 * flow + 1] = 0;
  }

  @Override
  public void opened(int flow, int attempt) {
    if (attempt != Analysis.NONE) {
      frames[2 * flow] = attemptFrames[attempt];
      bytes[2 * flow] = attemptBytes[attempt];
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    protocols.add(p);
    for (int i = 0; i < p.outerCount; i++) {
      pairs.addOuter(p, i);
    }
    if (p.version == 0) {
      return;
    }
    boolean flow = a.flow != Analysis.NONE;
    Ends ends = flow ? tables.flows : tables.attempts;
    int index = flow ? a.flow : a.attempt;
    boolean part = p.fragment == Packet.FIRST || p.fragment == Packet.LATER;
    // tshark counts IPv6 fragments only where they complete their datagram.
    if (p.version == 4 || !part) {
      pairs.add(ends.address(index, a.side), ends.address(index, 1 - a.side), p.wireLength);
    }
    boolean tcp = p.transport == Packet.TCP && p.options.whole;
    if ((!tcp && p.transport != Packet.UDP) || !p.lengthKnown) {
      return;
    }
    if (flow) {
      frames[2 * a.flow + a.side]++;
      bytes[2 * a.flow + a.side] += p.wireLength;
    } else {
      attempt(a, p.wireLength);
    }
  }

  private void attempt(Analysis a, int length) {
    if (a.attempt >= attemptFrames.length) {
      int size = Math.max(64, 2 * a.attempt);
      attemptFrames = Arrays.copyOf(attemptFrames, size);
      attemptBytes = Arrays.copyOf(attemptBytes, size);
    }
    attemptFrames[a.attempt] = (a.first ? 0 : attemptFrames[a.attempt]) + 1;
    attemptBytes[a.attempt] = (a.first ? 0 : attemptBytes[a.attempt]) + length;
  }

  @Override
  public void closed(int flow) {
    int i = 2 * flow;
    if (frames[i] + frames[i + 1] > 0) {
      print(tables.flows, flow, frames[i], bytes[i], frames[i + 1], bytes[i + 1]);
    }
  }

  @Override
  public void lapsed(int attempt) {
    print(tables.attempts, attempt, attemptFrames[attempt], attemptBytes[attempt], 0, 0);
  }

  private void print(Ends ends, int at, long sent, long sentBytes, long got, long gotBytes) {
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
