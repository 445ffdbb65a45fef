package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static dev.alertcapture.capture.CaptureFixture.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One region's trouble is not another's. */
@Timeout(60)
class RegionsApartTest {
  private static final int MANY = 20;

  private final MutableClock clock = new MutableClock(T0);
  private final CountDownLatch other = new CountDownLatch(1);
  private final CountDownLatch stuck = new CountDownLatch(1);

  /** The sessions of westus stand still until one of eastus has started. */
  private final class Sticky extends FakeSessions {
    @Override
    public Started start(String watcherId, String name, Plan plan, Deadline deadline)
        throws PortException {
      boolean here = plan.target().shortName().startsWith("west");
      try {
        if (here) {
          stuck.countDown();
          if (!other.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("eastus stands still for westus");
          }
        } else if (!stuck.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("westus was not begun");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Started started = super.start(watcherId, name, plan, deadline);
      other.countDown();
      return started;
    }
  }

  private static Invocation call() {
    return new Invocation(
        Deadline.in(Duration.ofSeconds(30), System::nanoTime), Logger.getAnonymousLogger());
  }

  private static Alert in(String region, String name) {
    Alert alert = fired("alert " + name, vm(name));
    return new Alert(
        alert.kind(), alert.state(), alert.targets(), List.of(), region, Map.of(), alert.what());
  }

  @Test
  void aRegionWhoseSessionsStandStillHoldsUpNoOther() throws Exception {
    MemoryCaptureStore store = new MemoryCaptureStore();
    EngineParts parts =
        TestParts.of(store, policy(100), new Sticky(), clock, time -> {}, Map.of(), "t");
    for (int i = 0; i < MANY; i++) {
      accept(parts, in("westus", "west-" + i));
    }
    String east = accept(parts, in("eastus", "east-1"));
    clock.advance(Duration.ofMinutes(1));
    Reconciler reconciler =
        new Reconciler(
            parts.captures,
            parts.index,
            parts.heartbeats,
            parts.deliveries,
            parts.runner,
            parts.messenger,
            clock,
            clock::advance);

    reconciler.tick(call());

    assertThat(other.getCount()).isZero();
    assertThat(parts.captures.get(east).orElseThrow().capture().state())
        .isNotEqualTo(CaptureState.REQUESTED);
    assertThat(clock.instant()).isAfter(at(59));
  }

  private static String accept(EngineParts parts, Alert alert) {
    Target target = alert.targets().get(0);
    Accepted accepted = parts.acceptance.accept(alert, target, "", CaptureFixture.OPTIONS, call());
    return ((Accepted.Fresh) accepted).held().capture().id();
  }
}
