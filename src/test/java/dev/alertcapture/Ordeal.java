package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.local.AppProcess;
import dev.alertcapture.local.Inbox;
import dev.alertcapture.orchestrator.CaptureFilter;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.simulator.Timings;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.table.Azurite;
import dev.alertcapture.table.TableCaptureStore;
import dev.alertcapture.testing.StubServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One store, one simulated Azure and one inbox for staged apps in processes of their own, all on
 * the real clock; and what must be true of them in the end, whatever they went through.
 */
final class Ordeal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FOREIGN = 12;
  private static final Duration TIMER_PERIOD = Duration.ofMillis(500);
  private static final Set<Integer> TROUBLES = Set.of(0, 429, 500, 503);
  private static final Timings SHORT =
      new Timings(
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  final Simulator azure;
  final List<String> targets;
  private final Azurite azurite = Azurite.start();
  private final CaptureStore store = new TableCaptureStore(azurite.account(), StubServer.client());

  /** Captures of another version of the app: nobody may touch them. */
  private final Map<String, String> foreign = new TreeMap<>();

  private final Inbox inbox;
  private final Map<String, String> settings;
  private final App reader;
  private final int limit;
  private final long begin = System.nanoTime();
  private final HttpClient http = HttpClient.newHttpClient();

  /** The captures that each alert was told it has; one at the most is right. */
  private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

  private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

  /** An ordeal of so many targets, with more settings. */
  Ordeal(int targets, int limit, Map<String, String> more) throws IOException, BadSettings {
    this.limit = limit;
    this.targets = IntStream.range(0, targets).mapToObj(i -> World.vm("vm-" + i)).toList();
    azure =
        Simulator.start(
            SimulatorOptions.defaults()
                .withTimings(SHORT)
                .withRetryAfter(Duration.ofSeconds(1))
                .withInventory(JSON.createObjectNode().put("unknownTargets", "westcentralus")));
    inbox = Inbox.start((channel, event) -> {});
    settings = StagedAppIT.settings(azure);
    settings.put("CAPTURE_STORE", "table");
    settings.put("AzureWebJobsStorage", azurite.connectionString());
    settings.put("NOTIFY_WEBHOOK_URL", inbox.uri("webhook").toString());
    settings.put("CAPTURE_LIMIT", Integer.toString(limit));
    settings.put("CAPTURE_COOLDOWN", "PT0S");
    settings.put("CAPTURE_SESSION_RETENTION", "PT0S");
    settings.putAll(more);
    reader = App.of(settings);
    for (int i = 0; i < FOREIGN; i++) {
      addForeign("7zzzycdce%012d".formatted(i));
    }
  }

  private void addForeign(String id) {
    String value = "{\"id\":\"" + id + "\",\"state\":\"PONDERING\"}";
    try {
      store.commit(
          List.of(
              new CaptureStore.Write.Insert("c:" + id, value),
              new CaptureStore.Write.Insert("d:0000000000000:" + id, "")));
    } catch (CaptureStore.Conflict e) {
      throw new AssertionError(e);
    }
    foreign.put("c:" + id, value);
  }

  AppProcess startApp() throws IOException {
    return AppProcess.start(StagedAppIT.STAGE, settings, 0, TIMER_PERIOD, line -> {});
  }

  /** Posts an alert and answers the status; 0 where no answer came. */
  int post(AppProcess app, String target, String key, String condition)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(app.uri().resolve("/api/alerts"))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(World.body(target, key, condition)))
            .build();
    int status;
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      status = answer.statusCode();
      if (status == 202) {
        for (JsonNode each : JSON.readTree(answer.body()).path("captures")) {
          told.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
              .add(each.path("id").asText());
        }
      }
    } catch (IOException e) {
      status = 0;
    }
    answers.merge(status, 1, Integer::sum);
    return status;
  }

  /** How often each status was answered; 0 is no answer. */
  Map<Integer, Integer> answers() {
    return new TreeMap<>(answers);
  }

  /** Waits until every capture has ended and people were told of each. */
  void awaitEnd(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    List<Capture> open = open();
    while (!open.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still open after " + atMost + ": " + open);
      }
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      open = open();
    }
  }

  private List<Capture> open() {
    return all().stream().filter(c -> !hasEnded(c) || !inbox.knowsTheEndOf(c.id())).toList();
  }

  /** All that are on record, read from the store itself. */
  List<Capture> all() {
    return reader.orchestrator().newest(new CaptureFilter(null, null, 1000)).captures();
  }

  private static boolean hasEnded(Capture c) {
    return c.state() == CaptureState.COMPLETED
        || c.state() == CaptureState.FAILED
        || c.state() == CaptureState.REJECTED;
  }

  /** Every alert that was taken has one capture, and no target ever had two sessions for one. */
  void check() {
    List<Capture> all = all();
    Map<String, Capture> byId =
        all.stream().collect(Collectors.toMap(Capture::id, Function.identity()));
    told.forEach(
        (key, ids) -> {
          assertThat(ids).as("captures of " + key).hasSize(1);
          assertThat(byId).containsKeys(ids.toArray(String[]::new));
        });
    assertThat(all)
        .extracting(c -> c.alert().key())
        .doesNotHaveDuplicates()
        .isSubsetOf(told.keySet());
    assertThat(told.values().stream().flatMap(Collection::stream).collect(Collectors.toSet()))
        .isEqualTo(byId.keySet());
    assertThat(azure.peakSessions(World.WATCHER)).isLessThanOrEqualTo(limit);
    foreign.forEach(
        (key, value) -> assertThat(store.read(key).orElseThrow().value()).isEqualTo(value));
    checkSessions(all);
  }

  private void checkSessions(List<Capture> all) {
    Map<String, Integer> started = azure.startedSessions(World.WATCHER);
    Map<String, Long> wanted =
        all.stream()
            .filter(c -> c.history().stream().anyMatch(e -> e.state() == CaptureState.STARTING))
            .collect(Collectors.groupingBy(c -> c.session().name(), Collectors.counting()));
    assertThat(wanted.keySet()).containsAll(started.keySet());
    started.forEach(
        (name, times) -> assertThat((long) times).as(name).isLessThanOrEqualTo(wanted.get(name)));
    Map<String, Set<String>> names =
        azure.requests().stream()
            .filter(r -> r.method().equals("PUT") && r.status() == 201)
            .collect(
                Collectors.groupingBy(
                    r -> targetOf(r.body()),
                    Collectors.mapping(r -> r.path(), Collectors.toSet())));
    assertThat(names.values()).allSatisfy(paths -> assertThat(paths).hasSize(1));
  }

  private static String targetOf(String body) {
    try {
      return JSON.readTree(body).at("/properties/target").asText().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Requests that Azure refused for now, or cut off. */
  long troubles() {
    return azure.requests().stream().filter(r -> TROUBLES.contains(r.status())).count();
  }

  /** How many captures ended in each state, and how many requests it took. */
  String summary() {
    Map<CaptureState, Long> states =
        all().stream()
            .collect(Collectors.groupingBy(Capture::state, TreeMap::new, Collectors.counting()));
    return Stream.of(
            "answers " + answers(),
            "captures " + states,
            "ARM requests " + azure.requests().size(),
            "of them troubled " + troubles(),
            "most sessions " + azure.peakSessions(World.WATCHER),
            Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s")
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    inbox.close();
    azure.close();
    azurite.close();
  }
}
