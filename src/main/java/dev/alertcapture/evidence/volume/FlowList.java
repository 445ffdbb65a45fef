package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.report.Json;
import dev.alertcapture.evidence.report.Section;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The flows with most bytes, each with the state and history that Zeek's conn.log would give. */
final class FlowList implements Analyser, Columns, Section {
  private static final int SHOWN = 20;

  private final Context context;
  private final Histories histories;
  private long[] letters = {};

  FlowList(Context context, Histories histories) {
    this.context = context;
    this.histories = histories;
    context.log().add(this);
  }

  @Override
  public void grow(int rows) {
    letters = Arrays.copyOf(letters, rows);
  }

  @Override
  public void clear(int row) {
    // An attempt has only SYNs of its first side.
    letters[row] = 1;
  }

  @Override
  public void packet(Packet packet, Analysis analysis) {}

  @Override
  public void closed(int flow) {
    int row = context.log().row();
    if (row != FlowLog.NONE) {
      letters[row] = histories.of(flow);
    }
  }

  /** The rows with most bytes, at most so many. */
  List<Integer> top(int most) {
    FlowLog log = context.log();
    return IntStream.range(0, log.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(row -> -log.bytes(row, 0) - log.bytes(row, 1))
                .thenComparingInt(log::firstFrame))
        .limit(most)
        .toList();
  }

  @Override
  public void write(Json json) {
    FlowLog log = context.log();
    json.array("flows");
    for (int row : top(SHOWN)) {
      json.object();
      json.put("client", context.words().address(log.client(row)));
      json.put("clientPort", log.clientPort(row));
      json.put("server", context.words().address(log.server(row)));
      json.put("serverPort", log.serverPort(row));
      json.put("proto", proto(log.protocol(row)));
      json.put("name", context.words().name(log.name(row)));
      if (log.isInferred(row) || log.isUndecided(row)) {
        json.put("roleInferred", true);
      }
      if (log.isTcp(row)) {
        json.put("state", state(log, row));
        json.put("history", Histories.text(letters[row], log.clientSide(row)));
      }
      json.put("clientBytes", log.bytes(row, 0)).put("serverBytes", log.bytes(row, 1));
      json.put("clientPackets", log.frames(row, 0)).put("serverPackets", log.frames(row, 1));
      json.put("firstFrame", log.firstFrame(row)).put("lastFrame", log.lastFrame(row));
      json.put("startMicros", context.sinceStart(log.began(row)) / 1000);
      json.put("micros", Math.max(0, log.last(row) - log.began(row)) / 1000);
      json.endObject();
    }
    json.endArray();
  }

  static String proto(int protocol) {
    return switch (protocol) {
      case Packet.TCP -> "tcp";
      case Packet.UDP -> "udp";
      case Packet.ICMP, Packet.ICMPV6 -> "icmp";
      default -> "ip-" + protocol;
    };
  }

  /** Zeek's conn_state of a TCP flow. */
  private static String state(FlowLog log, int row) {
    int client = log.sent(row, 0);
    int server = log.sent(row, 1);
    boolean syn = (client & Handshakes.SYN) != 0;
    boolean answered = (server & Handshakes.SYN_ACK) != 0;
    boolean clientReset = (client & Handshakes.RST) != 0;
    boolean serverReset = (server & Handshakes.RST) != 0;
    boolean clientEnd = (client & Handshakes.FIN) != 0;
    boolean serverEnd = (server & Handshakes.FIN) != 0;
    if (!syn && !answered) {
      return "OTH";
    } else if (!syn) {
      return serverReset ? "RSTRH" : serverEnd ? "SHR" : "OTH";
    } else if (!answered) {
      return serverReset ? "REJ" : clientReset ? "RSTOS0" : clientEnd ? "SH" : "S0";
    } else if (serverReset || clientReset) {
      return clientReset ? "RSTO" : "RSTR";
    } else if (clientEnd && serverEnd) {
      return "SF";
    }
    return clientEnd ? "S2" : serverEnd ? "S3" : "S1";
  }
}
