package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.ForwardingStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A newer version of the app beside this one, on the same store. */
class OtherVersionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDED = "addedByALaterVersion";
  private static final int MACHINES = 30;
  private static final int LIMIT = 5;

  /** What a later version writes: one more member at every level of every row. */
  private static final class LaterVersion extends ForwardingStore {
    LaterVersion(CaptureStore store) {
      super(store);
    }

    @Override
    public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
      List<Write> more = new ArrayList<>();
      for (Write write : writes) {
        if (write instanceof Write.Insert insert) {
          more.add(new Write.Insert(insert.key(), decorated(insert.value())));
        } else if (write instanceof Write.Replace replace) {
          more.add(new Write.Replace(replace.key(), decorated(replace.value()), replace.etag()));
        } else {
          more.add(write);
        }
      }
      return super.commit(more);
    }
  }

  private static String decorated(String value) {
    if (!value.startsWith("{")) {
      return value;
    }
    JsonNode row = tree(value);
    decorate(row);
    return row.toString();
  }

  private static void decorate(JsonNode node) {
    node.forEach(OtherVersionsTest::decorate);
    if (node instanceof ObjectNode object) {
      object.put(ADDED, true);
    }
  }

  private static JsonNode tree(String value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void membersThatALaterVersionWroteAreStillThereWhenThisOneHasCarriedTheCapturesToTheirEnd()
      throws Exception {
    MemoryCaptureStore store = new MemoryCaptureStore();
    try (World world = new World()) {
      // The later version accepts and starts; then it is rolled back, and this one goes on.
      world.on(new LaterVersion(store));
      String id = World.idOf(world.alert(World.vm("web-01"), "one", "Fired"));
      JsonNode before = tree(store.read("c:" + id).orElseThrow().value());
      world.on(store);
      world.alert(World.vm("web-01"), "two", "Fired");
      world.end(id);
      world.tick();

      JsonNode after = tree(store.read("c:" + id).orElseThrow().value());
      assertThat(after.path("state").asText()).isEqualTo("COMPLETED");
      assertThat(after.has(ADDED)).isTrue();
      for (String kept : List.of("alert", "options", "session", "joins")) {
        assertThat(after.path(kept).has(ADDED)).as(kept).isTrue();
      }
      assertThat(after.at("/session/paths").has(ADDED)).isTrue();
      int lines = before.path("history").size();
      for (int i = 0; i < lines; i++) {
        assertThat(after.path("history").get(i)).isEqualTo(before.path("history").get(i));
      }
      CaptureStore.Row target = store.scan("t:", "t;", 1).get(0);
      assertThat(tree(target.value()).has(ADDED)).isTrue();
      assertThat(tree(target.value()).at("/alerts/0").has(ADDED)).isTrue();
      CaptureStore.Row ledger = store.scan("s:", "s;", 1).get(0);
      assertThat(tree(ledger.value()).has(ADDED)).isTrue();
    }
  }

  @Test
  void twoVersionsOnOneStoreKeepToTheLimitAndLoseNothingOfEachOthers() throws Exception {
    MemoryCaptureStore store = new MemoryCaptureStore();
    try (World world = new World()) {
      world.azure.mergeInventory(JSON.createObjectNode().put("unknownTargets", "westcentralus"));
      world.with("CAPTURE_LIMIT", Integer.toString(LIMIT)).with("CAPTURE_QUEUE_TIMEOUT", "PT2H");
      App later = world.on(new LaterVersion(store)).app();
      App ours = world.on(store).app();
      for (int i = 0; i < MACHINES; i++) {
        world.post(i % 2 == 0 ? later : ours, World.fired(World.vm("vm-" + i)));
      }
      Map<String, String> foreign = makeForeign(store);
      for (int i = 0; i < 200 && isAnyActive(world); i++) {
        world.clock.advance(World.TICK);
        world.tick(i % 2 == 0 ? later : ours);
      }

      assertThat(world.azure.peakSessions(World.WATCHER)).isLessThanOrEqualTo(LIMIT);
      assertThat(world.captures()).hasSize(MACHINES - foreign.size());
      assertThat(world.captures())
          .allSatisfy(c -> assertThat(c.state()).isEqualTo(CaptureState.COMPLETED));
      foreign.forEach(
          (key, value) ->
              assertThat(store.read(key).orElseThrow().value()).as(key).isEqualTo(value));
      for (Capture c : world.captures()) {
        JsonNode row = tree(store.read("c:" + c.id()).orElseThrow().value());
        int number = Integer.parseInt(c.target().name().substring("vm-".length()));
        // The later version accepted the even ones; each of the two has stepped all.
        if (number % 2 == 0) {
          assertThat(row.has(ADDED)).isTrue();
          assertThat(row.path("alert").has(ADDED)).isTrue();
          assertThat(row.path("options").has(ADDED)).isTrue();
          assertThat(row.path("history").get(0).has(ADDED)).isTrue();
        }
      }
    }
  }

  private static boolean isAnyActive(World world) {
    return world.captures().stream().anyMatch(c -> c.state().isActive());
  }

  /** One capture in ten, of those that wait, gets a state that this version does not know. */
  private static Map<String, String> makeForeign(CaptureStore store) throws CaptureStore.Conflict {
    Map<String, String> foreign = new HashMap<>();
    for (CaptureStore.Row row : store.scan("c:", "c;", 1000)) {
      if (foreign.size() < MACHINES / 10 && row.value().contains("\"state\":\"REQUESTED\"")) {
        String value =
            row.value().replaceFirst("\"state\":\"REQUESTED\"", "\"state\":\"PONDERING\"");
        store.commit(List.of(new CaptureStore.Write.Replace(row.key(), value, row.etag())));
        foreign.put(row.key(), value);
      }
    }
    assertThat(foreign).hasSize(MACHINES / 10);
    return foreign;
  }
}
