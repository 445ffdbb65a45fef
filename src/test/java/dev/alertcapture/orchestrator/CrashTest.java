package dev.alertcapture.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.arm.ArmClient;
import dev.alertcapture.arm.ArmSessions;
import dev.alertcapture.arm.ArmTargets;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.BoundedHttpClient;
import dev.alertcapture.blob.BlobFiles;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CapturePolicy;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Channel;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.Files;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Notification;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.capture.Targets;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.target.Scopes;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that dies at any point, again and again: before or after the effect of any call of a
 * port, the store's and the channels' included. What is left is found and carried on by the next
 * process. A seed decides which calls a process does not survive; the threads of a tick decide
 * which of them comes first.
 */
@Timeout(120)
class CrashTest {
  private static final int LIMIT = 2;
  private static final int MAX_TICKS = 400;
  private static final String SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/";
  private static final String WATCHER =
      SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
          + "NetworkWatcher_westcentralus";
  private static final HttpClient HTTP = new BoundedHttpClient();
  private static final Logger LOG = Logger.getLogger("crash");
  private static final List<String> ALERTS =
      List.of("web-01 a", "web-02 b", "sql-01 c", "web-01 d", "web-02 b");

  static LongStream seeds() {
    return Seeds.of(20, 200);
  }

  private interface Act {
    void in(Engine engine) throws InterruptedException;
  }

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final MemoryCaptureStore memory = new MemoryCaptureStore();
  private final Map<String, Integer> told = new ConcurrentHashMap<>();
  private Random random = new Random();
  private long seed;
  private boolean mortal = true;
  private int lives;
  private int deaths;

