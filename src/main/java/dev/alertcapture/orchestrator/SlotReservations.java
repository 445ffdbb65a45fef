package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Sessions.Seen;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.orchestrator.Captures.StoredLedger;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reserves slots for captures that wait for the same subscription and region, so that the limit
 * holds however many start at once and wherever (docs/design/store.md, "Reserve"): a list of
 * sessions, the ledger, and one transaction that fails if the ledger changed in between.
 */
final class SlotReservations {
  private static final Duration MAX_LIST_AGE = Duration.ofSeconds(10);

  // 30 s is what the ledger allows for; with the PUT's own 30 s it must end within the claim too.
  private static final Duration PUT_DELAY_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_NAMED = 5;

  private final CaptureStore store;
  private final Captures captures;
  private final Sessions sessions;
  private final Steps steps;
  private final CapturePolicy policy;
  private final Clock clock;
  private final SessionNaming names;
  private final EndedSessions ended;
  private final Orphans orphans;

  SlotReservations(
      CaptureStore store,
      Captures captures,
      Sessions sessions,
      Steps steps,
      CapturePolicy policy,
      Clock clock) {
    this.store = store;
    this.captures = captures;
    this.sessions = sessions;
    this.steps = steps;
    this.policy = policy;
    this.clock = clock;
    this.names = new SessionNaming(policy.namePrefix(), store.identity());
    this.ended = new EndedSessions(captures, names);
    this.orphans = new Orphans(captures, sessions, names, clock);
  }

  /** A capture that wants a slot, and what came of it. */
  static final class Request {
    private final Stored stored;
    private final String name;
    private final Deadline deadline;
    private Outcome outcome;

    Request(Stored stored, String name, Deadline deadline) {
      this.stored = stored;
      this.name = name;
      this.deadline = deadline;
    }

    Outcome outcome() {
      return outcome;
    }

    boolean isOpen() {
      return outcome == null;
    }

    /** No slot, and no ended session of ours that could make room. */
    boolean isStuck() {
      return outcome != null
          && outcome.instead() instanceof Observation.NoSlot
          && outcome.endedOurs().isEmpty();
    }

    void isNot(Observation why) {
      outcome = Outcome.not(why);
    }

    private Capture capture() {
      return stored.capture();
    }
  }

  /**
   * What came of a request: the capture in STARTING with its slot, or why there is none; neither
   * where somebody else changed the capture meanwhile.
   *
   * @param putBy until then the PUT may be begun
   * @param endedOurs where there is no slot, captures whose ended sessions could make room
   */
  record Outcome(Stored held, Deadline putBy, Observation instead, List<String> endedOurs) {
    static final Outcome LOST = not(null);

    static Outcome not(Observation why) {
      return new Outcome(null, null, why, List.of());
    }

    static Outcome full(String holders, List<String> endedOurs) {
      return new Outcome(null, null, new Observation.NoSlot(holders), endedOurs);
    }
  }

  String nameOf(Capture c) {
    return names.of(c.target());
  }

  /** Answers every request of a batch; all are of one subscription and region. */
  void reserve(List<Request> batch, Deadline deadline) throws PortException {
    Capture first = batch.get(0).capture();
    String subscription = first.target().subscription();
    StoredLedger stored = captures.ledger(subscription, first.region());
    boolean swept = false;
    while (batch.stream().anyMatch(Request::isOpen)) {
      String watcher = stored.ledger().watcherId();
      if (watcher == null) {
        watcher = findWatcher(subscription, first.region(), deadline);
      }
      Instant listedAt = clock.instant();
      Optional<List<Seen>> listed = sessions.list(watcher, deadline);
      if (listed.isEmpty() && stored.ledger().watcherId() == null) {
        throw noWatcher(first.region());
      }
      if (listed.isEmpty()) {
        stored = new StoredLedger(stored.key(), stored.ledger().withWatcher(null), stored.row());
        continue;
      }
      refuseNamesInUse(batch, listed.get(), watcher);
      stored = take(batch, stored, watcher, listed.get(), listedAt);
      if (!swept && batch.stream().anyMatch(Request::isStuck)) {
        swept = true;
        if (orphans.sweep(watcher, listed.get(), stored, deadline)) {
          batch.stream().filter(Request::isStuck).forEach(request -> request.outcome = null);
          stored = captures.ledger(subscription, first.region());
        }
      }
    }
  }

  private String findWatcher(String subscription, String region, Deadline deadline)
      throws PortException {
    return sessions.watcher(subscription, region, deadline).orElseThrow(() -> noWatcher(region));
  }

  private static PortException noWatcher(String region) {
    return PortException.refused(Reason.NO_WATCHER, "region " + region);
  }

  private static void refuseNamesInUse(List<Request> batch, List<Seen> listed, String watcher) {
    for (Request request : batch) {
      listed.stream()
          .filter(seen -> request.isOpen() && seen.name().equalsIgnoreCase(request.name))
          .findFirst()
          .ifPresent(seen -> request.isNot(new Observation.NameInUse(seen, watcher)));
    }
  }

  /** Tries to write slots for what is open until it is written or the list is too old. */
  private StoredLedger take(
      List<Request> batch,
      StoredLedger start,
      String watcher,
      List<Seen> listed,
      Instant listedAt) {
    StoredLedger stored = start;
    List<String> names = listed.stream().map(Seen::name).toList();
    while (clock.instant().isBefore(listedAt.plus(MAX_LIST_AGE))) {
      SlotLedger ledger = stored.ledger().withWatcher(watcher).asOf(listedAt, names);
      Instant now = clock.instant();
      List<Request> lucky = new ArrayList<>();
      Set<String> inUse = ledger.inUse(names);
      for (Request request : batch) {
        if (!request.isOpen()) {
          continue;
        }
        if (inUse.size() >= policy.limit() && !inUse.contains(request.name)) {
          request.outcome = Outcome.full(holders(inUse), ended.among(listed));
          continue;
        }
        inUse.add(request.name);
        lucky.add(request);
        ledger = ledger.with(new SlotLedger.Slot(request.name, request.capture().id(), now));
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
            .forEach(request -> request.outcome = Outcome.LOST);
        stored = captures.ledger(lucky.get(0).capture().target().subscription(), region(lucky));
      }
    }
    return stored;
  }

  private static String region(List<Request> batch) {
    return batch.get(0).capture().region();
  }

  private void write(List<Request> lucky, Write ledger, String watcher, Instant now)
      throws Conflict {
    List<Write> writes = new ArrayList<>(List.of(ledger));
    List<Capture> next = new ArrayList<>();
    List<Deadline> putBy = lucky.stream().map(r -> r.deadline.within(PUT_DELAY_LIMIT)).toList();
    for (Request request : lucky) {
      Observation reserved = new Observation.Reserved(request.name, watcher);
      Capture starting =
          steps.after(request.capture(), reserved, now).due(now.plus(StepRunner.CLAIM_TTL));
      next.add(starting);
      writes.addAll(Captures.writes(request.stored, starting));
    }
    var etags = store.commit(writes);
    for (int i = 0; i < lucky.size(); i++) {
      Capture starting = next.get(i);
      lucky.get(i).outcome =
          new Outcome(
              new Stored(starting, etags.get("c:" + starting.id())), putBy.get(i), null, List.of());
    }
  }

  private static String holders(Set<String> names) {
    String some = names.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", "));
    int more = names.size() - MAX_NAMED;
    return names.size() + " sessions: " + some + (more > 0 ? " and " + more + " more" : "");
  }
}
