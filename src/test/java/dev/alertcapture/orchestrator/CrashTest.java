package dev.alertcapture.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.arm.ArmClient;
import dev.alertcapture.arm.ArmSessions;
import dev.alertcapture.arm.ArmTargets;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.blob.BlobFiles;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Steps;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.target.Scopes;
import dev.alertcapture.target.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that dies at any point, again and again: before or after the effect of any call of a
 * port, the store's included. What is left is found and carried on by the next process.
 */
class CrashTest {
  private static final int RUNS = 200;
  private static final double DIES = 0.06;
  private static final int LIMIT = 2;
  private static final String SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/";
  private static final String WATCHER =
      SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
          + "NetworkWatcher_westcentralus";
  private static final HttpClient HTTP = new JdkHttpClientBuilder().build();

  static LongStream seeds() {
    return LongStream.range(0, RUNS);
  }

  /** The process is gone; nothing catches it. */
  private static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private interface Act {
    void in(Engine engine) throws InterruptedException;
  }

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final MemoryCaptureStore memory = new MemoryCaptureStore();
  private final Map<String, Integer> told = new HashMap<>();
  private Random random = new Random();
  private boolean mortal = true;
  private int deaths;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyAlertHasItsCaptureAndEveryCaptureItsEnd(long seed) throws InterruptedException {
    random = new Random(seed);
    List<String> alerts = List.of("web-01 a", "web-02 b", "sql-01 c", "web-01 d", "web-02 b");
    try (Simulator azure = Simulator.start(SimulatorOptions.defaults().withClock(clock))) {
      for (String alert : alerts) {
        send(azure, alert);
        for (int i = random.nextInt(4); i > 0; i--) {
          live(azure, this::tick);
        }
      }
      mortal = false;
      Captures captures = new Captures(memory, policy());
      List<Capture> all = captures.newest(50);
      for (int i = 0; i < 400 && all.stream().anyMatch(CrashTest::isUnfinished); i++) {
        live(azure, this::tick);
        all = captures.newest(50);
      }

      assertThat(all).extracting(Capture::state).containsOnly(CaptureState.COMPLETED);
      for (String alert : new TreeSet<>(alerts)) {
        assertThat(answersTo(captures, all, alert)).as(alert).isOne();
      }
      assertThat(told.keySet()).containsAll(all.stream().map(Capture::id).toList());
      assertThat(azure.peakSessions(WATCHER)).isLessThanOrEqualTo(LIMIT);
      assertThat(started(azure)).isEqualTo(captured(all));
      assertThat(deaths).as("deaths").isPositive();
    }
  }

  private static boolean isUnfinished(Capture c) {
    return c.state().isActive()
        || c.notifications().stream().anyMatch(n -> n.status() == Notification.Status.PENDING);
  }

  private static long answersTo(Captures captures, List<Capture> all, String alert) {
    List<TargetRecord.Answered> known = captures.target(target(alert)).record().alerts();
    return all.stream().filter(c -> known.stream().anyMatch(a -> isAnswer(a, alert, c))).count();
  }

  private static boolean isAnswer(TargetRecord.Answered known, String alert, Capture c) {
    return known.key().equals(alert) && known.captureId().equals(c.id());
  }

  /** Sessions that Azure started, by name. */
  private static Map<String, Long> started(Simulator azure) {
    Map<String, Long> started = new HashMap<>();
    for (RecordedRequest request : azure.requests()) {
      if (request.method().equals("PUT") && request.status() == 201) {
        started.merge(request.path().replaceAll(".*/", ""), 1L, Long::sum);
      }
    }
    return started;
  }

  private static Map<String, Long> captured(List<Capture> all) {
    Map<String, Long> captured = new HashMap<>();
    all.forEach(c -> captured.merge(c.session().name(), 1L, Long::sum));
    return captured;
  }

  private static Target target(String alert) {
    String vm = alert.substring(0, alert.indexOf(' '));
    return Target.parse(GROUP + "Microsoft.Compute/virtualMachines/" + vm).orElseThrow();
  }

