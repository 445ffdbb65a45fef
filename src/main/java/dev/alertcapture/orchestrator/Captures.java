package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Session.Phase;
import dev.alertcapture.orchestrator.Found.Foreign;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Captures as rows of the store: {@code c:} the capture, {@code d:} when it is due. All rows that
 * one change touches are written in one transaction (docs/design/store.md, "Rows").
 */
final class Captures {
  private final CaptureStore store;
  private final TargetRecords targets;
  private final CapturePolicy policy;

  Captures(CaptureStore store, TargetRecords targets, CapturePolicy policy) {
    this.store = store;
    this.targets = targets;
    this.policy = policy;
  }

  /**
   * Some of the newest captures.
   *
   * @param unreadable ids of those that this version can't read
   */
  record Listing(List<Capture> captures, List<String> unreadable) {}

  Optional<Found> find(String id) {
    return store.read(RowKeys.capture(id)).map(Captures::found);
  }

  /** A capture that this version can read. */
  Optional<Stored> get(String id) {
    return find(id).flatMap(f -> f instanceof Stored s ? Optional.of(s) : Optional.empty());
  }

  private static Found found(Row row) {
    return RowJson.read(row.value(), Capture.class)
        .<Found>map(c -> new Stored(c, row.etag()))
        .orElseGet(() -> new Foreign(row.key().substring(RowKeys.CAPTURES.length())));
  }

