package dev.alertcapture.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpClient;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.store.CaptureStore.Write.Replace;
import dev.alertcapture.store.CaptureStoreContract;
import dev.alertcapture.table.TableAccount.Access;
import dev.alertcapture.testing.StubServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("node")
class TableCaptureStoreTest extends CaptureStoreContract {
  private static final HttpClient HTTP = StubServer.client();
  private static Azurite azurite;
  private static int tables;

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    if (azurite != null) {
      azurite.close();
    }
  }

  private static CaptureStore store(TableAccount account, String table) {
    return new TableCaptureStore(account, HTTP, table, TableCalls.Limits.USUAL);
  }

  private static String newTable() {
    return "captures" + ++tables;
  }

  @Override
  protected CaptureStore empty() {
    return store(azurite.account(), newTable());
  }

  @Test
  void tableIsCreatedByWhoeverMissesItFirst() throws Conflict {
    assertThat(empty().read("c:1")).isEmpty();
    assertThat(empty().scan("c:", "c;", 10)).isEmpty();
    assertThat(empty().commit(List.of(new Insert("c:1", "a"), new Insert("c:2", "b")))).hasSize(2);
  }

  @Test
  void twoStoresOnOneTableSeeEachOther() throws Conflict {
    String table = newTable();
    CaptureStore one = store(azurite.account(), table);
    CaptureStore other = store(azurite.account(), table);

    String first = one.commit(List.of(new Insert("c:1", "first"))).get("c:1");
    String second = other.commit(List.of(new Replace("c:1", "second", first))).get("c:1");

    assertThat(one.identity()).isEqualTo(other.identity()).endsWith("/" + table);
    assertThat(one.read("c:1")).contains(new Row("c:1", "second", second));
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> one.commit(List.of(new Replace("c:1", "third", first))));
  }

  @Test
  void largestRowComesBackWholeWhereverItsCharactersPairUp() throws Conflict {
    CaptureStore store = empty();
    String pairs = "\ud83d\ude00".repeat(CaptureStore.MAX_VALUE_CHARS / 2 - 1);
    List<String> values = List.of(pairs + "ab", "a" + pairs + "b", "€" + pairs);

    for (int i = 0; i < values.size(); i++) {
      store.commit(List.of(new Insert("c:" + i, values.get(i))));
    }

    assertThat(store.scan("c:", "c;", 10)).extracting(Row::value).isEqualTo(values);
  }

  @Test
  void longerRowBecomesShorter() throws Conflict {
    CaptureStore store = empty();
    String etag = store.commit(List.of(new Insert("c:1", "x".repeat(100_000)))).get("c:1");

    store.commit(List.of(new Replace("c:1", "short", etag)));

    assertThat(store.read("c:1").orElseThrow().value()).isEqualTo("short");
  }

  @Test
  void rangeGoesOnOverSeveralPages() throws Conflict {
    CaptureStore store = empty();
    List<String> keys = IntStream.range(0, 2300).mapToObj("d:%05d"::formatted).toList();
    for (int i = 0; i < keys.size(); i += 100) {
      List<Insert> hundred = new ArrayList<>();
      keys.subList(i, i + 100).forEach(key -> hundred.add(new Insert(key, "")));
      store.commit(hundred);
    }

    assertThat(store.scan("d:", "d;", 5000)).extracting(Row::key).isEqualTo(keys);
    assertThat(store.scan("d:", "d;", 2100)).extracting(Row::key).isEqualTo(keys.subList(0, 2100));
  }

  @Test
  void wrongKeyIsAFailureThatSaysWhatToLookAt() {
    String wrong = "d3JvbmcgYW5kIHNlY3JldA==";
    TableAccount account =
        new TableAccount(azurite.endpoint(), new Access.Key("devstoreaccount1", wrong));
    CaptureStore store = store(account, newTable());

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.commit(List.of(new Insert("c:1", ""))))
        .withMessageContaining(store.identity())
        .withMessageContaining("HTTP 403")
        .withMessageContaining("Storage Table Data Contributor")
        .withMessageNotContaining("may have taken effect");
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.read("c:1"));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.scan("c:", "c;", 1));
  }
}
