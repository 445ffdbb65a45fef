package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.names.FlowNames;
import dev.alertcapture.evidence.names.NameTable;
import java.util.Arrays;
import java.util.Set;

/** Which names are those of the account that captures are uploaded to. */
final class AccountHosts {
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final FlowNames names;
  private final Set<String> hosts;

  /** By name number: {@link #YES}, {@link #NO}, or 0 where nobody has asked yet. */
  private byte[] known = new byte[64];

  AccountHosts(FlowNames names, Set<String> hosts) {
    this.names = names;
    this.hosts = Set.copyOf(hosts);
  }

  /** Whether a flow's side is named so. */
  boolean isHost(int flow, int side) {
    int number = names.nameOf(flow, side);
    if (number == NameTable.NONE) {
      return false;
    }
    if (number >= known.length) {
      known = Arrays.copyOf(known, 2 * number);
    }
    if (known[number] == 0) {
      known[number] = hosts.contains(names.text(number)) ? YES : NO;
    }
    return known[number] == YES;
  }
}
