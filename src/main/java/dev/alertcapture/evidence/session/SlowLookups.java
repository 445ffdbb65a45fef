package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NameTable;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;

/** The last lookups that took over a second, for requests that waited meanwhile. */
final class SlowLookups implements NamesListener {
  private static final int KEPT = 256;

  private final Ticks ticks;
  private final int[] began = new int[KEPT];
  private final int[] ended = new int[KEPT];
  private final int[] names = new int[KEPT];
  private int count;

  SlowLookups(Context context) {
    ticks = new Ticks(context);
  }

  @Override
  public void dns(
      Packet p, Analysis a, DnsMessage message, DnsTransactions of, Role role, int slot) {
    if (slot < 0 || a.copy || role != Role.RESPONSE) {
      return;
    }
    int from = ticks.at(of.firstTry(slot));
    int to = ticks.at(p.time);
    if (to - from > Ticks.SECOND) {
      began[count % KEPT] = from;
      ended[count % KEPT] = to;
      names[count % KEPT] = of.name(slot);
      count = count + 1 == 2 * KEPT ? KEPT : count + 1;
    }
  }

  /** The name of one that lies inside this time, or {@link NameTable#NONE}. */
  int inside(int from, int to) {
    for (int i = 0; i < Math.min(count, KEPT); i++) {
      if (began[i] >= from && ended[i] <= to) {
        return names[i];
      }
    }
    return NameTable.NONE;
  }
}