  /** Like Azure Monitor: where no answer comes, it tries again. */
  private void send(Simulator azure, String alert) throws InterruptedException {
    Alert.Details what = new Alert.Details("common", alert, "rule", null, null, null, null);
    List<Target> targets = List.of(target(alert));
    Alert fired =
        new Alert(Alert.Kind.METRIC, Alert.State.FIRED, targets, List.of(), null, Map.of(), what);
    List<Object> answers = new ArrayList<>();
    while (answers.isEmpty()) {
      live(azure, engine -> answers.add(engine.orchestrator.answer(fired, call(5))));
      clock.advance(Duration.ofSeconds(5));
    }
  }

  private void tick(Engine engine) throws InterruptedException {
    clock.advance(Duration.ofSeconds(30));
    for (String id : engine.captures.due(clock.instant(), 200)) {
      Invocation call = call(25);
      Optional<Capture> left = engine.runner.runIfDue(id, call);
      for (Notification message : left.map(Capture::notifications).orElse(List.of())) {
        if (message.isDue(clock.instant())) {
          engine.messenger.send(id, message, call);
        }
      }
    }
  }

  private Invocation call(int seconds) {
    Deadline deadline =
        Deadline.in(Duration.ofSeconds(seconds), () -> clock.instant().toEpochMilli() * 1_000_000);
    return new Invocation(deadline, Logger.getLogger("crash"));
  }

  /** One process, until it has done its work or dies. */
  private void live(Simulator azure, Act act) throws InterruptedException {
    try {
      act.in(new Engine(azure));
    } catch (Died died) {
      deaths++;
    }
  }

  private static CapturePolicy policy() {
    CaptureOptions options = new CaptureOptions(Duration.ofSeconds(10), 0, 0, List.of());
    return new CapturePolicy(
        Set.of(Alert.Kind.METRIC),
        Scopes.ALL,
        LIMIT,
        Duration.ofHours(1),
        Duration.ZERO,
        Duration.ofMinutes(1),
        Duration.ofDays(1),
        "alert-",
        options,
        false,
        List.of("log"),
        Set.of(CaptureState.COMPLETED, CaptureState.FAILED, CaptureState.REJECTED));
  }

  /** The parts of an app, as App puts them together, with ports that may be the last they call. */
  private final class Engine {
    final Captures captures;
    final StepRunner runner;
    final Messenger messenger;
    final CaptureOrchestrator orchestrator;

    Engine(Simulator azure) {
      HttpPipeline pipeline = AzurePipeline.of(HTTP, null, "", clock::advance);
      ArmClient arm = new ArmClient(azure.uri(), pipeline);
      CaptureStore store = mortal(CaptureStore.class, memory);
      Acts.Ports ports =
          new Acts.Ports(
              mortal(Targets.class, new ArmTargets(arm)),
              mortal(Sessions.class, new ArmSessions(arm)),
              mortal(Files.class, new BlobFiles(pipeline, Set.of(azure.uri() + "/pcapstore/"))));
      String account = GROUP + "Microsoft.Storage/storageAccounts/pcapstore";
      Destinations destinations =
          new Destinations(Map.of("", new Destinations.Account(account, null)), null);
      CapturePolicy policy = policy();
      Steps steps = new Steps(policy);
      captures = new Captures(store, policy);
      Acts acts =
          new Acts(store, captures, steps, policy, ports, destinations, clock, clock::advance);
      runner = new StepRunner(captures, steps, acts, clock);
      messenger =
          new Messenger(captures, steps, Map.of("log", mortal(Channel.class, new Tells())), clock);
      orchestrator = new CaptureOrchestrator(captures, steps, runner, policy, clock, random);
    }
  }

  private final class Tells implements Channel {
    @Override
    public void send(Capture capture, CaptureState about, Deadline deadline) {
      told.merge(capture.id(), 1, Integer::sum);
    }
  }

  private <T> T mortal(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              boolean dies = mortal && random.nextDouble() < DIES;
              boolean before = random.nextBoolean();
              if (dies && before) {
                throw new Died();
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (dies) {
                throw new Died();
              }
              return result;
            }));
  }
}
