package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Sessions.Seen;
import java.util.List;

/**
 * How many slots of a subscription and region are taken, those of sessions that are about to start
 * included, and by whom.
 *
 * @param ours by sessions that have the name which we would give them
 * @param others by everybody else's
 * @param limit how many there may be
 */
public record SlotUsage(int ours, int others, int limit) {
  static SlotUsage of(List<Seen> listed, SlotLedger ledger, SessionNaming names, int limit) {
    int all = ledger.inUse(listed.stream().map(Seen::name).toList()).size();
    int others = (int) listed.stream().filter(seen -> !names.isOurs(seen)).count();
    return new SlotUsage(all - others, others, limit);
  }
}
