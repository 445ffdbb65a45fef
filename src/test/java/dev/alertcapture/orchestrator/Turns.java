package dev.alertcapture.orchestrator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Two workers of which one runs at a time, and may be made to give way at each call of a port. A
 * plan says at which calls; the explorer makes every plan with so many changes.
 */
final class Turns {
  /** What a worker does. */
  interface Work {
    void run() throws Exception;
  }

  private final List<Integer> plan;
  private final Semaphore[] turns = {new Semaphore(0), new Semaphore(0)};
  private final boolean[] done = new boolean[2];
  private final Semaphore over = new Semaphore(0);
  private final List<Throwable> thrown = new ArrayList<>();
  private int calls;
  private int current;

  /** Changes at the calls of those numbers, ascending. */
  Turns(List<Integer> plan) {
    this.plan = plan;
  }

  /** Whose turn it is: 0 or 1. */
  synchronized int current() {
    return current;
  }

  /** Runs both to their end; answers how many calls of ports they made. */
  int run(Work first, Work second) throws InterruptedException {
    start(0, first);
    start(1, second);
    turns[0].release();
    over.acquire(2);
    if (!thrown.isEmpty()) {
      throw new AssertionError("with changes at " + plan, thrown.get(0));
    }
    return calls;
  }

  private void start(int worker, Work work) {
    Thread thread =
        new Thread(
            () -> {
              turns[worker].acquireUninterruptibly();
              try {
                work.run();
              } catch (Throwable e) {
                synchronized (this) {
                  thrown.add(e);
                }
              }
              end(worker);
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void end(int worker) {
    int other = 1 - worker;
    synchronized (this) {
      done[worker] = true;
      if (!done[other]) {
        current = other;
        turns[other].release();
      }
    }
    over.release();
  }

  /** Before a call of a port: the other goes first where the plan says so. */
  void beforeCall() {
    int worker;
    int other;
    synchronized (this) {
      worker = current;
      other = 1 - worker;
      boolean changes = plan.contains(calls++) && !done[other];
      if (!changes) {
        return;
      }
      current = other;
      turns[other].release();
    }
    turns[worker].acquireUninterruptibly();
  }
}
