package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.functions.Calls;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Row;
import dev.alertcapture.store.CaptureStore.Write;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.table.Azurite;
import dev.alertcapture.table.TableCaptureStore;
import dev.alertcapture.testing.StubServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that this version can't read, beside many good ones: each costs itself and nothing else. */
class BadRowsTest {
  private static final int GOOD = 200;
  private static final int FOREIGN_DUE = 210;

  @Test
  void eachKindOfBadRowCostsNobodyElseInMemory() throws Exception {
    eachKindOfBadRowCostsNobodyElse(new MemoryCaptureStore());
  }

  @Test
  @Tag("node")
  void eachKindOfBadRowCostsNobodyElseInATable() throws Exception {
    try (Azurite azurite = Azurite.start()) {
      eachKindOfBadRowCostsNobodyElse(
          new TableCaptureStore(azurite.account(), StubServer.client()));
    }
  }

  private static void eachKindOfBadRowCostsNobodyElse(CaptureStore store) throws Exception {
    try (World world = new World().on(store)) {
      world.azure.mergeInventory(
          JsonNodeFactory.instance.objectNode().put("unknownTargets", "westcentralus"));
      String good = World.idOf(world.alert(World.vm("web-01")));
      world.end(good);
      copies(store, good);
      String foreign = World.idOf(world.alert(World.vm("web-02"), "of web-02", "Fired"));
      replace(store, "c:" + foreign, "\"state\":\"STARTING\"", "\"state\":\"PONDERING\"");
      String damaged = World.idOf(world.alert(World.vm("sql-01")));
      replace(store, "c:" + damaged, "\\}$", "");

      JsonNode list = Calls.get(world.app(), "captures").body();
      assertThat(list.path("captures")).hasSize(GOOD);
      assertThat(list.path("unreadable")).extracting(JsonNode::asText).contains(foreign, damaged);
      assertThat(Calls.get(world.app(), "captures/" + foreign).status()).isEqualTo(200);
      assertThat(Calls.get(world.app(), "captures/" + foreign).body().path("unreadable").asText())
          .contains("left alone");
      assertThat(Calls.delete(world.app(), "captures/" + foreign).status()).isEqualTo(409);
      assertThat(health(world)).contains("2 captures can't be read", foreign, damaged);

      // An alert on its machine joins it, and is not lost.
      Calls.Said again = world.http("alerts", World.fired(World.vm("web-02")));
      assertThat(again.status()).isEqualTo(202);
      assertThat(again.body().at("/captures/0/id").asText()).isEqualTo(foreign);

      // A region's damaged ledger, and a machine's damaged record.
      for (Row row : store.scan("s:", "s;", 10)) {
        store.commit(List.of(new Write.Replace(row.key(), "{\"slots\":[", row.etag())));
      }
      String later = World.idOf(world.alert(World.vm("vm-9"), "of vm-9", "Fired"));
      assertThat(world.capture(later).state()).isEqualTo(CaptureState.REQUESTED);
      assertThat(world.end(later).state()).isNotEqualTo(CaptureState.REQUESTED);
      assertThat(store.read("c:" + foreign).orElseThrow().value()).contains("PONDERING");
    }
  }

  @Test
  void manyDueRowsThatCanNotBeReadDelayANewCaptureByLessThanATick() throws Exception {
    MemoryCaptureStore store = new MemoryCaptureStore();
    try (World world = new World().on(store)) {
      List<Write> writes = new ArrayList<>();
      for (int i = 0; i < FOREIGN_DUE; i++) {
        String id = "7zzzycdce" + "%012d".formatted(i);
        writes.add(new Write.Insert("c:" + id, "{\"state\":\"PONDERING\"}"));
        writes.add(new Write.Insert("d:%013d:%s".formatted(i, id), ""));
      }
      for (int i = 0; i < writes.size(); i += 100) {
        store.commit(writes.subList(i, Math.min(writes.size(), i + 100)));
      }
      String id = World.idOf(world.alert(World.vm("web-01")));
      world.tick();
      assertThat(world.capture(id).state()).isNotEqualTo(CaptureState.REQUESTED);
      assertThat(world.end(id).state()).isEqualTo(CaptureState.COMPLETED);
      assertThat(store.scan("c:", "c;", 1000)).hasSize(FOREIGN_DUE + 1);
      assertThat(store.scan("d:", "d:" + "%013d".formatted(FOREIGN_DUE), 1000)).isEmpty();
    }
  }

  private static String health(World world) {
    return Calls.get(world.app(), "health").body().toString();
  }

  /** As if the same had happened on many machines. */
  private static void copies(CaptureStore store, String id) throws CaptureStore.Conflict {
    Row capture = store.read("c:" + id).orElseThrow();
    for (int i = 1; i < GOOD; i++) {
      String other = id.substring(0, 13) + "zz%06d".formatted(i);
      store.commit(List.of(new Write.Insert("c:" + other, capture.value().replace(id, other))));
    }
  }

  private static void replace(CaptureStore store, String key, String pattern, String by)
      throws CaptureStore.Conflict {
    Row row = store.read(key).orElseThrow();
    String bad = row.value().replaceFirst(pattern, by);
    assertThat(bad).isNotEqualTo(row.value());
    store.commit(List.of(new Write.Replace(key, bad, row.etag())));
  }
}
