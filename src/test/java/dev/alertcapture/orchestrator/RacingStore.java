package dev.alertcapture.orchestrator;

import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A store in which somebody else does something just before the next commit. */
final class RacingStore implements CaptureStore {

  /** What somebody else does. */
  interface Other {
    void act() throws Conflict;
  }

  private final CaptureStore store = new MemoryCaptureStore();
  private final AtomicReference<Other> other = new AtomicReference<>();

  /** Once, and unnoticed by whoever has read already. */
  void beforeNextCommit(Other act) {
    other.set(act);
  }

  @Override
  public String identity() {
    return store.identity();
  }

  @Override
  public Optional<Row> read(String key) {
    return store.read(key);
  }

  @Override
  public List<Row> scan(String from, String to, int limit) {
    return store.scan(from, to, limit);
  }

  @Override
  public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
    Other first = other.getAndSet(null);
    if (first != null) {
      first.act();
    }
    return store.commit(writes);
  }
}
