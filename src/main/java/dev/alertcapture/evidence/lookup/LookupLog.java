package dev.alertcapture.evidence.lookup;

import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;
import java.util.ArrayList;
import java.util.List;

/**
 * A line for each lookup that was answered, or given up. It holds {@link #MAX} lines; lookups that
 * come later are counted alone.
 */
final class LookupLog implements NamesListener {
  static final int MAX = 65_536;

  static final int A = 1;
  static final int AAAA = 28;
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;

  /** For {@link Line#code}. */
  static final int UNANSWERED = -1;

  /**
   * One lookup.
   *
   * @param resolver the number of the address that was asked
   * @param asker of the address that asked
   * @param port the asker's
   * @param name the number of the name
   * @param type of the question: 1 for A, 28 for AAAA
   * @param code the response's code, or {@link #UNANSWERED}
   * @param addresses how many addresses were answered
   * @param whole the response is all there
   * @param tries how often it was asked
   * @param first when it was asked first, in nanoseconds since 1970
   * @param last when it was asked last
   * @param end of the file's piece when it ended without an answer, else when it was answered
   * @param frame the answer's, or the last query's where there is none
   */
  record Line(
      int resolver,
      int asker,
      int port,
      int name,
      int type,
      int code,
      int addresses,
      boolean whole,
      int tries,
      long first,
      long last,
      long end,
      int frame) {
    boolean isAnswered() {
      return code != UNANSWERED;
    }

    /** The name was found, with an address. */
    boolean isFound() {
      return code == 0 && addresses > 0;
    }
  }

  /**
   * A name that leads over a private endpoint's zone to a public address.
   *
   * @param address the number of that address
   */
  record PublicEndpoint(int name, int address, int frame) {}

  private static final int MAX_ENDPOINTS = 64;

  private final Tables tables;
  private final List<Line> lines = new ArrayList<>();
  private final List<PublicEndpoint> endpoints = new ArrayList<>();
  private final int[] resolvers = new int[DnsTransactions.CAPACITY];
  private final int[] askers = new int[DnsTransactions.CAPACITY];
  private final int[] ports = new int[DnsTransactions.CAPACITY];
  private final int[] frames = new int[DnsTransactions.CAPACITY];
  private long left;

  LookupLog(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void dns(
      Packet p, Analysis a, DnsMessage message, DnsTransactions of, Role role, int slot) {
    if (slot < 0 || a.copy) {
      return;
    }
    if (role == Role.QUERY || role == Role.RETRY) {
      resolvers[slot] = keep(p.destinationHigh, p.destinationLow);
      askers[slot] = keep(p.sourceHigh, p.sourceLow);
      ports[slot] = p.sourcePort;
      frames[slot] = (int) p.frame;
    } else if (role == Role.RESPONSE) {
      add(of, slot, message.responseCode(), message, p.time, (int) p.frame);
      if (message.isPrivatelink()) {
        endpoint(of.name(slot), message, (int) p.frame);
      }
    }
  }

  @Override
  public void unanswered(DnsTransactions of, int slot) {
    add(of, slot, UNANSWERED, null, tables.timeline.now(), frames[slot]);
  }

  private void add(
      DnsTransactions of, int slot, int code, DnsMessage message, long end, int frame) {
    if (lines.size() == MAX) {
      left++;
      return;
    }
    lines.add(
        new Line(
            resolvers[slot],
            askers[slot],
            ports[slot],
            of.name(slot),
            of.type(slot),
            code,
            message == null ? 0 : message.addressCount(),
            message != null && message.isWhole(),
            of.tries(slot),
            of.firstTry(slot),
            of.lastTry(slot),
            end,
            frame));
  }

  private void endpoint(int name, DnsMessage message, int frame) {
    for (int i = 0; i < message.addressCount(); i++) {
      long high = message.addressHigh(i);
      long low = message.addressLow(i);
      boolean room = endpoints.size() < MAX_ENDPOINTS;
      if (room
          && Platform.isPublic(high, low)
          && endpoints.stream().noneMatch(e -> e.name() == name)) {
        endpoints.add(new PublicEndpoint(name, keep(high, low), frame));
      }
    }
  }

  private int keep(long high, long low) {
    Addresses addresses = tables.addresses;
    return addresses.keep(high, low);
  }

  /** In the order in which they ended. */
  List<Line> lines() {
    return lines;
  }

  List<PublicEndpoint> endpoints() {
    return endpoints;
  }

  long leftOut() {
    return left;
  }
}
