package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A whole region's machines raise alerts at once, and several instances of the app take them. */
class CrowdTest {
  private static final int MACHINES = 50;
  private static final int LIMIT = 10;
  private static final int MAX_TICKS = 100;

  private final ExecutorService threads = Executors.newFixedThreadPool(MACHINES);

  @Test
  void fiftyAlertsAtOnceOnThreeInstancesKeepToTheLimitAndNoneIsForgotten() throws Exception {
    try (World world = new World()) {
      world.azure.mergeInventory(
          JsonNodeFactory.instance.objectNode().put("unknownTargets", "westcentralus"));
      List<App> instances = List.of(world.instance(), world.instance(), world.instance());
      // So that nobody is through before all are there.
      world.azure.addFault(
          Fault.delaying("GET", "/packetCaptures$", Duration.ofMillis(500)).withTimes(3));

      List<Answer> answers = postAll(world, instances);

      assertThat(answers).allSatisfy(a -> assertThat(a.captures()).hasSize(1));
      assertThat(world.captures()).hasSize(MACHINES);
      assertThat(world.captures().stream().filter(c -> c.state() == CaptureState.STARTING))
          .hasSize(LIMIT);
      assertThat(world.azure.sessions()).hasSize(LIMIT);
      assertThat(world.requests().stream().filter("GET packetCaptures"::equals).count())
          .isLessThan(MACHINES / 2);

      for (int i = 0;
          i < MAX_TICKS && !world.captures().stream().allMatch(CrowdTest::isTold);
          i++) {
        world.clock.advance(World.TICK);
        all(instances.stream().<Callable<Void>>map(each -> () -> tick(world, each)).toList());
      }

      assertThat(world.azure.peakSessions(World.WATCHER)).isEqualTo(LIMIT);
      assertThat(world.captures())
          .extracting(Capture::state)
          .isSubsetOf(CaptureState.COMPLETED, CaptureState.REJECTED);
      assertThat(world.captures().stream().filter(c -> c.state() == CaptureState.COMPLETED).count())
          .isGreaterThan(LIMIT);
      assertThat(world.captures())
          .allSatisfy(c -> assertThat(world.events).anyMatch(e -> e.contains(c.id())));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Answer> postAll(World world, List<App> instances) throws Exception {
    return all(
        IntStream.range(0, MACHINES)
            .<Callable<Answer>>mapToObj(
                i ->
                    () ->
                        world.post(
                            instances.get(i % instances.size()),
                            World.body(World.vm("vm-" + i), "alert-" + i, "Fired")))
            .toList());
  }

  private static Void tick(World world, App instance) {
    world.tick(instance);
    return null;
  }

  private static boolean isTold(Capture c) {
    return !c.notifications().isEmpty()
        && c.notifications().stream().allMatch(n -> n.status() == Notification.Status.SENT);
  }

  private <T> List<T> all(List<Callable<T>> work) throws Exception {
    List<T> done = new ArrayList<>();
    for (Future<T> each : threads.invokeAll(work)) {
      done.add(each.get());
    }
    return done;
  }
}
