package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.CaptureId;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.orchestrator.DueIndex.Due;
import dev.alertcapture.orchestrator.Found.Stored;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** What the timer does: takes each capture that is due as far as it gets. */
public final class Reconciler {
  // One page of a table.
  private static final int MAX_DUE_READ = 1000;
  private static final int THREADS = 8;

  // No request begins after the deadline; one that ends at it still has its answer to save.
  private static final Duration SAVE_ALLOWANCE = Duration.ofSeconds(3);

  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration INDEX_CHECK_PERIOD = Duration.ofHours(1);

  private final Captures captures;
  private final DueIndex index;
  private final Heartbeats heartbeats;
  private final Deliveries deliveries;
  private final StepRunner runner;
  private final Messenger messenger;
  private final Clock clock;
  private Instant indexCheckedAt;

  Reconciler(
      Captures captures,
      DueIndex index,
      Heartbeats heartbeats,
      Deliveries deliveries,
      StepRunner runner,
      Messenger messenger,
      Clock clock) {
    this.captures = captures;
    this.index = index;
    this.heartbeats = heartbeats;
    this.deliveries = deliveries;
    this.runner = runner;
    this.messenger = messenger;
    this.clock = clock;
    this.indexCheckedAt = clock.instant();
  }

  /**
   * One tick: steps, and beside them the messages. What it does not get to before the deadline
   * waits for the next; no thread outlives it by more than a request's time-out.
   */
  public void tick(Invocation call) throws InterruptedException {
    heartbeats.timer(clock.instant());
    deliveries.prune();
    checkIndex(call);
    List<Due> due = due();
    if (due.isEmpty()) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, due.size()));
    try (ChannelQueues messages = messenger.begin(call)) {
      List<Callable<Void>> steps =
          due.stream().<Callable<Void>>map(each -> () -> take(each, messages, call)).toList();
      pool.invokeAll(steps, timeLeft(call).toNanos(), TimeUnit.NANOSECONDS);
      messages.finish(timeLeft(call));
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * What is due: captures that may be active first, the others and the forgetting of old ones last.
   */
  private List<Due> due() {
    Instant now = clock.instant();
    Set<Due> all = new LinkedHashSet<>(index.until(now, MAX_DUE_READ));
    if (all.size() == MAX_DUE_READ) {
      // A backlog must not hide what has become due just now.
      all.addAll(index.since(now.minus(RECENT), now, MAX_DUE_READ));
    }
    List<Due> young = new ArrayList<>();
    List<Due> old = new ArrayList<>();
    for (Due each : all) {
      // What is older has a message at the most, or is to be forgotten.
      (CaptureId.mayBeActive(each.id(), now) ? young : old).add(each);
    }
    young.addAll(old);
    return young;
  }

  /** Once an hour: captures that lost their row of the index are found again. */
  private void checkIndex(Invocation call) {
    Instant now = clock.instant();
    if (indexCheckedAt.plus(INDEX_CHECK_PERIOD).isAfter(now)) {
      return;
    }
    indexCheckedAt = now;
    Captures.Listing newest = captures.newest(MAX_DUE_READ);
    int restored =
        index.restore(newest.captures().stream().filter(c -> c.state().isActive()).toList());
    if (restored > 0) {
      call.log().log(Level.WARNING, "{0} active captures were not in the index", restored);
    }
    if (!newest.unreadable().isEmpty()) {
      call.log().log(
          Level.WARNING,
          "captures that this version can''t read, and leaves alone: {0}",
          newest.unreadable());
    }
  }

  private static Duration timeLeft(Invocation call) {
    return call.deadline().left().plus(SAVE_ALLOWANCE);
  }

  private Void take(Due due, ChannelQueues messages, Invocation call) throws InterruptedException {
    try {
      if (!call.deadline().passed()) {
        Optional<Stored> found = index.dueCapture(due, clock.instant());
        if (found.isPresent()) {
          messages.add(runner.runIfDue(found.get(), call));
        }
      }
    } catch (RuntimeException e) {
      // One capture's trouble is not the others'. Its claim runs out, and a later tick takes it.
      call.log().log(Level.WARNING, "capture " + due.id() + " broke off", e);
    }
    return null;
  }
}
