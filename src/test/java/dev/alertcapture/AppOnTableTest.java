package dev.alertcapture;

import static dev.alertcapture.World.idOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.table.Azurite;
import dev.alertcapture.table.TableCaptureStore;
import dev.alertcapture.testing.StubServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of captures in a table. */
@Tag("node")
class AppOnTableTest {
  @Test
  void captureLivesInTheTableFromItsAlertToTheEndOfItsHistory() throws Exception {
    try (Azurite azurite = Azurite.start()) {
      CaptureStore store = new TableCaptureStore(azurite.account(), StubServer.client());
      try (World world = new World().on(store)) {
        world.with("CAPTURE_LIMIT", "1").with("CAPTURE_QUEUE_TIMEOUT", "PT1H");
        world.with("CAPTURE_HISTORY_RETENTION", "PT2H");
        String first = idOf(world.alert(vm("web-01")));
        String joined = idOf(world.alert(vm("web-01")));
        String second = idOf(world.alert(vm("web-02")));
        world.restart();

        assertThat(joined).isEqualTo(first);
        assertThat(world.end(first).state()).isEqualTo(CaptureState.COMPLETED);
        assertThat(world.end(second).state()).isEqualTo(CaptureState.COMPLETED);
        assertThat(world.capture(first).joins().count()).isEqualTo(1);
        world.tickUntil(() -> world.captures().isEmpty());
        assertThat(store.scan("c:", "e:", 10)).isEmpty();
        assertThat(store.scan("s:", "u:", 10)).hasSize(3);
        assertThat(world.events).hasSize(2);
      }
    }
  }
}
