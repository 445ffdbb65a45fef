package dev.alertcapture.orchestrator;

import static dev.alertcapture.capture.CaptureFixture.T0;
import static dev.alertcapture.capture.CaptureFixture.fired;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFixture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.capture.Task;
import dev.alertcapture.orchestrator.Acceptance.Accepted;
import dev.alertcapture.orchestrator.Found.Stored;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.target.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One store and one Azure, and what must be true of them at each call: a live claim is changed by
 * its holder alone, every capture has its row in the index, and nothing is deleted in Azure under a
 * capture that has started.
 */
final class ModelWorld {
  static final int LIMIT = 1;

  final MutableClock clock = new MutableClock(T0);
  final FakeSessions azure = new FakeSessions();
  private final MemoryCaptureStore rows = new MemoryCaptureStore();
  private final EngineParts setup = parts(rows, azure);
  private Turns turns;

  void watch(Turns by) {
    turns = by;
  }

  void unwatch() {
    turns = null;
  }

  private static CapturePolicy policy() {
    CapturePolicy usual = CaptureFixture.policy(LIMIT);
    return new CapturePolicy(
        usual.kinds(),
        usual.scopes(),
        LIMIT,
        Duration.ofHours(2),
        Duration.ZERO,
        usual.sessionRetention(),
        usual.historyRetention(),
        usual.namePrefix(),
        usual.options(),
        true,
        List.of("webhook"),
        Set.of(CaptureState.COMPLETED, CaptureState.REJECTED));
  }

  private EngineParts parts(CaptureStore store, Sessions sessions) {
    return TestParts.of(store, policy(), sessions, clock);
  }

  String name(Target target) {
    return setup.names.of(target);
  }

  List<Capture> captures() {
    return setup.captures.newest(50).captures();
  }

  Capture accept(Target target, String key) {
    Accepted accepted =
        setup.acceptance.accept(
            fired(key, target), target, "", CaptureFixture.OPTIONS, call(Duration.ofSeconds(5)));
    return ((Accepted.Fresh) accepted).held().capture();
  }

  void running(Target target, String key) throws Exception {
    accept(target, key);
    clock.advance(Duration.ofSeconds(61));
    worker("setup").step(target);
  }

  void completed(Target target, String key) throws Exception {
    running(target, key);
    clock.advance(Duration.ofSeconds(61));
    worker("setup").step(target);
    clock.advance(Duration.ofSeconds(61));
    worker("setup").step(target);
    assertThat(captures()).extracting(Capture::state).containsOnly(CaptureState.COMPLETED);
  }

  private Invocation call(Duration time) {
    Logger log = Logger.getLogger("model");
    log.setLevel(Level.OFF);
    return new Invocation(Deadline.in(time, () -> clock.instant().toEpochMilli() * 1_000_000), log);
  }

  Worker worker(String name) {
    return new Worker(name);
  }

  /** An instance of the app; its tokens bear its name. */
  final class Worker {
    private final EngineParts parts;
    private final StepRunner runner;
    private final Messenger messenger;

    private Worker(String name) {
      Watched watched = new Watched();
      CaptureStore store = watched.port(CaptureStore.class, rows);
      Sessions sessions = watched.port(Sessions.class, azure);
      parts =
          TestParts.of(
              store,
              policy(),
              sessions,
              clock,
              clock::advance,
              Map.of("webhook", (c, about, deadline) -> {}),
              name);
      watched.tokens = name + "-";
      runner = parts.runner;
      messenger = parts.messenger;
    }

    void step(Target target) throws InterruptedException {
      Optional<Stored> found = current(target);
      if (found.isPresent()) {
        runner.runIfDue(found.get().capture().id(), call(Duration.ofSeconds(25)));
      }
    }

    /** The active capture of a target, else its last. */
    private Optional<Stored> current(Target target) {
      TargetRecord record = parts.targets.of(target, clock.instant()).record();
      String id = record.active() == null ? record.last() : record.active();
      return Optional.ofNullable(id).flatMap(parts.captures::get);
    }

