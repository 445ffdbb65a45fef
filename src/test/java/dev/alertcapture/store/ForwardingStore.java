package dev.alertcapture.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store that hands everything on, for tests that look at one call or change it. */
public class ForwardingStore implements CaptureStore {
  private final CaptureStore store;

  /** In front of another store. */
  public ForwardingStore(CaptureStore store) {
    this.store = store;
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
    return store.commit(writes);
  }
}
