package dev.alertcapture.table;

import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.StoreTime;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Calls of one table, bounded in time. The table is created by the first call that misses it.
 *
 * <p>What failed is repeated at most twice. A commit is repeated only if it was surely not carried
 * out: repeated after a lost answer, it would meet its own rows and take them for somebody else's.
 */
final class TableCalls {
  private static final int MAX_RETRIES = 2;

  private final TableClient client;
  private final String name;
  private final Limits limits;

  /**
   * How long things may take, where the calling thread has that much time.
   *
   * @param attempt one request
   * @param call a request with its repetitions
   */
  record Limits(Duration attempt, Duration call) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  /**
   * Calls of a table.
   *
   * @param name says in messages which table it is
   */
  TableCalls(TableClient client, String name, Limits limits) {
    this.client = client;
    this.name = name;
    this.limits = limits;
  }

  /** Anything that may be done twice. */
  <T> T read(String what, Function<Context, T> request) {
    return call(what, request, TableFailure::isPassing, failure -> false);
  }

  /** Anything that may not be done twice. */
  <T> T commit(String what, Function<Context, T> request) {
    return call(
        what,
        request,
        failure -> failure.isPassing() && !failure.mayHaveTakenEffect(),
        TableFailure::mayHaveTakenEffect);
  }

  private <T> T call(
      String what,
      Function<Context, T> request,
      Predicate<TableFailure> again,
      Predicate<TableFailure> inDoubt) {
    Duration time = StoreTime.left(limits.call());
    if (time.isZero()) {
      throw new StoreException("table " + name + ": " + what + ": no time left", null);
    }
    long end = System.nanoTime() + time.toNanos();
    boolean created = false;
    int retries = 0;
    while (true) {
      try {
        return request.apply(attempt(end));
      } catch (RuntimeException e) {
        TableFailure failure = TableFailure.of(e);
        long pause = ThreadLocalRandom.current().nextLong(50, 200L << retries) * 1_000_000;
        if (failure.is(404, "TableNotFound") && !created) {
          create(end);
          created = true;
        } else if (again.test(failure)
            && retries < MAX_RETRIES
            && end - System.nanoTime() > pause) {
          retries++;
          LockSupport.parkNanos(pause);
        } else {
          throw failed(what, failure, inDoubt.test(failure));
        }
      }
    }
  }

  private void create(long end) {
    try {
      client.createTableWithResponse(null, attempt(end));
    } catch (RuntimeException e) {
      TableFailure failure = TableFailure.of(e);
      if (!failure.is(409, "TableAlreadyExists")) {
        throw failed("creating it", failure, false);
      }
    }
  }

  private Context attempt(long end) {
    long left = Math.max(end - System.nanoTime(), 1_000_000);
    return AzurePipeline.context(Duration.ofNanos(Math.min(left, limits.attempt().toNanos())));
  }

  private StoreException failed(String what, TableFailure failure, boolean inDoubt) {
    return new StoreException(
        "table "
            + name
            + ": "
            + what
            + " failed: "
            + failure.getMessage()
            + (inDoubt ? "; it may have taken effect" : ""),
        failure);
  }
}
