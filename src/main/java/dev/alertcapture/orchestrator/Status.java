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

  private final CaptureStore store;
  private final Captures captures;
  private final Sessions sessions;
  private final CapturePolicy policy;
  private final Clock clock;

  Status(
      CaptureStore store, Captures captures, Sessions sessions, CapturePolicy policy, Clock clock) {
    this.store = store;
    this.captures = captures;
    this.sessions = sessions;
    this.policy = policy;
    this.clock = clock;
  }

  /** Writes to the store, and says which it is. */
  public String probeStore() {
    return captures.probe(clock.instant());
  }

  /** When the timer was last here. */
  public Optional<Instant> lastTick() {
    return captures.lastBeat();
  }

  /** What became of a capture, in a word or two. */
  public String summary(String captureId) {
    return captures.summary(captureId);
  }

  /** Whose sessions hold one region's slots. One request. */
  public SlotUsage slots(String subscription, String region, String watcherId, Deadline deadline)
      throws PortException {
    List<Sessions.Seen> listed = sessions.list(watcherId, deadline).orElse(List.of());
    SlotLedger ledger = captures.ledger(subscription, region).ledger();
    SessionNaming names = new SessionNaming(policy.namePrefix(), store.identity());
    return SlotUsage.of(listed, ledger, names, policy.limit());
  }

  /** The health of each channel, in the order given. */
  public Map<String, ChannelHealth> channels(List<String> channels) {
    List<Capture> newest =
        channels.isEmpty() ? List.of() : captures.newest(CAPTURES_READ_FOR_CHANNELS);
    return ChannelHealth.of(channels, newest, clock.instant());
  }
}
