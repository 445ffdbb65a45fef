package dev.alertcapture.store;

import dev.alertcapture.store.CaptureStore.Write.Delete;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.store.CaptureStore.Write.Replace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The store for a local run: gone with the process, and seen by this process alone. */
public final class MemoryCaptureStore implements CaptureStore {
  private final TreeMap<String, Row> rows = new TreeMap<>();
  private long writes;

  @Override
  public String identity() {
    return "memory";
  }

  @Override
  public synchronized Optional<Row> read(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public synchronized List<Row> scan(String from, String to, int limit) {
    return rows.subMap(from, to).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Map<String, String> commit(List<? extends Write> all) throws Conflict {
    Transaction.check(all);
    for (Write write : all) {
      Row row = rows.get(write.key());
      if (!holds(write, row)) {
        throw new Conflict(write.key());
      }
    }
    Map<String, String> etags = new HashMap<>();
    for (Write write : all) {
      if (write instanceof Insert insert) {
        etags.put(insert.key(), put(insert.key(), insert.value()));
      } else if (write instanceof Replace replace) {
        etags.put(replace.key(), put(replace.key(), replace.value()));
      } else {
        rows.remove(write.key());
      }
    }
    return etags;
  }

  private static boolean holds(Write write, Row row) {
    if (write instanceof Insert) {
      return row == null;
    }
    String etag = write instanceof Replace r ? r.etag() : ((Delete) write).etag();
    return row != null && (etag == null ? write instanceof Delete : etag.equals(row.etag()));
  }

  private String put(String key, String value) {
    String etag = Long.toString(++writes);
    rows.put(key, new Row(key, value, etag));
    return etag;
  }
}
