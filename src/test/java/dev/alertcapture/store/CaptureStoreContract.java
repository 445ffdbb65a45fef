package dev.alertcapture.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.store.CaptureStore.Write.Delete;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.store.CaptureStore.Write.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps to; a store's own test extends this and says how to make an empty one. */
public abstract class CaptureStoreContract {
  private CaptureStore store;

  /** A store without rows. */
  protected abstract CaptureStore empty();

  @BeforeEach
  void open() {
    store = empty();
  }

  @Test
  void whatWasInsertedIsReadAsItWas() throws Conflict {
    String value = "{\"a\":\"\u00e9\u20ac\ud83d\ude00 \\\" '\"}";
    String etag = store.commit(List.of(new Insert("c:1", value))).get("c:1");
    assertThat(store.read("c:1")).contains(new Row("c:1", value, etag));
    assertThat(store.read("c:2")).isEmpty();
  }

  @Test
  void anEmptyValueIsAValue() throws Conflict {
    insert("d:1", "");
    assertThat(store.read("d:1").orElseThrow().value()).isEmpty();
  }

  @Test
  void anInsertFailsWhereTheRowExists() throws Conflict {
    insert("c:1", "first");
    assertConflict("c:1", new Insert("c:1", "second"));
    assertThat(value("c:1")).isEqualTo("first");
  }

  @Test
  void aReplaceTakesTheEtagThatWasReadAndGivesAnother() throws Conflict {
    String old = insert("c:1", "first");
    String next = store.commit(List.of(new Replace("c:1", "second", old))).get("c:1");
    assertThat(next).isNotEqualTo(old);
    assertThat(store.read("c:1")).contains(new Row("c:1", "second", next));
    assertConflict("c:1", new Replace("c:1", "third", old));
    assertThat(value("c:1")).isEqualTo("second");
  }

  @Test
  void anEtagChangesThoughTheValueDoesNot() throws Conflict {
    String old = insert("c:1", "same");
    store.commit(List.of(new Replace("c:1", "same", old)));
    assertConflict("c:1", new Replace("c:1", "other", old));
  }

  @Test
  void aReplaceFailsWhereThereIsNoRow() throws Conflict {
    String etag = insert("c:1", "first");
    store.commit(List.of(new Delete("c:1", etag)));
    assertConflict("c:1", new Replace("c:1", "second", etag));
    assertThat(store.read("c:1")).isEmpty();
  }

  @Test
  void aRowThatCameBackHasAnotherEtag() throws Conflict {
    String etag = insert("c:1", "same");
    store.commit(List.of(new Delete("c:1", etag)));
    assertThat(insert("c:1", "same")).isNotEqualTo(etag);
  }

  @Test
  void aDeleteTakesTheEtagThatWasRead() throws Conflict {
    String old = insert("c:1", "first");
    String next = store.commit(List.of(new Replace("c:1", "second", old))).get("c:1");
    assertConflict("c:1", new Delete("c:1", old));
    assertThat(store.commit(List.of(new Delete("c:1", next)))).isEmpty();
    assertThat(store.read("c:1")).isEmpty();
  }

  @Test
  void aDeleteWithoutEtagTakesAnyRowButNotNone() throws Conflict {
    insert("d:1", "");
    store.commit(List.of(new Delete("d:1", null)));
    assertThat(store.read("d:1")).isEmpty();
    assertConflict("d:1", new Delete("d:1", null));
  }

  @Test
  void aTransactionTakesEffectWhole() throws Conflict {
    String etag = insert("c:1", "old");
    insert("d:1", "");
    var etags =
        store.commit(
            List.of(
                new Replace("c:1", "new", etag), new Delete("d:1", null), new Insert("d:2", "")));
    assertThat(etags).containsOnlyKeys("c:1", "d:2");
    assertThat(store.scan("a", "z", 10)).extracting(Row::key).containsExactly("c:1", "d:2");
    assertThat(store.read("c:1").orElseThrow().etag()).isEqualTo(etags.get("c:1"));
    assertThat(store.read("d:2").orElseThrow().etag()).isEqualTo(etags.get("d:2"));
  }

  @Test
  void aTransactionThatFailsAtItsEndHasNoEffectAndNamesTheRow() throws Conflict {
    String etag = insert("c:1", "old");
    insert("d:1", "");
    assertConflict(
        "s:1",
        new Replace("c:1", "new", etag),
        new Delete("d:1", null),
        new Insert("d:2", ""),
        new Replace("s:1", "slots", etag));
    assertThat(store.scan("a", "z", 10))
        .extracting(Row::key, Row::value)
        .containsExactly(tuple("c:1", "old"), tuple("d:1", ""));
    assertThat(store.read("c:1").orElseThrow().etag()).isEqualTo(etag);
  }

