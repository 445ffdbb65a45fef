package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Reads the names in a file's packets and keeps them by address and by flow. Analysers that read
 * what is kept here are added to the tracker after it; those that want each message and hello
 * listen:
 *
 * <pre>{@code
 * Names names = new Names(tables);
 * names.add(new FailedLookups(names.table()));
 * tracker.add(names);
 * }</pre>
 */
public final class Names implements Analyser {
  private static final int DNS_PORT = 53;

  private final Tables tables;
  private final NameTable table = new NameTable();
  private final PeerNames peers = new PeerNames();
  private final FlowNames flowNames = new FlowNames(table);
  private final Conversations conversations = new Conversations();
  private final DnsMessage message = new DnsMessage();
  private final NameText text = new NameText();
  private final DnsTransactions transactions = new DnsTransactions(this::unanswered);
  private final DnsStreams streams;
  private final DnsStreams.Sink sink = this::dns;
  private final TlsFlows tls;
  private final QuicFlows quic;
  private final Pages pages = new Pages();
  private NamesListener[] listeners = {};

  private Packet packet;
  private Analysis analysis;
  private int tlsEvents;
  private int piece;

  public Names(Tables tables) {
    this.tables = tables;
    streams = new DnsStreams(pages);
    tls = new TlsFlows(table, pages);
    quic = new QuicFlows(table, pages);
    for (Columns columns : new Columns[] {flowNames, conversations, tls}) {
      tables.flows.add(columns);
    }
  }

  /** Adds a listener, which is told after those that were added before it. */
  public void add(NamesListener listener) {
    listeners = Arrays.copyOf(listeners, listeners.length + 1);
    listeners[listeners.length - 1] = listener;
  }

  /** All names by number. */
  public NameTable table() {
    return table;
  }

  /** The names of addresses, as the answers so far have them. */
  public PeerNames peers() {
    return peers;
  }

  /** The names of the flows' ends. */
  public FlowNames flowNames() {
    return flowNames;
  }

  /** How far TLS got in each flow. */
  public TlsFlows tls() {
    return tls;
  }

  /** What the last packet showed of TLS: flags of {@link TlsFlows}, 0 for most packets. */
  public int tlsEvents() {
    return tlsEvents;
  }

  /** How many QUIC flows were not looked at, since there were too many. */
  public long quicRefused() {
    return quic.refused();
  }

  /** How many hellos and messages in pieces were dropped to make room for others. */
  public long dropped() {
    return pages.dropped();
  }

  @Override
  public void opened(int flow, int attempt) {
    for (int side = 0; side < 2; side++) {
      int address = tables.flows.address(flow, side);
      long high = tables.addresses.high(address);
      long low = tables.addresses.low(address);
      flowNames.set(flow, side, peers.nameOf(high, low));
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    tlsEvents = 0;
    if (tables.timeline.piece() != piece) {
      piece = tables.timeline.piece();
      transactions.endAll();
    }
    if (a.flow == Analysis.NONE || !p.lengthKnown || p.payloadFrom >= p.payloadTo) {
      return;
    }
    packet = p;
    analysis = a;
    boolean dns = p.sourcePort == DNS_PORT || p.destinationPort == DNS_PORT;
    if (p.transport == Packet.TCP) {
      segment(dns);
    } else if (p.transport == Packet.UDP && dns) {
      dns(p.bytes, p.payloadFrom, p.payloadTo);
    } else if (p.transport == Packet.UDP) {
      datagram();
    }
  }

  @Override
  public void end() {
    transactions.endAll();
  }

  private void segment(boolean dns) {
    Packet p = packet;
    int sequence = p.has(Packet.SYN) ? p.sequence + 1 : p.sequence;
    int side = analysis.side;
    if (dns) {
      int missing = Math.max(0, p.payloadLength - (p.payloadTo - p.payloadFrom));
      int number = conversations.number(analysis.flow);
      streams.segment(number, side, sequence, p.bytes, p.payloadFrom, p.payloadTo, missing, sink);
      return;
    }
    tlsEvents = tls.segment(analysis.flow, side, sequence, p.bytes, p.payloadFrom, p.payloadTo);
    if ((tlsEvents & TlsFlows.CLIENT_HELLO) != 0) {
      hello(tls.helloName(), tls.helloVersion());
    }
  }

  private void datagram() {
    int number = conversations.number(analysis.flow);
    Packet p = packet;
    if (quic.datagram(number, analysis.side, p.bytes, p.payloadFrom, p.payloadTo)) {
      hello(quic.helloName(), quic.helloVersion());
    }
  }

  private void hello(int name, int version) {
    if (name != NameTable.NONE) {
      flowNames.set(analysis.flow, 1 - analysis.side, name);
    }
    for (NamesListener each : listeners) {
      each.clientHello(packet, analysis, name, version);
    }
  }

  private void dns(byte[] bytes, int from, int to) {
    if (!message.read(bytes, from, to)) {
      return;
    }
    int name = message.questionName(text) ? table.number(text) : NameTable.NONE;
    Role role = message.isResponse() ? response(name) : query(name);
    for (NamesListener each : listeners) {
      each.dns(packet, analysis, message, transactions, role, transactions.slot());
    }
  }

  private Role query(int name) {
    return transactions.query(
        conversations.number(analysis.flow),
        message.id(),
        name,
        message.questionType(),
        packet.time,
        (int) packet.frame,
        analysis.copy);
  }

  private Role response(int name) {
    for (int i = 0; i < message.addressCount(); i++) {
      peers.learn(message.addressHigh(i), message.addressLow(i), name);
    }
    return transactions.response(
        conversations.number(analysis.flow),
        message.id(),
        message.responseCode(),
        message.isWhole(),
        packet.time);
  }

  private void unanswered(int slot) {
    for (NamesListener each : listeners) {
      each.unanswered(transactions, slot);
    }
  }
}
