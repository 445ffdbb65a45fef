package dev.alertcapture.orchestrator;

import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows {@code h:}: times at which something was seen to work. */
final class Heartbeats {
  private static final String TIMER = "h:timer";
  private static final String PROBE = "h:probe";

  private final CaptureStore store;

  Heartbeats(CaptureStore store) {
    this.store = store;
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
