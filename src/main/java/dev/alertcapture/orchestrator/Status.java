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

  private final Captures captures;
  private final TargetRecords targets;
  private final Heartbeats heartbeats;
  private final Sessions sessions;
  private final SessionNaming names;
  private final CapturePolicy policy;
  private final Clock clock;

  Status(
      Captures captures,
      TargetRecords targets,
      Heartbeats heartbeats,
      Sessions sessions,
      SessionNaming names,
      CapturePolicy policy,
      Clock clock) {
    this.captures = captures;
    this.targets = targets;
    this.heartbeats = heartbeats;
    this.sessions = sessions;
    this.names = names;
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

  /** Whose sessions hold one region's slots. One request. */
  public SlotUsage slots(String subscription, String region, String watcherId, Deadline deadline)
      throws PortException {
    List<Sessions.Seen> listed = sessions.list(watcherId, deadline).orElse(List.of());
    SlotLedger ledger =
        targets.ledger(RowKeys.ledger(subscription, region), clock.instant()).ledger();
    return SlotUsage.of(listed, ledger, names, policy.limit());
  }

  /**
   * What the newest captures tell.
   *
   * @param channels how each channel is, in the order asked for
   * @param unreadable ids of captures that this version of the app can't read
   */
  public record Newest(Map<String, ChannelHealth> channels, List<String> unreadable) {}

  /** What the newest captures tell, by one look at them. */
  public Newest newest(List<String> channels) {
    Captures.Listing listing = captures.newest(CAPTURES_LOOKED_THROUGH);
    List<Capture> latest = listing.captures().stream().limit(CAPTURES_READ_FOR_CHANNELS).toList();
    return new Newest(ChannelHealth.of(channels, latest, clock.instant()), listing.unreadable());
  }
}
