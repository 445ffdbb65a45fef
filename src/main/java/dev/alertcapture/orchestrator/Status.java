package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.store.CaptureStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the engine is: for the checks of health. Each method that reads the store throws {@link
 * CaptureStore.StoreException} where the store does not answer.
 */
public final class Status {
  private static final int CAPTURES_READ_FOR_CHANNELS = 100;
  private static final int CAPTURES_LOOKED_THROUGH = 1000;

  private final CaptureStore store;
  private final Captures captures;
  private final TargetRecords targets;
  private final Heartbeats heartbeats;
  private final Sessions sessions;
  private final CapturePolicy policy;
  private final Clock clock;

  Status(
      CaptureStore store,
      Captures captures,
      TargetRecords targets,
      Heartbeats heartbeats,
      Sessions sessions,
      CapturePolicy policy,
      Clock clock) {
    this.store = store;
    this.captures = captures;
    this.targets = targets;
    this.heartbeats = heartbeats;
    this.sessions = sessions;
    this.policy = policy;
    this.clock = clock;
  }

  /** Writes to the store, and says which it is. */
  public String probeStore() {
    return heartbeats.probe(clock.instant());
  }

  /** When the timer was last here. */
  public Optional<Instant> lastTick() {
    return heartbeats.lastTimer();
  }

  /** What became of a capture, in a word or two. */
  public String summary(String captureId) {
    Optional<Found> found = captures.find(captureId);
    if (found.isEmpty()) {
      return "no longer on record";
    }
    return found.get() instanceof Found.Stored stored
        ? summary(stored.capture())
        : "written by another version of the app";
  }

  private static String summary(Capture c) {
    return c.state() + (c.cause() == null ? "" : " " + c.cause().reason());
  }

  /** Ids of captures, among the newest, that this version of the app can't read. */
  public List<String> unreadable() {
    return captures.newest(CAPTURES_LOOKED_THROUGH).unreadable();
  }

  /** Whose sessions hold one region's slots. One request. */
  public SlotUsage slots(String subscription, String region, String watcherId, Deadline deadline)
      throws PortException {
    List<Sessions.Seen> listed = sessions.list(watcherId, deadline).orElse(List.of());
    SlotLedger ledger =
        targets.ledger(RowKeys.ledger(subscription, region), clock.instant()).ledger();
    SessionNaming names = new SessionNaming(policy.namePrefix(), store.identity());
    return SlotUsage.of(listed, ledger, names, policy.limit());
  }

  /** The health of each channel, in the order given. */
  public Map<String, ChannelHealth> channels(List<String> channels) {
    List<Capture> newest =
        channels.isEmpty() ? List.of() : captures.newest(CAPTURES_READ_FOR_CHANNELS).captures();
    return ChannelHealth.of(channels, newest, clock.instant());
  }
}
