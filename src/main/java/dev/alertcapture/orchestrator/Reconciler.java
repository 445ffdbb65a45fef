package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Invocation;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/** What the timer does: takes each capture that is due as far as it gets. */
public final class Reconciler {
  private static final int MAX_AT_ONCE = 200;
  private static final int THREADS = 8;

  // No request begins after the deadline; one that ends at it still has its answer to save.
  private static final Duration SAVE_ALLOWANCE = Duration.ofSeconds(3);

  private final Captures captures;
  private final Deliveries deliveries;
  private final StepRunner runner;
  private final Messenger messenger;
  private final Clock clock;

  Reconciler(
      Captures captures,
      Deliveries deliveries,
      StepRunner runner,
      Messenger messenger,
      Clock clock) {
    this.captures = captures;
    this.deliveries = deliveries;
    this.runner = runner;
    this.messenger = messenger;
    this.clock = clock;
  }

  /**
   * One tick: steps, and beside them the messages. What it does not get to before the deadline
   * waits for the next; no thread outlives it by more than a request's time-out.
   */
  public void tick(Invocation call) throws InterruptedException {
    captures.beat(clock.instant());
    deliveries.prune();
    List<String> due = captures.due(clock.instant(), MAX_AT_ONCE);
    if (due.isEmpty()) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, due.size()));
    try (ChannelQueues messages = messenger.begin(call)) {
      List<Callable<Void>> steps =
          due.stream().<Callable<Void>>map(id -> () -> take(id, messages, call)).toList();
      pool.invokeAll(steps, timeLeft(call).toNanos(), TimeUnit.NANOSECONDS);
      messages.finish(timeLeft(call));
    } finally {
      pool.shutdownNow();
    }
  }

  private static Duration timeLeft(Invocation call) {
    return call.deadline().left().plus(SAVE_ALLOWANCE);
  }

  private Void take(String id, ChannelQueues messages, Invocation call)
      throws InterruptedException {
    try {
      if (!call.deadline().passed()) {
        runner.runIfDue(id, call).ifPresent(messages::add);
      }
    } catch (RuntimeException e) {
      // One capture's trouble is not the others'. Its claim runs out, and a later tick takes it.
      call.log().log(Level.WARNING, "capture " + id + " broke off", e);
    }
    return null;
  }
}
