package dev.alertcapture.orchestrator;

import dev.alertcapture.store.ForwardingStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A store in which somebody else does something just before the next commit. */
final class RacingStore extends ForwardingStore {

  /** What somebody else does. */
  interface Other {
    void act() throws Conflict;
  }

  private final AtomicReference<Other> other = new AtomicReference<>();

  RacingStore() {
    super(new MemoryCaptureStore());
  }

  /** Once, and unnoticed by whoever has read already. */
  void beforeNextCommit(Other act) {
    other.set(act);
  }

  @Override
  public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
    Other first = other.getAndSet(null);
    if (first != null) {
      first.act();
    }
    return super.commit(writes);
  }
}
