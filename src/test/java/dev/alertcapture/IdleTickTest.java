package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.orchestrator.CaptureFilter;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.ForwardingStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the timer costs while nothing happens: it comes 5,760 times a day. */
class IdleTickTest {
  private static final int ENDED = 100_000;

  private final CountingStore store = new CountingStore();

  @Test
  void idleTickCostsTheSameHoweverManyCapturesHaveEnded() throws Exception {
    try (World world = new World().on(store)) {
      world.tick();
      Cost withNone = costOfATick(world);
      String id = World.idOf(world.alert(World.vm("web-01")));
      world.tickUntil(() -> world.azure.sessions().isEmpty());
      world.tick();
      multiply(id);
      assertThat(store.scan("c:", "c;", ENDED + 1)).hasSize(ENDED);
      assertThat(store.scan("d:", "d;", ENDED + 1)).hasSize(ENDED);

      Cost withMany = costOfATick(world);

      assertThat(withMany).isEqualTo(withNone);
      assertThat(withNone.operations()).isLessThanOrEqualTo(5);
    }
  }

  @Test
  void tickThatWaitsMakesOneMoreOperationEveryTwoSeconds() throws Exception {
    try (World world = new World().on(store)) {
      int idle = costOfATick(world).operations();
      world.alert(World.vm("web-01"));
      // Its next step is due in 10 s: the tick looks after 2, 4, 6 and 8, and then has no more than
      // what the last message may take.
      store.operations.set(0);

      world.app().reconciler().tick(world.call(Duration.ofSeconds(19)));

      assertThat(store.operations.get()).isEqualTo(idle + 4);
    }
  }

  @Test
  void listWithoutAFilterReadsNoMoreThanItsLimit() throws Exception {
    try (World world = new World().on(store)) {
      world.alert(World.vm("web-01"));
      world.alert(World.vm("web-02"));
      store.rows.set(0);

      assertThat(world.app().orchestrator().newest(CaptureFilter.of(null, null, "1")).captures())
          .hasSize(1);

      assertThat(store.rows).hasValue(1);
    }
  }

  private Cost costOfATick(World world) {
    store.operations.set(0);
    store.rows.set(0);
    world.tick();
    return new Cost(store.operations.get(), store.rows.get());
  }

  /** As many as if the same had happened on many machines: all rows of the capture once more. */
  private void multiply(String id) throws CaptureStore.Conflict {
    CaptureStore.Row capture = store.read("c:" + id).orElseThrow();
    CaptureStore.Row due = store.scan("d:", "d;", 1).get(0);
    for (int i = 1; i < ENDED; i++) {
      String other = id.substring(0, id.length() - 5) + "%05d".formatted(i);
      if (other.equals(id)) {
        continue;
      }
      store.commit(
          List.of(
              new CaptureStore.Write.Insert("c:" + other, capture.value().replace(id, other)),
              new CaptureStore.Write.Insert(due.key().replace(id, other), due.value())));
    }
  }

  private record Cost(int operations, int rows) {}

  /** Counts what is asked of a store, and the rows that it reads for that. */
  private static final class CountingStore extends ForwardingStore {
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger rows = new AtomicInteger();

    CountingStore() {
      super(new MemoryCaptureStore());
    }

    @Override
    public Optional<Row> read(String key) {
      operations.incrementAndGet();
      Optional<Row> row = super.read(key);
      row.ifPresent(r -> rows.incrementAndGet());
      return row;
    }

    @Override
    public List<Row> scan(String from, String to, int limit) {
      operations.incrementAndGet();
      List<Row> found = super.scan(from, to, limit);
      rows.addAndGet(found.size());
      return found;
    }

    @Override
    public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
      operations.incrementAndGet();
      return super.commit(writes);
    }
  }
}
