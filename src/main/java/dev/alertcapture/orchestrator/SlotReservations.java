package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredLedger;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reserves slots for captures that wait for the same subscription and region, so that the limit
 * holds however many start at once and wherever: a list of sessions, the ledger, and one
 * transaction that fails if the ledger changed in between (docs/design/store.md, "Reserve").
 */
final class SlotReservations {
  private static final Duration MAX_LIST_AGE = Duration.ofSeconds(10);

  // 30 s is what the ledger allows for; with the PUT's own 30 s it must end within the claim too.
  private static final Duration PUT_DELAY_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_NAMED = 5;
  // A transaction holds 100 rows and 4 MiB; each capture is three rows, the ledger one.
  private static final int MAX_BATCH_CHARS = 1_500_000;

  private final CaptureStore store;
  private final TargetRecords targets;
  private final Claims claims;
  private final Sessions sessions;
  private final RoomMaker rooms;
  private final SessionNaming names;
  private final CapturePolicy policy;
  private final Clock clock;

  SlotReservations(
      CaptureStore store,
      TargetRecords targets,
      Claims claims,
      Sessions sessions,
      RoomMaker rooms,
      SessionNaming names,
      CapturePolicy policy,
      Clock clock) {
    this.store = store;
    this.targets = targets;
    this.claims = claims;
    this.sessions = sessions;
    this.rooms = rooms;
    this.names = names;
    this.policy = policy;
    this.clock = clock;
  }

  String nameOf(Capture c) {
    return names.of(c.target());
  }

  /** Answers every request of a batch; all are of one subscription and region. */
  void reserve(List<SlotRequest> batch, Invocation call) throws PortException {
    Capture first = batch.get(0).capture();
    String key = RowKeys.ledger(first.target().subscription(), first.region());
    Deadline deadline = call.deadline();
    boolean triedForRoom = false;
    StoredLedger stored = open(key, batch);
    while (batch.stream().anyMatch(SlotRequest::isOpen)) {
      String watcher = stored.ledger().watcherId();
      if (watcher == null) {
        watcher = findWatcher(first, deadline);
      }
      Instant listedAt = clock.instant();
      Optional<List<Seen>> listed = sessions.list(watcher, deadline);
      if (listed.isEmpty() && stored.ledger().watcherId() == null) {
        throw noWatcher(first.region());
      }
      if (listed.isEmpty()) {
        stored = new StoredLedger(key, stored.ledger().withWatcher(null), stored.row(), false);
        continue;
      }
      refuseNamesInUse(batch, listed.get(), watcher);
      stored = take(batch, stored, watcher, listed.get(), listedAt);
      List<SlotRequest> full = batch.stream().filter(SlotRequest::isFull).toList();
      if (!triedForRoom && !full.isEmpty()) {
        triedForRoom = true;
        if (rooms.makeRoom(full.size(), watcher, listed.get(), stored, call)) {
          full.forEach(SlotRequest::reopen);
          stored =
              take(batch, targets.ledger(key, clock.instant()), watcher, listed.get(), listedAt);
        }
      }
    }
  }

  /** The ledger, or all requests put off where it was damaged and is closed for a while. */
  private StoredLedger open(String key, List<SlotRequest> batch) {
    Instant now = clock.instant();
    StoredLedger stored = targets.ledger(key, now);
    if (stored.damaged()) {
      try {
        store.commit(List.of(stored.write(stored.ledger())));
      } catch (Conflict lost) {
        // Somebody else has replaced it.
      }
    }
    if (!stored.ledger().isOpen(now)) {
      Duration rest = Duration.between(now, stored.ledger().closedUntil());
      batch.forEach(
          request ->
              request.deny(new Observation.Unavailable("the slot ledger was damaged", rest)));
    }
    return stored;
  }

  private String findWatcher(Capture c, Deadline deadline) throws PortException {
    return sessions
        .watcher(c.target().subscription(), c.region(), deadline)
        .orElseThrow(() -> noWatcher(c.region()));
  }

  private static PortException noWatcher(String region) {
    return PortException.refused(Reason.NO_WATCHER, "region " + region);
  }

