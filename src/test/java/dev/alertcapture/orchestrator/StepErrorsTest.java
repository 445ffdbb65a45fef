package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.VM;
import static dev.alertcapture.capture.CaptureFixture.at;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static dev.alertcapture.capture.CaptureFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.ForwardingStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** An Error in a step is a port that did not answer, not a capture that nobody ever ends. */
class StepErrorsTest {
  private final MemoryCaptureStore store = new MemoryCaptureStore();
  private final MutableClock clock = new MutableClock(T0);
  private final AtomicLong nanos = new AtomicLong();
  private final EngineParts parts =
      TestParts.of(store, policy(), new BrokenSessions(), clock, this::advance, Map.of(), "b");

  private void advance(Duration time) {
    clock.advance(time);
    nanos.addAndGet(time.toNanos());
  }

  private Invocation call() {
    return new Invocation(
        Deadline.in(Duration.ofSeconds(25), nanos::get), Logger.getAnonymousLogger());
  }

  private Stored accept() {
    return ((Accepted.Fresh)
            parts.acceptance.accept(fired("alert-1", VM), VM, "", CaptureFixture.OPTIONS, call()))
        .held()
        .stored();
  }

  private Capture current(Stored stored) {
    return parts.captures.get(stored.capture().id()).orElseThrow().capture();
  }

  /** As where a class is missing from the stage: no exception, and the same each time. */
  private static final class BrokenSessions extends FakeSessions {
    @Override
    public synchronized Optional<Status> status(String watcherId, String name, Deadline deadline) {
      throw new NoClassDefFoundError("status");
    }

    @Override
    public Optional<Duration> stop(String watcherId, String name, Deadline deadline) {
      throw new StackOverflowError("stop");
    }
  }

  @Test
  void aPortThatThrowsAnErrorIsPutOffAndEndedByItsStatesLimits() throws Exception {
    Stored stored = accept();
    String token = stored.capture().step().claim().token();
    parts.runner.run(new Claims.Held(stored, token, call().deadline()), call());
    advance(Duration.ofSeconds(10));
    parts.runner.runIfDue(stored.capture().id(), call());
    advance(Duration.ofSeconds(3));
    parts.runner.runIfDue(stored.capture().id(), call());
    assertThat(current(stored).state()).isEqualTo(CaptureState.RUNNING);
    assertThat(current(stored).waiting()).isEqualTo("a step went wrong, NoClassDefFoundError");
    assertThat(current(stored).step().claim()).as("given back").isNull();
    assertThat(current(stored).step().at()).as("put off").isEqualTo(at(14));

    for (int i = 0; i < 60 && current(stored).state().isActive(); i++) {
      advance(Duration.ofSeconds(30));
      parts.runner.runIfDue(stored.capture().id(), call());
    }
    assertThat(current(stored).state()).isEqualTo(CaptureState.FAILED);
    assertThat(current(stored).cause().reason()).isEqualTo(Reason.STOP_TIMED_OUT);
    assertThat(current(stored).cause().detail()).contains("StackOverflowError");
  }

  @Test
  void a202StandsThoughTheFirstStepThrowsAnError() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    CaptureStore dying =
        new ForwardingStore(store) {
          @Override
          public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
            if (commits.incrementAndGet() > 1) {
              throw new OutOfMemoryError("no more of it");
            }
            return super.commit(writes);
          }
        };
    EngineParts dyingParts = TestParts.of(dying, policy(), new FakeSessions(), clock);
    Answer answer =
        new CaptureOrchestrator(
                dyingParts.acceptance,
                dyingParts.instances,
                dyingParts.captures,
                dyingParts.runner,
                policy(),
                clock)
            .answer(fired("alert-1", VM), call());
    assertThat(commits.get()).isGreaterThan(1);
    assertThat(answer.lost()).isEmpty();
    assertThat(answer.captures()).hasSize(1);
    assertThat(parts.captures.get(answer.captures().get(0).id())).isPresent();
  }
}
