package dev.alertcapture.orchestrator;

import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.target.Target;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What is kept of targets and of regions' slots: the rows {@code t:} and {@code s:}. */
final class TargetRecords {
  private final CaptureStore store;
  private final Supplier<String> tokens;

  TargetRecords(CaptureStore store, Supplier<String> tokens) {
    this.store = store;
    this.tokens = tokens;
  }

  /** What is kept of a target as it was read; the row is null where there is none. */
  record StoredTarget(String key, TargetRecord record, Row row) {
    Write write(TargetRecord next) {
      return TargetRecords.write(key, row, next);
    }
  }

  /**
   * A ledger as it was read; the row is null where there is none.
   *
   * @param damaged whether the row can't be read: it is to be replaced before anything is reserved
   */
  record StoredLedger(String key, SlotLedger ledger, Row row, boolean damaged) {
    Write write(SlotLedger next) {
      return TargetRecords.write(key, row, next);
    }
  }

  private static Write write(String key, Row row, Object next) {
    String json = RowJson.write(next);
    return row == null ? new Write.Insert(key, json) : new Write.Replace(key, json, row.etag());
  }

  /**
   * Of one target. In place of a row that can't be read stands one whose fence holds as long as any
   * deletion that may be under way.
   */
  StoredTarget of(Target target, Instant now) {
    String key = RowKeys.target(target);
    Optional<Row> row = store.read(key);
    TargetRecord record =
        row.map(
                r ->
                    RowJson.read(r.value(), TargetRecord.class)
                        .orElseGet(() -> TargetRecord.damaged(tokens.get(), now)))
            .orElse(TargetRecord.EMPTY);
    return new StoredTarget(key, record, row.orElse(null));
  }

  /** Of one region, by the key of its row. */
  StoredLedger ledger(String key, Instant now) {
    Optional<Row> row = store.read(key);
    Optional<SlotLedger> read = row.flatMap(r -> RowJson.read(r.value(), SlotLedger.class));
    boolean damaged = row.isPresent() && read.isEmpty();
    SlotLedger ledger = damaged ? SlotLedger.damaged(now) : read.orElse(SlotLedger.EMPTY);
    return new StoredLedger(key, ledger, row.orElse(null), damaged);
  }
}
