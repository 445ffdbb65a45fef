package dev.alertcapture.orchestrator;

import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The rows {@code h:}: times at which something was seen to work. */
final class Heartbeats {
  /**
   * Older than that, the timer has stayed away: it comes every 15 s, and stays for 55 s at most.
   */
  static final Duration MAX_AGE = Duration.ofSeconds(90);

  private static final String TIMER = "h:timer";
  private static final String PROBE = "h:probe";

  private final CaptureStore store;
  private final AtomicReference<Instant> lateAfter;

  Heartbeats(CaptureStore store, Instant now) {
    this.store = store;
    // A new app's timer has not come yet.
    this.lateAfter = new AtomicReference<>(now.plus(MAX_AGE));
  }

  /** Whether the timer has stayed away. The store is read once in {@link #MAX_AGE} at most. */
  boolean timerIsLate(Instant now) {
    if (now.isAfter(lateAfter.get())) {
      lastTimer().map(beat -> beat.plus(MAX_AGE)).ifPresent(lateAfter::set);
    }
    return now.isAfter(lateAfter.get());
  }

  /** The timer was here. */
  void timer(Instant now) {
    stamp(TIMER, now);
  }

  /** When the timer was last here. */
  Optional<Instant> lastTimer() {
    return store.read(TIMER).flatMap(row -> RowJson.read(row.value(), Instant.class));
  }

  /** Writes to the store, and says which it is. */
  String probe(Instant now) {
    stamp(PROBE, now);
    return store.identity();
  }

  private void stamp(String key, Instant now) {
    String value = RowJson.write(now);
    Optional<Row> row = store.read(key);
    try {
      store.commit(
          List.of(
              row.isEmpty()
                  ? new Write.Insert(key, value)
                  : new Write.Replace(key, value, row.get().etag())));
    } catch (Conflict e) {
      // Another instance was here at the same time, which says the same.
    }
  }
}
