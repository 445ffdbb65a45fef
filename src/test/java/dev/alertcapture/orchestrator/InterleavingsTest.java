package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.orchestrator.ModelWorld.Worker;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two workers at one target, in every order of their calls to the store and to Azure in which they
 * change turns once, or up to twice in an ordeal. {@link ModelWorld} looks at each call.
 */
@Timeout(600)
class InterleavingsTest {
  private static final int CHANGES = Seeds.ordeal() ? 2 : 1;
  private static final Target OTHER = vm("web-02");

  /** What a worker does to a world. */
  private interface Act {
    void by(Worker worker) throws Exception;
  }

  private interface Setup {
    void of(ModelWorld world) throws Exception;
  }

  private static Map<String, Act> acts() {
    Map<String, Act> acts = new LinkedHashMap<>();
    acts.put("a step", worker -> worker.step(VM));
    acts.put("making room", worker -> worker.accept(fired("for room", OTHER), OTHER));
    acts.put("a new alert", worker -> worker.accept(fired("alert-2", VM), VM));
    acts.put("a stop", worker -> worker.stop(VM));
    acts.put("the resolved alert", worker -> worker.resolve(resolved("alert-1"), VM));
    acts.put("a message", worker -> worker.messages(VM));
    return acts;
  }

  private static Alert resolved(String key) {
    Alert fired = fired(key, VM);
    return new Alert(
        fired.kind(),
        Alert.State.RESOLVED,
        fired.targets(),
        fired.others(),
        fired.region(),
        fired.options(),
        fired.what());
  }

  private static Map<String, Setup> setups() {
    Map<String, Setup> setups = new LinkedHashMap<>();
    setups.put(
        "accepted by somebody who died",
        world -> {
          world.accept(VM, "alert-1");
          world.clock.advance(Duration.ofSeconds(61));
        });
    setups.put(
        "running",
        world -> {
          world.running(VM, "alert-1");
          world.clock.advance(Duration.ofSeconds(61));
        });
    setups.put(
        "completed, its session to be deleted",
        world -> {
          world.completed(VM, "alert-1");
          world.clock.advance(Duration.ofMinutes(6));
        });
    setups.put(
        "forgotten, its session left",
        world -> {
          world.azure.add(world.name(VM), VM.id());
          world.clock.advance(Duration.ofHours(6));
        });
    return setups;
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    List<String> acts = List.copyOf(acts().keySet());
    for (String setup : setups().keySet()) {
      for (int i = 0; i < acts.size(); i++) {
        // With one change it matters little who begins.
        for (int j = Seeds.ordeal() ? 0 : i; j < acts.size(); j++) {
          pairs.add(Arguments.of(setup, acts.get(i), acts.get(j)));
        }
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @MethodSource("pairs")
  void noOrderOfCallsBreaksAClaimOrAFenceOrLosesACapture(String setup, String first, String second)
      throws Exception {
    explore(setup, acts().get(first), acts().get(second), List.of(), 0);
  }

  /** Depth first: one change more, at each call that comes after the last. */
  private static void explore(String setup, Act first, Act second, List<Integer> plan, int from)
      throws Exception {
    int calls = run(setup, first, second, plan);
    if (plan.size() == CHANGES) {
      return;
    }
    for (int next = from; next < calls; next++) {
      List<Integer> longer = new ArrayList<>(plan);
      longer.add(next);
      explore(setup, first, second, longer, next + 1);
    }
  }

  private static int run(String setup, Act first, Act second, List<Integer> plan) throws Exception {
    ModelWorld world = new ModelWorld();
    setups().get(setup).of(world);
    Turns turns = new Turns(plan);
    world.watch(turns);
    Worker one = world.worker("one");
    Worker two = world.worker("two");
    int calls = turns.run(() -> first.by(one), () -> second.by(two));
    world.unwatch();
    endsWell(world);
    return calls;
  }

  /** Whatever order it was, time and a third worker bring each capture to its end. */
  private static void endsWell(ModelWorld world) throws Exception {
    Worker third = world.worker("three");
    for (int i = 0; i < 40 && world.captures().stream().anyMatch(InterleavingsTest::isOpen); i++) {
      world.clock.advance(Duration.ofSeconds(61));
      third.tick();
    }
    for (Capture c : world.captures()) {
      assertThat(c.state()).as(c.toString()).isNotIn(CaptureState.FAILED);
      assertThat(isOpen(c)).as(c.toString()).isFalse();
    }
    assertThat(world.azure.most).isLessThanOrEqualTo(ModelWorld.LIMIT);
  }

  private static boolean isOpen(Capture c) {
    return c.state().isActive() || c.notifications().stream().anyMatch(Notification::isPending);
  }
}
