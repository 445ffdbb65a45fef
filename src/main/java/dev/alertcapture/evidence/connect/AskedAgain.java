package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;
import java.util.ArrayList;
import java.util.List;

/** This machine's lookups that it asks again although their answer is in the file, by resolver. */
final class AskedAgain implements NamesListener {
  private static final int MOST = 64;

  /** Questions to one resolver. */
  static final class Resolver {
    final int address;
    final int firstFrame;
    int lastFrame;
    long count;

    Resolver(int address, int firstFrame) {
      this.address = address;
      this.firstFrame = firstFrame;
    }
  }

  private final Context context;
  private final List<Resolver> resolvers = new ArrayList<>();

  AskedAgain(Context context) {
    this.context = context;
  }

  /** In the order of their first frames. */
  List<Resolver> resolvers() {
    return resolvers;
  }

  @Override
  public void dns(
      Packet p, Analysis a, DnsMessage message, DnsTransactions transactions, Role role, int slot) {
    boolean again = role == Role.QUERY && !a.copy && transactions.isAskedAgain(slot);
    if (!again || !context.own().isOwn(p.sourceHigh, p.sourceLow)) {
      return;
    }
    Resolver resolver = resolver(p);
    if (resolver != null) {
      resolver.count++;
      resolver.lastFrame = (int) p.frame;
    }
  }

  private Resolver resolver(Packet p) {
    Addresses all = context.tables().addresses;
    for (Resolver each : resolvers) {
      boolean same =
          all.low(each.address) == p.destinationLow && all.high(each.address) == p.destinationHigh;
      if (same) {
        return each;
      }
    }
    int address = all.keep(p.destinationHigh, p.destinationLow);
    if (resolvers.size() == MOST || address < 0) {
      return null;
    }
    resolvers.add(new Resolver(address, (int) p.frame));
    return resolvers.get(resolvers.size() - 1);
  }
}
