package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.orchestrator.Found.Foreign;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows {@code d:}, which say when captures are due. An index: it may hold too many rows, never
 * too few, and it heals itself (docs/design/store.md, "Rows and versions").
 */
final class DueIndex {
  private static final Duration FOREIGN_RECHECK_DELAY = Duration.ofHours(1);

  private final CaptureStore store;
  private final Captures captures;

  DueIndex(CaptureStore store, Captures captures) {
    this.store = store;
    this.captures = captures;
  }

  /** A row of the index. */
  record Due(String key, String id) {
    private static Due of(Row row) {
      return new Due(row.key(), row.key().substring(row.key().lastIndexOf(':') + 1));
    }

    /** When it is due. */
    Instant at() {
      return RowKeys.dueAt(key);
    }
  }

  /** What has become due up to now, the longest due first. */
  List<Due> until(Instant now, int limit) {
    return scan(RowKeys.DUE, now, limit);
  }

  /** What has become due since a time. */
  List<Due> since(Instant from, Instant now, int limit) {
    return scan(RowKeys.dueFrom(from), now, limit);
  }

  private List<Due> scan(String from, Instant now, int limit) {
    return store.scan(from, RowKeys.dueFrom(now.plusMillis(1)), limit).stream()
        .map(Due::of)
        .toList();
  }

  /**
   * The capture of a row that is due, if it is due and this version can read it. A row that says
   * otherwise than its capture is put right, and one of a capture that can't be read is moved on.
   */
  Optional<Stored> dueCapture(Due due, Instant now) {
    Optional<Found> found = captures.find(due.id());
    try {
      if (found.isEmpty()) {
        store.commit(List.of(new Write.Delete(due.key(), null)));
      } else if (found.get() instanceof Foreign foreign) {
        move(due, RowKeys.due(now.plus(FOREIGN_RECHECK_DELAY), foreign.id()));
      } else if (found.get() instanceof Stored stored) {
        String right = RowKeys.due(stored.capture());
        if (right.equals(due.key())) {
          return Optional.of(stored);
        }
        if (store.read(right).isPresent()) {
          store.commit(List.of(new Write.Delete(due.key(), null)));
        } else {
          move(due, right);
        }
      }
    } catch (Conflict lost) {
      // Somebody else's save has put it right.
    }
    return Optional.empty();
  }

  private void move(Due due, String to) throws Conflict {
    store.commit(List.of(new Write.Delete(due.key(), null), new Write.Insert(to, "")));
  }

  /** Gives captures a row that have none. Answers how many had none. */
  int restore(List<Capture> all) {
    int restored = 0;
    for (Capture c : all) {
      String key = RowKeys.due(c);
      if (store.read(key).isEmpty() && isUnchanged(c)) {
        try {
          store.commit(List.of(new Write.Insert(key, "")));
          restored++;
        } catch (Conflict lost) {
          // It has one by now.
        }
      }
    }
    return restored;
  }

  private boolean isUnchanged(Capture c) {
    return captures.get(c.id()).filter(stored -> stored.capture().equals(c)).isPresent();
  }
}