  @Test
  void aRangeHasItsFirstKeyAndNotItsLastInKeyOrder() throws Conflict {
    for (String key : List.of("d:3", "c:9", "d:1", "d;", "d:2", "d:10", "D:1")) {
      insert(key, key);
    }
    assertThat(store.scan("d:", "d;", 10))
        .extracting(Row::value)
        .containsExactly("d:1", "d:10", "d:2", "d:3");
    assertThat(store.scan("d:1", "d:3", 10))
        .extracting(Row::key)
        .containsExactly("d:1", "d:10", "d:2");
    assertThat(store.scan("e:", "f:", 10)).isEmpty();
  }

  @Test
  void aRangeEndsAtItsLimit() throws Conflict {
    for (int i = 0; i < 5; i++) {
      insert("d:" + i, "");
    }
    assertThat(store.scan("d:", "d;", 2)).extracting(Row::key).containsExactly("d:0", "d:1");
  }

  @Test
  void aRowFromARangeCanBeReplaced() throws Conflict {
    insert("c:1", "old");
    Row row = store.scan("c:", "c;", 1).get(0);
    store.commit(List.of(new Replace("c:1", "new", row.etag())));
    assertThat(value("c:1")).isEqualTo("new");
  }

  @Test
  void aHundredRowsAreATransactionAndOneMoreIsNot() throws Conflict {
    assertThat(store.commit(inserts(100))).hasSize(100);
    assertRefused(inserts(101));
    assertRefused(List.of());
  }

  @Test
  void oneRowIsWrittenOnceInATransaction() throws Conflict {
    assertRefused(List.of(new Insert("c:1", "a"), new Insert("c:1", "b")));
    assertThat(store.read("c:1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c:/", "c:\\", "c:#", "c:?", "c:\n", "c:\u007f", "c:\u0085"})
  void aKeyHoldsNoneOf(String key) {
    assertRefused(List.of(new Insert(key, "")));
  }

  @Test
  void aKeyHasAtMost512Characters() throws Conflict {
    insert("k".repeat(512), "");
    assertRefused(List.of(new Insert("k".repeat(513), "")));
  }

  @Test
  void aRowHasABoundedSize() throws Conflict {
    String most = "x".repeat(CaptureStore.MAX_VALUE_CHARS);
    insert("c:1", most);
    assertThat(value("c:1")).isEqualTo(most);
    assertRefused(List.of(new Insert("c:2", most + "x")));
  }

  @Test
  void aTransactionHasABoundedSize() {
    String most = "x".repeat(CaptureStore.MAX_VALUE_CHARS);
    List<Write> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(new Insert("c:" + i, most));
    }
    assertRefused(all);
  }

  @Test
  void ofManyWritersOfOneRowExactlyOneWins() throws Exception {
    String etag = insert("t:1", "free");
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Boolean>> all =
          IntStream.range(0, writers)
              .<Callable<Boolean>>mapToObj(i -> () -> wins(together, i, etag))
              .toList();
      int winners = 0;
      for (Future<Boolean> each : pool.invokeAll(all, 30, TimeUnit.SECONDS)) {
        winners += each.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(store.scan("c:", "c;", 100)).hasSize(1);
      assertThat(store.scan("c:", "c;", 1).get(0).key()).isEqualTo("c:" + value("t:1"));
    } finally {
      pool.shutdownNow();
    }
  }

  private boolean wins(CyclicBarrier together, int i, String etag) throws Exception {
    together.await(10, TimeUnit.SECONDS);
    try {
      store.commit(List.of(new Insert("c:" + i, ""), new Replace("t:1", "" + i, etag)));
      return true;
    } catch (Conflict lost) {
      assertThat(lost.key()).isEqualTo("t:1");
      return false;
    }
  }

  private String insert(String key, String value) throws Conflict {
    return store.commit(List.of(new Insert(key, value))).get(key);
  }

  private String value(String key) {
    return store.read(key).orElseThrow().value();
  }

  private static List<Write> inserts(int count) {
    return IntStream.range(0, count).<Write>mapToObj(i -> new Insert("d:" + i, "")).toList();
  }

  private void assertConflict(String key, Write... writes) {
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> store.commit(List.of(writes)))
        .extracting(Conflict::key)
        .isEqualTo(key);
  }

  private void assertRefused(List<Write> writes) {
    assertThatThrownBy(() -> store.commit(writes)).isInstanceOf(IllegalArgumentException.class);
  }
}
