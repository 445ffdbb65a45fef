package dev.alertcapture;

import com.sun.net.httpserver.HttpServer;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.functions.Calls;
import dev.alertcapture.orchestrator.CaptureFilter;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.settings.Settings;
import dev.alertcapture.simulator.MutableClock;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.testing.QuietAzure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;

/**
 * The whole app over a simulated Azure and one clock for both, which stands still unless it is
 * moved: what takes minutes in Azure takes no time here, and always comes out the same.
 */
final class World implements AutoCloseable {
  static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG";
  static final String WATCHER =
      "/subscriptions/"
          + SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/"
          + "NetworkWatcher_westcentralus";
  static final Duration TICK = Duration.ofSeconds(15);

  final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T02:00:00Z"));
  final Simulator azure = Simulator.start(QuietAzure.options().withClock(clock));
  final List<String> events = new CopyOnWriteArrayList<>();
  private final Map<String, String> settings = new HashMap<>();
  private CaptureStore store = new MemoryCaptureStore();
  private final HttpServer inbox = inbox();
  private final HttpClient http = HttpClient.newHttpClient();
  private Logger log = Logger.getLogger("world");
  private App app;
  private int alerts;

  World() throws BadSettings {
    settings.put("AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString());
    settings.put(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore");
    settings.put("CAPTURE_STORE", "memory");
    settings.put(
        "NOTIFY_WEBHOOK_URL", "http://localhost:" + inbox.getAddress().getPort() + "/inbox");
    restart();
  }

  /** The app with another setting, on the same store. */
  World with(String key, String value) throws BadSettings {
    settings.put(key, value);
    restart();
    return this;
  }

  /** The app in invocations that log to this. */
  World loggingTo(Logger logger) {
    log = logger;
    return this;
  }

  /** The app on another store. */
  World on(CaptureStore other) throws BadSettings {
    store = other;
    restart();
    return this;
  }

  /** The app with more settings, in a cloud of its own: each request goes by one client. */
  void through(com.azure.core.http.HttpClient wire, Map<String, String> more) throws BadSettings {
    Map<String, String> all = new HashMap<>(settings);
    all.remove("AZURE_RESOURCE_MANAGER_ENDPOINT");
    all.remove("NOTIFY_WEBHOOK_URL");
    all.putAll(more);
    app = new App(Settings.read(all), surroundings(), wire);
  }

  /** A new process on the same store. */
  void restart() throws BadSettings {
    app = instance();
  }

  /** One more instance of the app on the same store. */
  App instance() throws BadSettings {
    return new App(Settings.read(settings), surroundings());
  }

  private App.Surroundings surroundings() {
    return new App.Surroundings(
        clock, () -> clock.instant().toEpochMilli() * 1_000_000, store, clock::advance);
  }

  static String vm(String name) {
    return GROUP + "/providers/Microsoft.Compute/virtualMachines/" + name;
  }

  /** A new alert on a machine. */
  Answer alert(String target) {
    return alert(target, "alert-" + ++alerts, "Fired");
  }

  Answer alert(String target, String id, String condition) {
    return post(body(target, id, condition));
  }

  /** The body of a new alert on a machine. */
  static String fired(String target) {
    return body(target, "by body", "Fired");
  }

  static String body(String target, String id, String condition) {
    return """
        {"schemaId": "azureMonitorCommonAlertSchema", "data": {"essentials": {
          "alertId": "%s", "alertRule": "rule", "signalType": "Metric",
          "monitoringService": "Platform", "monitorCondition": "%s",
          "firedDateTime": "2026-03-01T02:00:00Z", "alertTargetIDs": ["%s"]}}}
        """
        .formatted(id, condition, target);
  }

  Answer post(String body) {
    return post(app, body);
  }

  Answer post(App to, String body) {
    try {
      return to.orchestrator().answer(to.alerts().read(body), call(Duration.ofSeconds(5)));
    } catch (NotAnAlert e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the app answers over HTTP, as the Functions host asks it. */
  Calls.Said http(String route, String body) {
    return Calls.post(app, route, body);
  }

  App app() {
    return app;
  }

  Invocation call(Duration time) {
    return app.call(time, log);
  }

  /** A quarter of a minute goes by, and the timer comes. */
  void tick() {
    clock.advance(TICK);
    tick(app);
  }

  /** The timer comes to one instance. */
  void tick(App instance) {
    try {
      instance.reconciler().tick(call(Duration.ofSeconds(55)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Lets the timer come until something is so; a day at the most. */
  void tickUntil(BooleanSupplier isSo) {
    for (int i = 0; !isSo.getAsBoolean(); i++) {
      if (i > 5760) {
        throw new AssertionError("a day went by: " + captures());
      }
      tick();
    }
  }

  /** Lets the timer come until a capture has ended, and answers it. */
  Capture end(String id) {
    tickUntil(() -> !capture(id).state().isActive());
    return capture(id);
  }

  /** Ends a capture by hand. */
  Capture stop(String id) {
    try {
      if (app.orchestrator().stop(id, call(Duration.ofSeconds(5))).isEmpty()) {
        throw new AssertionError("there is no capture " + id);
      }
      return capture(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Capture capture(String id) {
    return captures().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  List<Capture> captures() {
    return app.orchestrator().newest(CaptureFilter.of(null, null, null)).captures();
  }

  static String idOf(Answer answer) {
    return answer.captures().get(0).capture().id();
  }

  static CaptureState stateOf(Answer answer) {
    return answer.captures().get(0).capture().state();
  }

  /** What Azure was asked: method and last parts of the path. */
  List<String> requests() {
    return azure.requests().stream().map(World::shortly).toList();
  }

  private static String shortly(RecordedRequest request) {
    String path = request.path();
    int at = path.lastIndexOf("/networkWatchers/");
    String rest = at < 0 ? path.substring(path.lastIndexOf('/') + 1) : path.substring(at + 17);
    return request.method() + " " + rest.replace("NetworkWatcher_westcentralus/", "");
  }

  /** Somebody else's session on a machine. */
  void othersSession(String name, String vmName) {
    arm(
        "PUT",
        WATCHER + "/packetCaptures/" + name,
        """
        {"properties": {"target": "%s", "storageLocation": {"filePath": "/var/captures/x.cap"}}}
        """
            .formatted(vm(vmName)));
  }

  int arm(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(azure.uri() + path + "?api-version=2024-07-01"))
            .header("Authorization", "Bearer somebody-else")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpServer inbox() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/inbox",
          exchange -> {
            events.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    inbox.stop(0);
    azure.close();
  }
}
