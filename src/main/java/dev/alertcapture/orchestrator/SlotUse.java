package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Trouble;
import dev.alertcapture.store.CaptureStore;
import java.util.List;

/** How many sessions there are in a region, and whose. */
public final class SlotUse {
  private final CaptureStore store;
  private final Captures captures;
  private final Sessions sessions;
  private final CapturePolicy policy;

  /** Slots as store and Azure see them. */
  public SlotUse(CaptureStore store, Captures captures, Sessions sessions, CapturePolicy policy) {
    this.store = store;
    this.captures = captures;
    this.sessions = sessions;
    this.policy = policy;
  }

  /**
   * Sessions that count, and those about to be started.
   *
   * @param ours those that have the name that we would give them
   */
  public record Use(int ours, int others, int limit) {}

  /** The use of one region's slots. One request. */
  public Use of(String subscription, String region, String watcherId, Deadline deadline)
      throws Trouble {
    List<Sessions.Seen> listed = sessions.list(watcherId, deadline).orElse(List.of());
    List<String> names = listed.stream().map(Sessions.Seen::name).toList();
    int all = captures.ledger(subscription, region).ledger().inUse(names).size();
    SessionNames ours = new SessionNames(policy.namePrefix(), store.identity());
    int others = (int) listed.stream().filter(seen -> !ours.isOurs(seen)).count();
    return new Use(all - others, others, policy.limit());
  }
}
