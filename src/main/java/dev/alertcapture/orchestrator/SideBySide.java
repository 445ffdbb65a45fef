package dev.alertcapture.orchestrator;

import dev.alertcapture.store.StoreTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * The same for each of some, side by side: what one throws or waits for costs the others nothing.
 */
final class SideBySide {
  private SideBySide() {}

  /** What is done for each. */
  interface Work<T, R> {
    R on(T each) throws InterruptedException;
  }

  /** What came of it for one: either of them. */
  private record Outcome<R>(R result, Throwable thrown) {}

  /**
   * Does it for each, in a thread of its own where there are several.
   *
   * @param time what has not ended by then is interrupted, as if it had thrown a TimeoutException
   * @param failed is told what the work threw
   * @return what came of it, in the same order; empty for what has thrown
   */
  static <T, R> List<Optional<R>> each(
      List<T> all, Duration time, Work<T, R> work, BiConsumer<T, Throwable> failed)
      throws InterruptedException {
    List<Outcome<R>> outcomes =
        all.size() < 2 ? inTurn(all, time, work) : sideBySide(all, time, work);
    List<Optional<R>> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Outcome<R> outcome = outcomes.get(i);
      if (outcome.thrown() != null) {
        failed.accept(all.get(i), outcome.thrown());
      }
      results.add(Optional.ofNullable(outcome.result()));
    }
    return results;
  }

  private static <T, R> List<Outcome<R>> inTurn(List<T> all, Duration time, Work<T, R> work)
      throws InterruptedException {
    List<Outcome<R>> outcomes = new ArrayList<>();
    for (T each : all) {
      outcomes.add(one(each, time, work));
    }
    return outcomes;
  }

  private static <T, R> List<Outcome<R>> sideBySide(List<T> all, Duration time, Work<T, R> work)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(all.size());
    try {
      List<Callable<Outcome<R>>> tasks =
          all.stream().<Callable<Outcome<R>>>map(each -> () -> one(each, time, work)).toList();
      List<Outcome<R>> outcomes = new ArrayList<>();
      for (Future<Outcome<R>> each :
          threads.invokeAll(tasks, time.toNanos(), TimeUnit.NANOSECONDS)) {
        outcomes.add(each.isCancelled() ? new Outcome<>(null, new TimeoutException()) : each.get());
      }
      return outcomes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("interrupted by nobody", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T, R> Outcome<R> one(T each, Duration time, Work<T, R> work)
      throws InterruptedException {
    try {
      return new Outcome<>(StoreTime.within(time, () -> work.on(each)), null);
    } catch (RuntimeException | Error e) {
      return new Outcome<>(null, e);
    }
  }
}