  private static void refuseNamesInUse(List<SlotRequest> batch, List<Seen> listed, String watcher) {
    for (SlotRequest request : batch) {
      listed.stream()
          .filter(seen -> request.isOpen() && seen.name().equalsIgnoreCase(request.name()))
          .findFirst()
          .ifPresent(seen -> request.deny(new Observation.NameInUse(seen, watcher)));
    }
  }

  /** Tries to write slots for what is open until it is written or the list is too old. */
  private StoredLedger take(
      List<SlotRequest> batch,
      StoredLedger start,
      String watcher,
      List<Seen> listed,
      Instant listedAt) {
    StoredLedger stored = start;
    List<String> listedNames = listed.stream().map(Seen::name).toList();
    while (clock.instant().isBefore(listedAt.plus(MAX_LIST_AGE))) {
      SlotLedger ledger = stored.ledger().withWatcher(watcher).asOf(listedAt, listedNames);
      Instant now = clock.instant();
      List<SlotRequest> lucky = new ArrayList<>();
      Set<String> inUse = ledger.inUse(listedNames);
      for (SlotRequest request : batch) {
        if (!request.isOpen()) {
          continue;
        }
        if (inUse.size() >= policy.limit() && !inUse.contains(request.name())) {
          request.answer(new Reservation.Full(holders(inUse)));
          continue;
        }
        inUse.add(request.name());
        lucky.add(request);
        ledger = ledger.with(new SlotLedger.Slot(request.name(), request.capture().id(), now));
      }
      if (lucky.isEmpty()) {
        return stored;
      }
      try {
        write(lucky, stored.write(ledger), watcher, now);
        return stored;
      } catch (Conflict lost) {
        // A lost capture is somebody else's by now; a lost ledger is read again.
        lucky.stream()
            .filter(request -> lost.key().endsWith(request.capture().id()))
            .forEach(request -> request.answer(new Reservation.Lost()));
        stored = targets.ledger(stored.key(), clock.instant());
      }
    }
    return stored;
  }

  private void write(List<SlotRequest> lucky, Write ledger, String watcher, Instant now)
      throws Conflict {
    List<Write> writes = new ArrayList<>(List.of(ledger));
    List<Capture> next = new ArrayList<>();
    // Taken before the write, so that both end before what they stand for.
    List<Deadline> putBy = lucky.stream().map(r -> r.deadline().within(PUT_DELAY_LIMIT)).toList();
    List<Deadline> actBy = lucky.stream().map(r -> Claims.actBy(r.deadline())).toList();
    int chars = 0;
    for (SlotRequest request : lucky) {
      Capture starting = starting(request, watcher, now, MAX_BATCH_CHARS / lucky.size());
      List<Write> its = Captures.writes(request.held().stored(), starting);
      chars += RowJson.write(starting).length();
      if (chars > MAX_BATCH_CHARS && !next.isEmpty()) {
        // It stays open, for the next transaction.
        continue;
      }
      next.add(starting);
      writes.addAll(its);
    }
    Map<String, String> etags = store.commit(writes);
    for (int i = 0; i < lucky.size(); i++) {
      SlotRequest request = lucky.get(i);
      String id = request.capture().id();
      Deadline put = putBy.get(i);
      Deadline act = actBy.get(i);
      next.stream()
          .filter(c -> c.id().equals(id))
          .map(c -> new Stored(c, etags.get(RowKeys.capture(id))))
          .forEach(saved -> request.answer(new Reservation.Held(saved, put, act)));
    }
  }

  /** One that would fill the transaction by itself gives up the texts of its joined alerts. */
  private Capture starting(SlotRequest request, String watcher, Instant now, int maxChars) {
    Observation reserved = new Observation.Reserved(request.name(), watcher);
    Capture next = claims.after(request.capture(), reserved, now);
    Capture starting = next.with(Claims.claimed(next.step(), request.held().token(), now));
    return RowJson.write(starting).length() > maxChars ? starting.withoutJoins() : starting;
  }

  private static String holders(Set<String> names) {
    String some = names.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", "));
    int more = names.size() - MAX_NAMED;
    return names.size() + " sessions: " + some + (more > 0 ? " and " + more + " more" : "");
  }
}
