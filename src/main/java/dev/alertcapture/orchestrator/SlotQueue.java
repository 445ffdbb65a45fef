package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.orchestrator.Captures.Stored;
import dev.alertcapture.orchestrator.SlotReservations.Outcome;
import dev.alertcapture.orchestrator.SlotReservations.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One reservation at a time per subscription and region in this process: who comes meanwhile waits
 * and goes into the next batch, so that a storm of alerts costs few lists. The ledger's ETag sees
 * to other processes.
 */
final class SlotQueue {
  // Three rows a capture and one for the ledger, in a transaction of at most 100.
  private static final int BATCH = 30;

  private final Map<String, Line> lines = new ConcurrentHashMap<>();
  private final SlotReservations reservations;

  SlotQueue(SlotReservations reservations) {
    this.reservations = reservations;
  }

  private static final class Line {
    final ReentrantLock turn = new ReentrantLock(true);
    final Deque<Request> waiting = new ArrayDeque<>();

    synchronized void join(Request request) {
      waiting.add(request);
    }

    synchronized boolean leave(Request request) {
      return waiting.remove(request);
    }

    synchronized List<Request> nextBatch() {
      List<Request> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.remove());
      }
      return batch;
    }
  }

  /** Waits for this capture's turn, but not past the deadline. */
  Outcome reserve(Stored stored, Deadline deadline) throws InterruptedException {
    Capture c = stored.capture();
    Line line =
        lines.computeIfAbsent(c.target().subscription() + "/" + c.region(), key -> new Line());
    Request request = new Request(stored, reservations.nameOf(c), deadline);
    line.join(request);
    if (!line.turn.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
      boolean unserved = line.leave(request);
      // In somebody's batch right now: whatever comes of it is on record, for the next tick.
      return unserved
          ? Outcome.not(new Observation.Unavailable("many captures start at once", null))
          : Outcome.LOST;
    }
    try {
      while (request.isOpen()) {
        serve(line.nextBatch(), deadline);
      }
      return request.outcome();
    } finally {
      line.turn.unlock();
    }
  }

  private void serve(List<Request> batch, Deadline deadline) {
    try {
      reservations.reserve(batch, deadline);
    } catch (PortException e) {
      batch.stream().filter(Request::isOpen).forEach(r -> r.isNot(Observation.of(e)));
    } finally {
      // Whatever else went wrong goes up to one of them; the others try again later.
      batch.stream()
          .filter(Request::isOpen)
          .forEach(r -> r.isNot(new Observation.Unavailable("the store did not answer", null)));
    }
  }
}
