package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Addresses;
import dev.alertcapture.evidence.packet.Address;
import java.util.Arrays;

/**
 * Whether IPv4 connected where IPv6 did not: clients try both and use what answers (RFC 8305), so
 * an attempt over IPv6 that fails beside one over IPv4 hurts nobody.
 */
final class OtherFamily {
  private static final long SECOND = 1_000_000L;
  private static final int PORT_SHIFT = 47;

  private final Context context;
  private final FlowLog log;

  /** Port and microseconds of each attempt over IPv4 that was accepted, ascending. */
  private final long[] accepted;

  OtherFamily(Context context, Outcomes outcomes) {
    this.context = context;
    this.log = context.log();
    long[] found = new long[log.size()];
    int count = 0;
    for (int row = 0; row < log.size(); row++) {
      if (outcomes.of(row) == Outcomes.ACCEPTED && isIpv4(row)) {
        found[count++] = key(row);
      }
    }
    accepted = Arrays.copyOf(found, count);
    Arrays.sort(accepted);
  }

  /** Whether this attempt is one over IPv6 with one over IPv4 to the same port beside it. */
  boolean connected(int row) {
    if (isIpv4(row)) {
      return false;
    }
    long key = key(row);
    int at = Arrays.binarySearch(accepted, key - SECOND);
    int next = at < 0 ? -at - 1 : at;
    return next < accepted.length && accepted[next] <= key + SECOND;
  }

  private long key(int row) {
    long micros = context.sinceStart(log.began(row)) / 1000;
    long bounded = Math.min(micros, (1L << PORT_SHIFT) - 1 - 2 * SECOND) + SECOND;
    return ((long) log.serverPort(row) << PORT_SHIFT) + bounded;
  }

  private boolean isIpv4(int row) {
    Addresses all = context.tables().addresses;
    int address = log.server(row);
    return address < 0 || Address.isIpv4(all.high(address), all.low(address));
  }
}