    void accept(Alert alert, Target target) throws InterruptedException {
      Invocation call = call(Duration.ofSeconds(5));
      Accepted accepted = parts.acceptance.accept(alert, target, "", CaptureFixture.OPTIONS, call);
      if (accepted instanceof Accepted.Fresh fresh) {
        runner.run(fresh.held(), call);
      }
    }

    void stop(Target target) throws Exception {
      for (Optional<Stored> found = current(target); found.isPresent(); ) {
        Capture c = found.get().capture();
        Capture next = Steps.stop(c, "by hand", clock.instant());
        try {
          if (!next.equals(c)) {
            parts.captures.save(found.get(), next, null, clock.instant());
          }
          runner.runIfDue(c.id(), call(Duration.ofSeconds(5)));
          return;
        } catch (CaptureStore.Conflict lost) {
          found = current(target);
        }
      }
    }

    void resolve(Alert alert, Target target) throws InterruptedException {
      Optional<Stored> ends = parts.acceptance.resolve(alert, target);
      if (ends.isPresent()) {
        runner.runIfDue(ends.get(), call(Duration.ofSeconds(5)));
      }
    }

    void messages(Target target) {
      Optional<Stored> found = current(target);
      for (Notification message : found.map(s -> s.capture().notifications()).orElse(List.of())) {
        messenger.send(found.get().capture().id(), message, call(Duration.ofSeconds(25)));
      }
    }

    void tick() throws InterruptedException {
      for (DueIndex.Due due : parts.index.until(clock.instant(), 100)) {
        Optional<Stored> found = parts.index.dueCapture(due, clock.instant());
        if (found.isPresent()) {
          Capture left = runner.runIfDue(found.get(), call(Duration.ofSeconds(25)));
          for (Notification message : left.notifications()) {
            if (message.isDue(clock.instant())) {
              messenger.send(left.id(), message, call(Duration.ofSeconds(25)));
            }
          }
        }
      }
    }
  }

  /** A worker's ports, each call of which is looked at. */
  private final class Watched {
    private String tokens = "";

    private <T> T port(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (turns != null && !method.getName().equals("identity")) {
                  turns.beforeCall();
                }
                boolean commits = method.getName().equals("commit");
                List<Capture> before = commits ? captures() : List.of();
                if (method.getName().equals("delete")) {
                  nothingOfThatNameHasStarted((String) arguments[1]);
                }
                Object result;
                try {
                  result = method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
                if (commits) {
                  claimsHold(before, tokens);
                  everyCaptureIsInTheIndex();
                }
                return result;
              }));
    }
  }

  /** I2: nobody but its holder changes a live claim. */
  private void claimsHold(List<Capture> before, String holder) {
    Map<String, Capture> after = new HashMap<>();
    captures().forEach(c -> after.put(c.id(), c));
    for (Capture old : before) {
      Capture next = after.get(old.id());
      Task.Claim claim = old.step().claim();
      if (isLive(claim) && !claim.token().startsWith(holder)) {
        assertThat(next).as("%s deleted a claimed capture", holder).isNotNull();
        assertThat(next.step().claim()).as("%s broke the claim of a step", holder).isEqualTo(claim);
      }
      for (Notification message : old.notifications()) {
        if (isLive(message.claim()) && !message.claim().token().startsWith(holder)) {
          assertThat(message.in(next).orElseThrow().claim())
              .as("%s broke the claim of a message", holder)
              .isEqualTo(message.claim());
        }
      }
    }
  }

  private boolean isLive(Task.Claim claim) {
    return claim != null && claim.until().isAfter(clock.instant());
  }

  private void everyCaptureIsInTheIndex() {
    for (Capture c : captures()) {
      assertThat(rows.read(RowKeys.due(c))).as("due row of " + c).isPresent();
    }
  }

  /** The fence: a DELETE never arrives after a later capture's PUT. */
  private void nothingOfThatNameHasStarted(String name) {
    for (Capture c : captures()) {
      boolean started = c.state() == CaptureState.STARTING || c.state() == CaptureState.RUNNING;
      boolean same = c.session() != null && c.session().name().equals(name);
      assertThat(started && same).as("a DELETE under " + c).isFalse();
    }
  }
}
