package dev.alertcapture.store;

import java.time.Duration;

/**
 * How much time the calling thread has for the store. Whoever answers a call says so once, around
 * all that it does, and every operation below ends by then or throws {@link
 * CaptureStore.StoreException}; no method in between hands a deadline on. Work that goes on in
 * another thread says it there anew.
 *
 * <pre>{@code
 * return StoreTime.within(Duration.ofSeconds(4), () -> acceptance.accept(alert, target));
 * }</pre>
 */
public final class StoreTime {
  private static final ThreadLocal<Long> END = new ThreadLocal<>();

  private StoreTime() {}

  /** What is done within a time. */
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E;
  }

  /** Does some work in a time from now, or in what is left where that is less. */
  public static <T, E extends Exception> T within(Duration time, Work<T, E> work) throws E {
    Long before = END.get();
    END.set(System.nanoTime() + left(time).toNanos());
    try {
      return work.run();
    } finally {
      if (before == null) {
        END.remove();
      } else {
        END.set(before);
      }
    }
  }

  /** So much time, or what is left where that is less; zero at the least. */
  public static Duration left(Duration most) {
    Long end = END.get();
    if (end == null) {
      return most;
    }
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return left.compareTo(most) < 0 ? left : most;
  }
}
