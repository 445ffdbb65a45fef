package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.packet.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * ICMP errors about packets that the file has, by what they say and by the peer and port that the
 * packets were sent to. Those about {@link #MOST} peers and ports are kept.
 */
final class Errors implements Analyser {
  private static final int MOST = 1024;
  private static final int BUCKETS = 2 * MOST;
  private static final int DNS_PORT = 53;

  /** Packets that leave with so small a TTL want to be answered with "time exceeded". */
  private static final int TRACEROUTE_TTL = 2;

  private static final int MAX_TRACED = 32;

  /** What errors say: codes of "destination unreachable", or "time exceeded". */
  enum Kind {
    /** Protocol or port unreachable (RFC 792), port unreachable (RFC 4443). */
    PORT(3, "icmp.code in {2, 3}", "icmpv6.code == 4"),
    /** Communication administratively prohibited (RFC 1812, 4443). */
    PROHIBITED(13, "icmp.code in {9, 10, 13}", "icmpv6.code == 1"),
    /** No such network or host; no route, address unreachable. */
    UNREACHABLE(1, "icmp.code in {0, 1, 6, 7}", "icmpv6.code in {0, 3}"),
    /** Time to live exceeded in transit. */
    CIRCLES(0, "icmp.code == 0", "icmpv6.code == 0");

    /** ICMP's code that stands for all of the kind. */
    private final int icmpCode;

    private final String codes;
    private final String codesV6;

    Kind(int icmpCode, String codes, String codesV6) {
      this.icmpCode = icmpCode;
      this.codes = codes;
      this.codesV6 = codesV6;
    }

    /** A display filter for the errors of this kind. */
    String filter(boolean v6) {
      if (v6) {
        return "icmpv6.type == " + (this == CIRCLES ? 3 : 1) + " && " + codesV6;
      }
      return "icmp.type == " + (this == CIRCLES ? 11 : 3) + " && " + codes;
    }

    static Kind of(Packet p) {
      if (p.transport == Packet.ICMP) {
        return p.icmpType == 3 ? ofUnreachable(p.icmpCode) : circles(p.icmpType == 11, p.icmpCode);
      }
      return p.icmpType == 1 ? ofUnreachableV6(p.icmpCode) : circles(p.icmpType == 3, p.icmpCode);
    }

    private static Kind circles(boolean exceeded, int code) {
      return exceeded && code == 0 ? CIRCLES : null;
    }

    private static Kind ofUnreachable(int code) {
      return switch (code) {
        case 2, 3 -> PORT;
        case 9, 10, 13 -> PROHIBITED;
        case 0, 1, 6, 7 -> UNREACHABLE;
        default -> null;
      };
    }

    private static Kind ofUnreachableV6(int code) {
      return switch (code) {
        case 4 -> PORT;
        case 1 -> PROHIBITED;
        case 0, 3 -> UNREACHABLE;
        default -> null;
      };
    }
  }

  /** Errors of one kind about one peer and port. */
  static final class About {
    Kind kind;
    int protocol;
    long high;
    long low;
    int port;

    /** The numbers of addresses: of the peer, of who sent to it, of who says the error. */
    int peer;

    int sender;
    int reporter;
    long count;
    long first;
    long last;
    int firstFrame;
    int lastFrame;
  }

  private final Tables tables;
  private final About[] table = new About[BUCKETS];
  private final List<About> all = new ArrayList<>();
  private final Traced traced = new Traced(MAX_TRACED);
  private final Syns flows;

  Errors(Context context, Syns flows) {
    tables = context.tables();
    this.flows = flows;
  }

  /** In the order of their first frames. */
  List<About> all() {
    return all;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (p.version != 0 && p.ttl <= TRACEROUTE_TTL && !a.copy && !a.loop) {
      traced.add(p.destinationHigh, p.destinationLow);
    }
    if (!p.quote.present || a.copy) {
      return;
    }
    Kind kind = Kind.of(p);
    if (kind != null && counts(kind, p.quote, a)) {
      count(kind, p);
    }
  }

  private boolean counts(Kind kind, Quote q, Analysis a) {
    if (kind == Kind.CIRCLES && traced.has(q.destinationHigh, q.destinationLow)) {
      return false;
    } else if (a.quotedFlow == Analysis.NONE) {
      return a.quotedAttempt != Analysis.NONE;
    } else if (kind != Kind.PORT) {
      return true;
    }
    if (q.protocol == Packet.TCP) {
      return (flows.facts[a.quotedFlow] & Syns.ACCEPTED) == 0;
    }
    // About an answer: whoever asked has gone.
    int client = tables.flows.client(a.quotedFlow);
    int asker = client < 0 ? tables.flows.opener(a.quotedFlow) : client;
    return q.protocol == Packet.UDP && q.sourcePort != DNS_PORT && asker == a.quotedSide;
  }

  private void count(Kind kind, Packet p) {
    Quote q = p.quote;
    boolean ported = q.protocol == Packet.TCP || q.protocol == Packet.UDP;
    int port = ported ? q.destinationPort : 0;
    long mixed = (q.destinationHigh * 0x9E37_79B9_7F4A_7C15L + q.destinationLow) * 31 + port;
    mixed = (mixed * 31 + q.protocol) * 31 + kind.icmpCode;
    mixed *= 0xD6E8_FEB8_6659_FD93L;
    int at = (int) (mixed >>> 40) & BUCKETS - 1;
    while (table[at] != null && !is(table[at], kind, q, port)) {
      at = at + 1 & BUCKETS - 1;
    }
    if (table[at] == null) {
      if (all.size() == MOST) {
        return;
      }
      table[at] = begin(kind, p, port);
      all.add(table[at]);
    }
    About about = table[at];
    about.count++;
    about.last = Math.max(about.last, p.time);
    about.lastFrame = (int) p.frame;
  }

  private static boolean is(About about, Kind kind, Quote q, int port) {
    return about.kind == kind
        && about.port == port
        && about.protocol == q.protocol
        && about.low == q.destinationLow
        && about.high == q.destinationHigh;
  }

  private About begin(Kind kind, Packet p, int port) {
    Quote q = p.quote;
    About about = new About();
    about.kind = kind;
    about.protocol = q.protocol;
    about.high = q.destinationHigh;
    about.low = q.destinationLow;
    about.port = port;
    about.peer = tables.addresses.keep(q.destinationHigh, q.destinationLow);
    about.sender = tables.addresses.keep(q.sourceHigh, q.sourceLow);
    about.reporter = tables.addresses.keep(p.sourceHigh, p.sourceLow);
    about.first = p.time;
    about.last = p.time;
    about.firstFrame = (int) p.frame;
    return about;
  }
}
