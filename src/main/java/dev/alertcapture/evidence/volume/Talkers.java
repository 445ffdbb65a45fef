package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Ends;
import dev.alertcapture.evidence.flow.Flows;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.report.Json;
import dev.alertcapture.evidence.report.Section;
import dev.alertcapture.evidence.self.Platform;
import dev.alertcapture.evidence.self.Sides;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bytes of each peer and of each server's port, without copies. A peer is the other end of what is
 * the machine's, else each end. Peers that there is no room for are summed up as others; so are
 * those whose SYNs nobody answered, for a flood makes them up.
 */
final class Talkers implements Analyser, Section {
  private static final int SHOWN = 20;
  private static final int PORTS = 1 << 16;

  private final Context context;
  private long[] in = {};
  private long[] out = {};
  private final long[][] tcp = new long[2][];
  private final long[][] udp = new long[2][];
  private final long[] protocols = new long[256];
  private long others;

  Talkers(Context context) {
    this.context = context;
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {}

  @Override
  public void closed(int flow) {
    Flows flows = context.tables().flows;
    long first = context.tables().traffic.bytes(flow, 0);
    long second = context.tables().traffic.bytes(flow, 1);
    protocols[flows.protocol(flow)] += first + second;
    int own = context.sides().own(flow);
    int client = flows.client(flow) < 0 ? flows.opener(flow) : flows.client(flow);
    // Out is what the machine sends; without one, what the server sends.
    int sender = own == 0 || own == 1 ? own : 1 - client;
    ports(
        flows.protocol(flow),
        flows.port(flow, 1 - client),
        sender == 0 ? second : first,
        sender == 0 ? first : second);
    if (own == Sides.LOCAL) {
      return;
    }
    if (own != 0) {
      peer(flows, flow, 0, first, second);
    }
    if (own != 1) {
      peer(flows, flow, 1, second, first);
    }
  }

  @Override
  public void lapsed(int attempt) {
    Ends attempts = context.tables().attempts;
    long bytes = context.tables().attempts.bytes(attempt);
    protocols[Packet.TCP] += bytes;
    boolean sends = context.sides().ownOfAttempt(attempt) == 0;
    ports(Packet.TCP, attempts.port(attempt, 1), sends ? 0 : bytes, sends ? bytes : 0);
    others += bytes;
  }

  private void ports(int protocol, int port, long received, long sent) {
    long[][] of = protocol == Packet.TCP ? tcp : protocol == Packet.UDP ? udp : null;
    if (of == null) {
      return;
    }
    if (of[0] == null) {
      of[Sides.IN] = new long[PORTS];
      of[Sides.OUT] = new long[PORTS];
    }
    of[Sides.IN][port] += received;
    of[Sides.OUT][port] += sent;
  }

  /** Counts what a peer sent and got. */
  private void peer(Ends from, int at, int side, long sent, long got) {
    Addresses addresses = context.tables().addresses;
    int number = from.address(at, side);
    long high = addresses.high(number);
    long low = addresses.low(number);
    if (!Platform.isHost(high, low)) {
      return;
    }
    int kept = addresses.keep(high, low);
    if (kept < 0) {
      others += sent + got;
      return;
    }
    if (kept >= in.length) {
      int size = Math.max(kept + 1, Math.max(1024, 2 * in.length));
      in = Arrays.copyOf(in, size);
      out = Arrays.copyOf(out, size);
    }
    in[kept] += sent;
    out[kept] += got;
  }

  /** Bytes that came from a peer, by the number of its address. */
  long in(int peer) {
    return in[peer];
  }

  long out(int peer) {
    return out[peer];
  }

  /** Peers by all their bytes, most first. */
  List<Integer> top(int most) {
    Addresses addresses = context.tables().addresses;
    return IntStream.range(0, in.length)
        .filter(peer -> in[peer] + out[peer] > 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(peer -> -in[peer] - out[peer])
                .thenComparingLong(addresses::high)
                .thenComparingLong(addresses::low))
        .limit(most)
        .toList();
  }

  /** Server's ports by bytes, most first: TCP's as they are, UDP's from 65,536 on. */
  List<Integer> topPorts(int most) {
    return IntStream.range(0, 2 * PORTS)
        .filter(port -> port(port) > 0)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(port -> -port(port)).thenComparingInt(port -> port))
        .limit(most)
        .toList();
  }

  /** Bytes of a port, numbered as {@link #topPorts} does. */
  long port(int number) {
    long[][] of = number < PORTS ? tcp : udp;
    int port = number % PORTS;
    return of[0] == null ? 0 : of[0][port] + of[1][port];
  }

  static String portName(int number) {
    return (number < PORTS ? "TCP " : "UDP ") + number % PORTS;
  }

  @Override
  public void write(Json json) {
    json.array("talkers");
    for (int peer : top(SHOWN)) {
      Addresses addresses = context.tables().addresses;
      int name = context.names().peers().nameOf(addresses.high(peer), addresses.low(peer));
      json.object().put("peer", context.words().address(peer));
      json.put("name", context.words().name(name));
      json.put("in", in[peer]).put("out", out[peer]).endObject();
    }
    json.endArray();
    json.array("protocols");
    for (int i = 0; i < protocols.length; i++) {
      if (protocols[i] > 0) {
        json.object().put("proto", FlowList.proto(i)).put("bytes", protocols[i]).endObject();
      }
    }
    json.endArray();
    json.array("ports");
    for (int port : topPorts(SHOWN)) {
      json.object().put("port", portName(port)).put("bytes", port(port)).endObject();
    }
    json.endArray();
    json.object("limits");
    json.put("foldedFlows", context.tables().foldedFlows());
    json.put("foldedAttempts", context.tables().foldedAttempts());
    json.put("flowsWithoutRow", context.log().leftOut());
    json.put("bytesOfOthers", others);
    json.put("gapsDropped", context.tables().sequences.droppedGaps());
    json.put("namesRefused", context.names().table().refused());
    json.endObject();
  }
}
