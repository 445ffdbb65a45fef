package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.fresh;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureDraft;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Observation.Refused;
import dev.alertcapture.capture.Observation.Unavailable;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.orchestrator.TargetRecords.StoredTarget;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.MemoryCaptureStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storm of 50 alerts on 50 machines of one region with 10 slots, of which others have two. */
@Timeout(60)
class SlotQueueTest {
  private static final int STORM = 50;

  private final MemoryCaptureStore store = new MemoryCaptureStore();
  private final FakeSessions azure = new FakeSessions();
  private final MutableClock clock = new MutableClock(T0);
  private final EngineParts parts = TestParts.of(store, policy(), azure, clock);
  private final Captures captures = parts.captures;

  @Test
  void aStormCostsFewListsAndNeverPassesTheLimit() throws Exception {
    others();
    List<Thread> threads = new ArrayList<>();
    // The first has the region to itself; its list takes until all others wait for their turn.
    azure.onList(() -> awaitWaiting(threads, STORM - 1));
    List<Reservation> outcomes = storm(List.of(queue()), threads);
    assertThat(outcomes).filteredOn(o -> o instanceof Reservation.Held).hasSize(8);
    assertThat(outcomes).filteredOn(o -> o instanceof Reservation.Full).hasSize(STORM - 8);
    assertThat(azure.most).isEqualTo(10);
    assertThat(azure.lists()).as("at most 30 to a list").isLessThanOrEqualTo(3);
  }

  @Test
  void instancesThatKnowNothingOfEachOtherNeverPassTheLimit() throws Exception {
    others();
    CountDownLatch both = new CountDownLatch(2);
    azure.onList(
        () -> {
          both.countDown();
          await(both);
        });
    List<Reservation> outcomes = storm(List.of(queue(), queue()), new ArrayList<>());
    assertThat(outcomes).filteredOn(o -> o instanceof Reservation.Held).hasSize(8);
    assertThat(azure.most).isEqualTo(10);
  }

  @Test
  void whatStopsABatchIsSaidToAllOfIt() throws Exception {
    List<Thread> threads = new ArrayList<>();
    azure.onList(
        () -> {
          awaitWaiting(threads, 3);
          throw PortException.refused(Reason.FORBIDDEN, "403");
        });
    List<Reservation> outcomes = storm(List.of(queue()), threads, 4);
    assertThat(outcomes).containsOnly(new Reservation.Denied(new Refused(Reason.FORBIDDEN, "403")));
  }

  @Test
  void aCaptureWaitsForItsTurnOnlyToItsDeadline() throws Exception {
    SlotQueue queue = queue();
    CountDownLatch listing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    azure.onList(
        () -> {
          listing.countDown();
          await(go);
        });
    Stored first = requested(1);
    CompletableFuture<Reservation> slow =
        CompletableFuture.supplyAsync(() -> reserve(queue, first, Duration.ofSeconds(30)));
    await(listing);
    Reservation hasty = reserve(queue, requested(2), Duration.ZERO);
    assertThat(hasty)
        .isInstanceOfSatisfying(
            Reservation.Denied.class,
            denied -> assertThat(denied.why()).isInstanceOf(Unavailable.class));
    go.countDown();
    assertThat(slow.get(30, TimeUnit.SECONDS)).isInstanceOf(Reservation.Held.class);
    reserve(queue, requested(3), Duration.ofSeconds(30));
    assertThat(captures.get(id(2)).orElseThrow().capture().state())
        .as("it has left the line")
        .isEqualTo(CaptureState.REQUESTED);
  }

  @Test
  void regionsDoNotWaitForEachOther() throws Exception {
    SlotQueue queue = queue();
    CountDownLatch bothList = new CountDownLatch(2);
    azure.onList(
        () -> {
          bothList.countDown();
          await(bothList);
        });
    Capture elsewhere = CaptureDraft.of(fresh(id(2), vm("vm-2"))).region("uksouth").done();
    Stored first = requested(1);
    Stored second = insert(elsewhere);
    CompletableFuture<Reservation> one =
        CompletableFuture.supplyAsync(() -> reserve(queue, first, Duration.ofSeconds(30)));
    assertThat(reserve(queue, second, Duration.ofSeconds(30))).isInstanceOf(Reservation.Held.class);
    assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(Reservation.Held.class);
  }

  private SlotQueue queue() {
    return TestParts.of(store, policy(), azure, new MutableClock(T0)).slots;
  }

  private void others() {
    azure.add("somebody-elses", vm("x").id());
    azure.add("another-ones", vm("y").id());
  }

  private List<Reservation> storm(List<SlotQueue> queues, List<Thread> threads) throws Exception {
    return storm(queues, threads, STORM);
  }

  /** Each capture in a thread of its own, which sends the PUT as soon as it has its slot. */
  private List<Reservation> storm(List<SlotQueue> queues, List<Thread> threads, int size)
      throws Exception {
    List<FutureTask<Reservation>> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Stored stored = requested(i);
      SlotQueue queue = queues.get(i % queues.size());
      tasks.add(new FutureTask<>(() -> start(queue, stored)));
    }
    synchronized (threads) {
      tasks.forEach(task -> threads.add(new Thread(task)));
      threads.forEach(Thread::start);
    }
    List<Reservation> outcomes = new ArrayList<>();
    for (FutureTask<Reservation> task : tasks) {
      outcomes.add(task.get(30, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private Reservation start(SlotQueue queue, Stored stored) {
    Reservation outcome = reserve(queue, stored, Duration.ofSeconds(30));
    if (outcome instanceof Reservation.Held held) {
      Capture c = held.stored().capture();
      azure.add(c.session().name(), c.target().id());
    }
    return outcome;
  }

  private static Reservation reserve(SlotQueue queue, Stored stored, Duration time) {
    try {
      Deadline deadline = Deadline.in(time, System::nanoTime);
      return queue.reserve(
          new Claims.Held(stored, CaptureFixture.TOKEN, deadline),
          new Invocation(deadline, Logger.getAnonymousLogger()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitWaiting(List<Thread> threads, int many) {
    synchronized (threads) {
      while (threads.stream().filter(t -> t.getState() == Thread.State.TIMED_WAITING).count()
          < Math.min(many, threads.stream().filter(Thread::isAlive).count() - 1)) {
        Thread.onSpinWait();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Stored requested(int i) throws Conflict {
    return insert(fresh(id(i), vm("vm-" + i)));
  }

  private Stored insert(Capture c) throws Conflict {
    StoredTarget target = parts.targets.of(c.target(), clock.instant());
    return captures.insert(c, target, target.record().taken(c.id()));
  }

  private static String id(int i) {
    return String.format("%021d", i);
  }
}
