package dev.alertcapture.orchestrator;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation;
import dev.alertcapture.capture.PortException;
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
    final Deque<SlotRequest> waiting = new ArrayDeque<>();

    synchronized void join(SlotRequest request) {
      waiting.add(request);
    }

    synchronized boolean leave(SlotRequest request) {
      return waiting.remove(request);
    }

    synchronized List<SlotRequest> nextBatch() {
      List<SlotRequest> batch = new ArrayList<>();
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.remove());
      }
      return batch;
    }
  }

  /** Waits for this capture's turn, but not past the deadline. */
  Reservation reserve(Claims.Held held, Invocation call) throws InterruptedException {
    Capture c = held.capture();
    Line line =
        lines.computeIfAbsent(c.target().subscription() + "/" + c.region(), key -> new Line());
    SlotRequest request = new SlotRequest(held, reservations.nameOf(c), call.deadline());
    line.join(request);
    long wait = call.deadline().left().toNanos();
    if (!line.turn.tryLock(wait, TimeUnit.NANOSECONDS)) {
      // Another thread may be serving it: its result is on record then, for the next tick.
      return line.leave(request)
          ? new Reservation.Denied(new Observation.Unavailable("many captures start at once", null))
          : new Reservation.Lost();
    }
    try {
      while (request.isOpen()) {
        serve(line.nextBatch(), call);
      }
      return request.answer();
    } finally {
      line.turn.unlock();
    }
  }

  private void serve(List<SlotRequest> batch, Invocation call) {
    try {
      reservations.reserve(batch, call);
    } catch (PortException e) {
      batch.stream().filter(SlotRequest::isOpen).forEach(r -> r.deny(Observation.of(e)));
    } finally {
      // An unexpected exception propagates to this thread; the rest of the batch tries again later.
      batch.stream()
          .filter(SlotRequest::isOpen)
          .forEach(r -> r.deny(new Observation.Unavailable("the store did not answer", null)));
    }
  }
}
