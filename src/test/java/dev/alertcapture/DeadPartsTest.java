package dev.alertcapture;

import static dev.alertcapture.World.stateOf;
import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.MemoryCaptureStore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without the store an alert is sent again; without Azure it is on record and waits. */
class DeadPartsTest {
  private World world;

  @BeforeEach
  void begin() throws Exception {
    world = new World();
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void alertThatCannotBePutOnRecordIsLostAndNothingIsStarted() throws Exception {
    CaptureStore dead = mock(CaptureStore.class);
    when(dead.identity()).thenReturn("dead");
    when(dead.read(any())).thenThrow(new StoreException("no answer", null));
    world.on(dead);

    Answer answer = world.alert(vm("web-01"));

    assertThat(answer.lost()).containsExactly(vm("web-01"));
    assertThat(answer.captures()).isEmpty();
    assertThat(world.requests()).isEmpty();
  }

  @Test
  void alertThatIsOnRecordIsNotLostThoughTheStoreDiesThen() throws Exception {
    MemoryCaptureStore memory = new MemoryCaptureStore();
    CaptureStore dying = mock(CaptureStore.class);
    AtomicInteger commits = new AtomicInteger();
    when(dying.identity()).thenReturn("memory");
    when(dying.read(any())).thenAnswer(call -> memory.read(call.getArgument(0)));
    when(dying.commit(any()))
        .thenAnswer(
            call -> {
              if (commits.incrementAndGet() > 1) {
                throw new StoreException("no answer", null);
              }
              return memory.commit(call.getArgument(0));
            });
    world.on(dying);

    Answer answer = world.alert(vm("web-01"));

    assertThat(answer.lost()).isEmpty();
    assertThat(stateOf(answer)).isEqualTo(CaptureState.REQUESTED);
    world.on(memory);
    assertThat(world.end(World.idOf(answer)).state()).isEqualTo(CaptureState.COMPLETED);
  }

  @Test
  void deadAzureLosesNoAlert() {
    world.azure.addFault(Fault.answering(null, "/subscriptions/", 503, "ServerUnavailable"));

    Answer answer = world.alert(vm("web-01"));
    world.azure.clearFaults();

    assertThat(stateOf(answer)).isEqualTo(CaptureState.REQUESTED);
    // The last of several tries has little time left, and may end without an answer.
    assertThat(answer.captures().get(0).capture().waiting()).containsAnyOf("503", "no answer");
    assertThat(world.end(World.idOf(answer)).state()).isEqualTo(CaptureState.COMPLETED);
  }
}
