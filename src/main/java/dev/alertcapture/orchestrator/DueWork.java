package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.orchestrator.DueIndex.Due;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.store.StoreTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * Captures that one call carries on side by side, and their messages. Each subscription and region
 * has its own few threads, so that none stands still for another's trouble.
 */
final class DueWork implements AutoCloseable {
  private static final int THREADS = 8;
  private static final String READING = "reading";

  // No request begins after the deadline; one that ends at it still has its answer to save.
  private static final Duration SAVE_ALLOWANCE = Duration.ofSeconds(3);

  private final DueIndex index;
  private final StepRunner runner;
  private final ChannelQueues messages;
  private final Clock clock;
  private final Invocation call;
  private final Map<String, ExecutorService> threads = new ConcurrentHashMap<>();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final UnderWay underWay = new UnderWay();

  DueWork(DueIndex index, StepRunner runner, ChannelQueues messages, Clock clock, Invocation call) {
    this.index = index;
    this.runner = runner;
    this.messages = messages;
    this.clock = clock;
    this.call = call;
  }

  /** What a call may still do for what it has begun. */
  static Duration timeLeft(Invocation call) {
    return call.deadline().left().plus(SAVE_ALLOWANCE);
  }

  /**
   * Takes on what is due, but for what is being carried on already and what broke off before.
   * Answers whether there was any.
   */
  boolean take(List<Due> due) {
    boolean any = false;
    for (Due each : due) {
      if (taken.add(each.id())) {
        any = true;
        underWay.begin();
        in(READING, () -> read(each));
      }
    }
    return any;
  }

  /** Waits until nothing is being carried on or told, but not longer; whether that is so. */
  boolean await(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    return underWay.await(time) && messages.await(Duration.ofNanos(end - System.nanoTime()));
  }

  private void read(Due due) {
    boolean goesOn = false;
    try {
      Optional<Stored> found =
          call.deadline().passed()
              ? Optional.empty()
              : StoreTime.within(timeLeft(call), () -> index.dueCapture(due, clock.instant()));
      if (found.isPresent()) {
        Capture c = found.get().capture();
        in(c.target().subscription() + "/" + c.region(), () -> carryOn(due, found.get()));
        goesOn = true;
      } else {
        taken.remove(due.id());
      }
    } catch (RuntimeException | Error e) {
      brokeOff(due, e);
    } finally {
      if (!goesOn) {
        underWay.end();
      }
    }
  }

  private void carryOn(Due due, Stored found) {
    try {
      if (!call.deadline().passed()) {
        messages.add(StoreTime.within(timeLeft(call), () -> runner.runIfDue(found, call)));
      }
      taken.remove(due.id());
    } catch (InterruptedException e) {
      // The call is over; the claim runs out, and a later tick takes it.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      brokeOff(due, e);
    } finally {
      underWay.end();
    }
  }

  // One capture's trouble is not the others'. It stays taken, so that this call leaves it alone; a
  // later tick takes it.
  private void brokeOff(Due due, Throwable e) {
    call.log().log(Level.WARNING, "capture " + due.id() + " broke off", e);
  }

  private void in(String region, Runnable work) {
    threads
        .computeIfAbsent(
            region,
            key ->
                new ThreadPoolExecutor(
                    THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()))
        .execute(work);
  }

  @Override
  public void close() {
    threads.values().forEach(ExecutorService::shutdownNow);
  }
}
