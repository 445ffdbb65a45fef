package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.names.DnsMessage;
import dev.alertcapture.evidence.names.DnsTransactions;
import dev.alertcapture.evidence.names.DnsTransactions.Role;
import dev.alertcapture.evidence.names.NamesListener;
import dev.alertcapture.evidence.packet.Packet;
import dev.alertcapture.evidence.self.Platform;

/** Lookups at Azure's own resolver, 168.63.129.16: how many it answers. */
final class PlatformLookups implements NamesListener {
  /** So much of the file has to follow a question. */
  static final long PATIENCE = 3_000_000_000L;

  private final Context context;
  private final boolean[] its = new boolean[DnsTransactions.CAPACITY];
  private long answered;
  private long unanswered;
  private int firstFrame;
  private int lastFrame;

  PlatformLookups(Context context) {
    this.context = context;
  }

  @Override
  public void dns(
      Packet p, Analysis a, DnsMessage message, DnsTransactions transactions, Role role, int slot) {
    if (role == Role.QUERY || role == Role.RETRY) {
      its[slot] = Platform.is(p.destinationHigh, p.destinationLow);
    } else if (role == Role.RESPONSE && its[slot]) {
      answered++;
    }
  }

  @Override
  public void unanswered(DnsTransactions transactions, int slot) {
    long last = transactions.lastTry(slot);
    if (its[slot] && Outcomes.follows(context.tables().timeline, last) >= PATIENCE) {
      unanswered++;
      firstFrame = firstFrame == 0 ? transactions.queryFrame(slot) : firstFrame;
      lastFrame = transactions.queryFrame(slot);
    }
  }

  long answered() {
    return answered;
  }

  long unanswered() {
    return unanswered;
  }

  void cite(Cited cited) {
    cited.add(firstFrame, -1, 0);
    cited.add(lastFrame, -1, 0);
  }
}