  /** Threads die with their process, and nobody needs to hear of it. */
  @BeforeAll
  static void dieInSilence() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (!(thrown instanceof MortalPorts.Died)) {
            thrown.printStackTrace();
          }
        });
  }

  @AfterAll
  static void complainAgain() {
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyAlertHasItsCaptureAndEveryCaptureItsEndAndItsMessage(long number)
      throws InterruptedException {
    seed = number;
    random = new Random(seed);
    try (Simulator azure = Simulator.start(SimulatorOptions.defaults().withClock(clock))) {
      for (String alert : ALERTS) {
        send(azure, alert, Alert.State.FIRED);
        meddle(azure, alert);
        for (int i = random.nextInt(4); i > 0; i--) {
          live(azure, this::tick);
        }
      }
      mortal = false;
      Captures captures = captures();
      List<Capture> all = captures.newest(50).captures();
      for (int i = 0; i < MAX_TICKS && all.stream().anyMatch(CrashTest::isUnfinished); i++) {
        live(azure, this::tick);
        all = captures.newest(50).captures();
      }

      assertThat(all).allSatisfy(CrashTest::hasEndedWell);
      for (String alert : new TreeSet<>(ALERTS)) {
        assertThat(answersTo(all, alert)).as(alert).isOne();
      }
      assertThat(told.keySet()).containsAll(all.stream().map(Capture::id).toList());
      assertThat(azure.peakSessions(WATCHER)).isLessThanOrEqualTo(LIMIT);
      assertThat(started(azure)).isEqualTo(captured(all));
      assertThat(deaths).as("deaths").isPositive();
    }
  }

  /** One in four is ended by hand, and one in four by its resolved alert. */
  private void meddle(Simulator azure, String alert) throws InterruptedException {
    int what = random.nextInt(4);
    if (what == 0) {
      String id = parts().targets.of(target(alert), clock.instant()).record().active();
      live(azure, engine -> engine.orchestrator().stop(id, call(5)));
    } else if (what == 1) {
      send(azure, alert, Alert.State.RESOLVED);
    }
  }

  private static void hasEndedWell(Capture c) {
    if (c.state() == CaptureState.REJECTED) {
      assertThat(c.cause().reason()).isEqualTo(Reason.STOPPED);
      assertThat(isStarted(c)).isFalse();
    } else {
      assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
    }
    assertThat(c.notifications())
        .singleElement()
        .satisfies(message -> assertThat(message.about()).isEqualTo(c.state()))
        .satisfies(message -> assertThat(message.status()).isEqualTo(Notification.Status.SENT));
  }

  private EngineParts parts() {
    return TestParts.of(memory, policy(), new FakeSessions(), clock);
  }

  private Captures captures() {
    return parts().captures;
  }

  /** Whether it may have sent a PUT; else its session is at most one that an earlier one left. */
  private static boolean isStarted(Capture c) {
    return c.session() != null && c.session().putAt() != null;
  }

  private static boolean isUnfinished(Capture c) {
    return c.state().isActive()
        || c.notifications().stream().anyMatch(n -> n.status() == Notification.Status.PENDING);
  }

  private long answersTo(List<Capture> all, String alert) {
    List<AnsweredAlert> known =
        parts().targets.of(target(alert), clock.instant()).record().alerts();
    return all.stream().filter(c -> known.stream().anyMatch(a -> isAnswer(a, alert, c))).count();
  }

  private static boolean isAnswer(AnsweredAlert known, String alert, Capture c) {
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
    all.stream()
        .filter(CrashTest::isStarted)
        .forEach(c -> captured.merge(c.session().name(), 1L, Long::sum));
    return captured;
  }

  private static Target target(String alert) {
    String vm = alert.substring(0, alert.indexOf(' '));
    return Target.parse(GROUP + "Microsoft.Compute/virtualMachines/" + vm).orElseThrow();
  }

  /** Like Azure Monitor: where no answer comes, it tries again. */
  private void send(Simulator azure, String key, Alert.State state) throws InterruptedException {
    Alert.Details what = new Alert.Details("common", key, "rule", null, null, null, null);
    List<Target> targets = List.of(target(key));
    Alert alert = new Alert(Alert.Kind.METRIC, state, targets, List.of(), null, Map.of(), what);
    List<Object> answers = new ArrayList<>();
    while (answers.isEmpty()) {
      live(
          azure,
          engine -> {
            Answer answer = engine.orchestrator().answer(alert, call(5));
            // One that died while it wrote answers nothing.
            answers.addAll(answer.lost().isEmpty() ? List.of(answer) : List.of());
          });
      clock.advance(Duration.ofSeconds(5));
    }
  }

  private void tick(Engine engine) throws InterruptedException {
    clock.advance(Duration.ofSeconds(30));
    engine.reconciler().tick(call(25));
  }

  private Invocation call(int seconds) {
    Duration time = Duration.ofSeconds(seconds);
    Deadline deadline = Deadline.in(time, () -> clock.instant().toEpochMilli() * 1_000_000);
    LOG.setLevel(Level.OFF);
    return new Invocation(deadline, LOG);
  }

  /** One process, until it has done its work or dies. */
  private void live(Simulator azure, Act act) throws InterruptedException {
    MortalPorts life = new MortalPorts(mortal ? seed * 10_007 + lives : null);
    lives++;
    try {
      act.in(engine(azure, life));
    } catch (MortalPorts.Died died) {
      // Whoever waits for an answer gets none.
    }
    if (life.isDead()) {
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
        true,
        List.of("log"),
        Set.of(CaptureState.COMPLETED, CaptureState.FAILED, CaptureState.REJECTED));
  }

  private Engine engine(Simulator azure, MortalPorts life) {
    HttpPipeline pipeline = AzurePipeline.of(HTTP, null, "", clock::advance);
    ArmClient arm = new ArmClient(azure.uri(), pipeline);
    Engine.Ports ports =
        new Engine.Ports(
            life.mortal(Targets.class, new ArmTargets(arm)),
            life.mortal(Sessions.class, new ArmSessions(arm)),
            life.mortal(Files.class, new BlobFiles(pipeline, Set.of(azure.uri() + "/pcapstore/"))));
    String account = GROUP + "Microsoft.Storage/storageAccounts/pcapstore";
    Channel channel = (capture, about, deadline) -> told.merge(capture.id(), 1, Integer::sum);
    return Engine.of(
        life.mortal(CaptureStore.class, memory),
        policy(),
        ports,
        new Destinations(Map.of("", new Destinations.Account(account, null)), null),
        Map.of("log", life.mortal(Channel.class, channel)),
        clock,
        clock::advance,
        random);
  }
}