  Listing newest(int limit) {
    List<Capture> captures = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Row row : store.scan(RowKeys.CAPTURES, RowKeys.CAPTURES_END, limit)) {
      Found found = found(row);
      if (found instanceof Stored stored) {
        captures.add(stored.capture());
      } else if (found instanceof Foreign foreign) {
        unreadable.add(foreign.id());
      }
    }
    return new Listing(captures, unreadable);
  }

  /** A new capture takes its target. */
  Stored insert(Capture capture, StoredTarget target, TargetRecord taken) throws Conflict {
    List<Write> writes =
        List.of(
            target.write(taken),
            new Write.Insert(RowKeys.capture(capture.id()), RowJson.write(capture)),
            new Write.Insert(RowKeys.due(capture), ""));
    return new Stored(capture, store.commit(writes).get(RowKeys.capture(capture.id())));
  }

  /**
   * The next version of a capture, with all that goes with it: the end of a capture releases its
   * target, and a session that is gone gives back its slot and the fence that its deletion put up.
   *
   * @param token of whoever is at the capture's step, null for anybody else
   */
  Stored save(Stored old, Capture next, String token, Instant now) throws Conflict {
    boolean ends = old.capture().state().isActive() && !next.state().isActive();
    return ends || leaves(old, next)
        ? save(old, next, token, now, record -> record)
        : commit(old, next, List.of());
  }

  /** The same, with a change of what is kept of its target. */
  Stored save(
      Stored old, Capture next, String token, Instant now, UnaryOperator<TargetRecord> change)
      throws Conflict {
    List<Write> also = new ArrayList<>();
    StoredTarget target = targets.of(next.target(), now);
    TargetRecord record = change.apply(target.record());
    if (old.capture().state().isActive() && !next.state().isActive()) {
      record = released(record, next, now);
    }
    if (leaves(old, next) && token != null) {
      record = record.unfenced(token);
    }
    if (!record.equals(target.record())) {
      also.add(target.write(record));
    }
    // Not when it fails: the PUT may be too young for a list to show what came of it.
    if (gone(next) && !gone(old.capture())) {
      ledgerWrite(next, target.record(), token, now).ifPresent(also::add);
    }
    return commit(old, next, also);
  }

  /** A capture and its target's record, changed together by an alert that joins. */
  Stored join(Stored old, Capture next, StoredTarget target, TargetRecord record) throws Conflict {
    return commit(old, next, List.of(target.write(record)));
  }

  /**
   * Puts up the fence of an ended capture whose step is claimed with a token, and renews that
   * claim. Throws Conflict where either row has changed, or another's fence stands.
   *
   * @return the capture as it is saved; empty where a later capture holds the target
   */
  Optional<Stored> fence(Stored old, String token, Instant now) throws Conflict {
    StoredTarget target = targets.of(old.capture().target(), now);
    TargetRecord record = target.record();
    if (record.active() != null) {
      return Optional.empty();
    }
    if (record.fencedUntil(now) != null) {
      throw new Conflict(target.key());
    }
    Capture renewed = old.capture().with(Claims.claimed(old.capture().step(), token, now));
    return Optional.of(commit(old, renewed, List.of(target.write(record.fenced(token, now)))));
  }

  /** When another's fence on a capture's target falls; null where none stands. */
  Instant fencedUntil(Capture c, Instant now) {
    return targets.of(c.target(), now).record().fencedUntil(now);
  }

  /** Only the capture and when it is due, as part of a transaction. */
  static List<Write> writes(Stored old, Capture next) {
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.Replace(RowKeys.capture(next.id()), RowJson.write(next), old.etag()));
    if (!RowKeys.due(old.capture()).equals(RowKeys.due(next))) {
      writes.add(new Write.Delete(RowKeys.due(old.capture()), null));
      writes.add(new Write.Insert(RowKeys.due(next), ""));
    }
    return writes;
  }

  private Stored commit(Stored old, Capture next, List<Write> also) throws Conflict {
    List<Write> writes = writes(old, next);
    writes.addAll(also);
    try {
      return new Stored(next, store.commit(writes).get(RowKeys.capture(next.id())));
    } catch (Conflict lost) {
      // The index may lack a row; it must not keep the capture from being saved.
      String due = RowKeys.due(old.capture());
      if (!lost.key().equals(due) || store.read(due).isPresent()) {
        throw lost;
      }
      writes.removeIf(write -> write instanceof Write.Delete && write.key().equals(due));
      return new Stored(next, store.commit(writes).get(RowKeys.capture(next.id())));
    }
  }

  void forget(Stored old) throws Conflict {
    Write capture = new Write.Delete(RowKeys.capture(old.capture().id()), old.etag());
    try {
      store.commit(List.of(capture, new Write.Delete(RowKeys.due(old.capture()), null)));
    } catch (Conflict lost) {
      if (!lost.key().equals(RowKeys.due(old.capture()))) {
        throw lost;
      }
      store.commit(List.of(capture));
    }
  }

  /** A session that is gone gives its slot back; one that we ourselves deleted counts no more. */
  private Optional<Write> ledgerWrite(
      Capture next, TargetRecord target, String token, Instant now) {
    String key = RowKeys.ledger(next.target().subscription(), next.region());
    StoredLedger stored = targets.ledger(key, now);
    String name = next.session().name();
    SlotLedger freed = stored.ledger().without(name, next.id());
    // Where a later capture has taken over, the name is that of its own session by now.
    boolean deletedByUs =
        target.active() == null && target.fence() != null && target.fence().token().equals(token);
    SlotLedger ledger = deletedByUs ? freed.deleted(name, next.id(), now) : freed;
    return ledger.equals(stored.ledger()) || stored.damaged()
        ? Optional.empty()
        : Optional.of(stored.write(ledger));
  }

  private TargetRecord released(TargetRecord record, Capture ended, Instant now) {
    if (!ended.id().equals(record.active())) {
      return record;
    }
    boolean cools = ended.state() == CaptureState.COMPLETED && !policy.cooldown().isZero();
    return record.released(cools ? now.plus(policy.cooldown()) : null, knownRegion(ended));
  }

  // A region that an alert claimed is worth keeping only once Azure has accepted a session there.
  private static String knownRegion(Capture c) {
    return c.session() != null && c.session().runningSince() != null ? c.region() : null;
  }

  private static boolean gone(Capture c) {
    return c.session() != null && c.session().phase() == Phase.GONE;
  }

  private static boolean kept(Capture c) {
    return c.session() != null && c.session().phase() == Phase.KEPT;
  }

  /** Whether nothing more of ours will be sent about its session. */
  private static boolean leaves(Stored old, Capture next) {
    return (gone(next) && !gone(old.capture())) || (kept(next) && !kept(old.capture()));
  }
}
