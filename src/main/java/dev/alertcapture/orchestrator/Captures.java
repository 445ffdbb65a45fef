package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Base32;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Captures as rows of the store (docs/design/store.md): {@code c:} the capture, {@code d:} when it
 * is due, {@code t:} what is kept of its target, {@code s:} the slots of its region. All rows that
 * one change touches are written in one transaction.
 */
final class Captures {
  private final CaptureStore store;
  private final CapturePolicy policy;

  Captures(CaptureStore store, CapturePolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /** A capture as it was read. */
  record Stored(Capture capture, String etag) {}

  /** What is kept of a target as it was read; the row is null where there is none. */
  record StoredTarget(String key, TargetRecord record, Row row) {
    Write write(TargetRecord next) {
      return Captures.write(key, row, next);
    }
  }

  /** A ledger as it was read; the row is null where there is none. */
  record StoredLedger(String key, SlotLedger ledger, Row row) {
    Write write(SlotLedger next) {
      return Captures.write(key, row, next);
    }
  }

  private static Write write(String key, Row row, Object next) {
    String json = RowJson.write(next);
    return row == null ? new Write.Insert(key, json) : new Write.Replace(key, json, row.etag());
  }

  Optional<Stored> get(String id) {
    return store.read("c:" + id).map(Captures::stored);
  }

  private static Stored stored(Row row) {
    return new Stored(RowJson.read(row.value(), Capture.class), row.etag());
  }

  /** The newest captures. */
  List<Capture> newest(int limit) {
    return store.scan("c:", "c;", limit).stream().map(row -> stored(row).capture()).toList();
  }

  /** Ids of captures that are due, the longest due first. */
  List<String> due(Instant now, int limit) {
    return store.scan("d:", "d:" + digits(now.plusMillis(1)), limit).stream()
        .map(row -> row.key().substring(row.key().lastIndexOf(':') + 1))
        .toList();
  }

  StoredTarget target(Target target) {
    String key = "t:" + Base32.hash(target.key());
    Optional<Row> row = store.read(key);
    TargetRecord record =
        row.map(r -> RowJson.read(r.value(), TargetRecord.class)).orElse(TargetRecord.EMPTY);
    return new StoredTarget(key, record, row.orElse(null));
  }

  StoredLedger ledger(String subscription, String region) {
    return ledger("s:" + Base32.hash(subscription + "\n" + region));
  }

  private StoredLedger ledger(String key) {
    Optional<Row> row = store.read(key);
    SlotLedger ledger =
        row.map(r -> RowJson.read(r.value(), SlotLedger.class)).orElse(SlotLedger.EMPTY);
    return new StoredLedger(key, ledger, row.orElse(null));
  }

  /** A new capture takes its target. */
  Stored insert(Capture capture, StoredTarget target, TargetRecord taken) throws Conflict {
    String key = "c:" + capture.id();
    String etag =
        store
            .commit(
                List.of(
                    target.write(taken),
                    new Write.Insert(key, RowJson.write(capture)),
                    new Write.Insert(dueKey(capture), "")))
            .get(key);
    return new Stored(capture, etag);
  }

  /** The next version of a capture, with all that goes with it. */
  Stored save(Stored old, Capture next, Instant now) throws Conflict {
    return ends(old, next) || deleted(old, next)
        ? save(old, next, now, record -> record)
        : commit(next, writes(old, next));
  }

  private static boolean ends(Stored old, Capture next) {
    return old.capture().state().isActive() && !next.state().isActive();
  }

  private static boolean deleted(Stored old, Capture next) {
    return gone(next) && !gone(old.capture());
  }

  /** The same, with a change of what is kept of its target. */
  Stored save(Stored old, Capture next, Instant now, UnaryOperator<TargetRecord> change)
      throws Conflict {
    List<Write> writes = writes(old, next);
    boolean deleted = deleted(old, next);
    StoredTarget target = target(next.target());
    TargetRecord record = change.apply(target.record());
    record = ends(old, next) ? released(record, next, now) : record;
    record = deleted ? record.deletionOver(next.id()) : record;
    if (!record.equals(target.record())) {
      writes.add(target.write(record));
    }
    // Not when it fails: the PUT may be too young for a list to show what came of it.
    if (deleted) {
      ledgerWrite(next, target.record(), now).ifPresent(writes::add);
    }
    return commit(next, writes);
  }

  /** A session that is gone gives its slot back; one that we ourselves deleted counts no more. */
  private Optional<Write> ledgerWrite(Capture next, TargetRecord target, Instant now) {
    StoredLedger stored = ledger(next.target().subscription(), next.region());
    String name = next.session().name();
    SlotLedger freed = stored.ledger().without(name, next.id());
    // Where a later capture has taken over, the name is that of its own session by now.
    boolean deletedByUs = target.active() == null && next.id().equals(target.deletingCapture());
    SlotLedger ledger = deletedByUs ? freed.deleted(name, next.id(), now) : freed;
    return ledger.equals(stored.ledger()) ? Optional.empty() : Optional.of(stored.write(ledger));
  }

  private TargetRecord released(TargetRecord record, Capture ended, Instant now) {
    if (!ended.id().equals(record.active())) {
      return record;
    }
    boolean cools = ended.state() == CaptureState.COMPLETED && !policy.cooldown().isZero();
    return record.released(cools ? now.plus(policy.cooldown()) : null, knownRegion(ended));
  }

  /** A capture and its target's record, changed together by an alert that joins. */
  Stored join(Stored old, Capture next, StoredTarget target, TargetRecord record) throws Conflict {
    List<Write> writes = writes(old, next);
    writes.add(target.write(record));
    return commit(next, writes);
  }

  private Stored commit(Capture next, List<Write> writes) throws Conflict {
    return new Stored(next, store.commit(writes).get("c:" + next.id()));
  }

  /** Only the capture and when it is due. */
  static List<Write> writes(Stored old, Capture next) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Replace("c:" + next.id(), RowJson.write(next), old.etag()));
    if (!dueKey(old.capture()).equals(dueKey(next))) {
      writes.add(new Write.Delete(dueKey(old.capture()), null));
      writes.add(new Write.Insert(dueKey(next), ""));
    }
    return writes;
  }

  // A region that an alert claimed is worth keeping only once Azure has accepted a session there.
  private static String knownRegion(Capture c) {
    return c.session() != null && c.session().runningSince() != null ? c.region() : null;
  }

  private static boolean gone(Capture c) {
    return c.session() != null && c.session().phase() == Phase.GONE;
  }

  /**
   * Makes an ended capture the one that deletes its session, or answers false where a later capture
   * of the same target has it: the name is the same, and that one's session may be running. While
   * another ended capture deletes it, that is a conflict.
   */
  boolean mayDelete(Capture ended, Instant now, Duration takes) throws Conflict {
    return mayDelete(target(ended.target()), ended.id(), now, takes);
  }

  /** The same for whoever deletes a target's session. */
  boolean mayDelete(StoredTarget target, String who, Instant now, Duration takes) throws Conflict {
    String active = target.record().active();
    if (active != null && !active.equals(who)) {
      return false;
    }
    if (target.record().isDeletedByOtherThan(who, now)) {
      throw new Conflict(target.key());
    }
    store.commit(List.of(target.write(target.record().deleting(who, now.plus(takes)))));
    return true;
  }

  /** A session that no capture knows was deleted: it counts no more. */
  void deleted(String ledgerKey, String name, String who, Instant now) throws Conflict {
    StoredLedger stored = ledger(ledgerKey);
    store.commit(List.of(stored.write(stored.ledger().deleted(name, who, now))));
  }

  void heldBack(StoredTarget target) throws Conflict {
    store.commit(List.of(target.write(target.record().heldBackOneMore())));
  }

  void forget(Stored old) throws Conflict {
    store.commit(
        List.of(
            new Write.Delete("c:" + old.capture().id(), old.etag()),
            new Write.Delete(dueKey(old.capture()), null)));
  }

  /** What became of a capture, in a word or two. */
  String summary(String id) {
    return get(id)
        .map(Stored::capture)
        .map(c -> c.state() + (c.cause() == null ? "" : " " + c.cause().reason()))
        .orElse("no longer on record");
  }

  /** The timer was here. */
  void beat(Instant now) {
    stamp("h:timer", now);
  }

  /** When the timer was last here. */
  Optional<Instant> lastBeat() {
    return store.read("h:timer").map(row -> RowJson.read(row.value(), Instant.class));
  }

  /** Writes to the store, and says which it is. */
  String probe(Instant now) {
    stamp("h:probe", now);
    return store.identity();
  }

  private void stamp(String key, Instant now) {
    try {
      store.commit(List.of(write(key, store.read(key).orElse(null), now)));
    } catch (Conflict e) {
      // Another instance was here at the same time, which says the same.
    }
  }

  private static String dueKey(Capture c) {
    return "d:" + digits(c.dueAt()) + ":" + c.id();
  }

  private static String digits(Instant at) {
    return String.format("%013d", at.toEpochMilli());
  }
}
