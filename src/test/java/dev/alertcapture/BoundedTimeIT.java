package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpHandler;
import dev.alertcapture.azure.BoundedHttpClient;
import dev.alertcapture.functions.Calls;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Answer;
import dev.alertcapture.settings.Settings;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.store.ForwardingStore;
import dev.alertcapture.store.MemoryCaptureStore;
import dev.alertcapture.testing.Ills;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Whatever a part of the surroundings does, calls are answered in time. On the real clock. */
@Timeout(120)
class BoundedTimeIT {
  private static final Duration ALERT = Duration.ofSeconds(6);
  private static final Duration HEALTH = Duration.ofSeconds(10);

  private static final Map<String, HttpHandler> ILLS =
      Map.of(
          "silent", exchange -> {},
          "trickling", Ills.trickling(),
          "stalling", Ills.stalling(),
          "100 MB", Ills.hugeBody());

  /** An app of which one part is ill. */
  private interface Patient {
    App app(Simulator azure, URI ill) throws Exception;
  }

  private static final Map<String, Patient> PATIENTS =
      Map.of(
          "resource manager", (azure, ill) -> app(ill, Map.of()),
          "store", (azure, ill) -> app(azure.uri(), table(ill)),
          "blobs", BoundedTimeIT::withBlobsFrom,
          "tokens", BoundedTimeIT::withTokensFrom,
          "channel",
              (azure, ill) -> app(azure.uri(), Map.of("NOTIFY_WEBHOOK_URL", ill.toString())));

  private static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore");
    settings.put("CAPTURE_STORE", "memory");
    settings.putAll(more);
    return settings;
  }

  private static App app(URI manager, Map<String, String> more) throws Exception {
    Map<String, String> settings = settings(more);
    settings.put("AZURE_RESOURCE_MANAGER_ENDPOINT", manager.toString());
    return App.of(settings);
  }

  private static Map<String, String> table(URI service) {
    return Map.of(
        "CAPTURE_STORE",
        "table",
        "AzureWebJobsStorage",
        "DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=c2VjcmV0;TableEndpoint="
            + service
            + "/nobody");
  }

  /** A client whose requests go where that says. */
  private static HttpClient wire(Function<URL, URI> where) {
    HttpClient http = new BoundedHttpClient();
    return new HttpClient() {
      @Override
      public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
      }

      @Override
      public HttpResponse sendSync(HttpRequest request, Context context) {
        String to = where.apply(request.getUrl()) + request.getUrl().getFile();
        return http.sendSync(request.copy().setUrl(to), context);
      }
    };
  }

  private static App withBlobsFrom(Simulator azure, URI blobs) throws Exception {
    HttpClient wire = wire(url -> url.getPath().startsWith("/pcapstore") ? blobs : azure.uri());
    Map<String, String> manager = Map.of("AZURE_RESOURCE_MANAGER_ENDPOINT", azure.uri().toString());
    return new App(Settings.read(settings(manager)), App.Surroundings.real(), wire);
  }

  private static App withTokensFrom(Simulator azure, URI authority) throws Exception {
    HttpClient wire =
        wire(url -> url.getHost().equals("management.azure.com") ? azure.uri() : authority);
    Map<String, String> principal =
        Map.of(
            "AzureTenant",
            "99999999-0000-0000-0000-000000000009",
            "AzureClientId",
            "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "AzureCredPassword",
            "hunter2~8Q.");
    return new App(Settings.read(settings(principal)), App.Surroundings.real(), wire);
  }

  @Test
  void alertsAndHealthAreAnsweredInTimeWhicheverPartIsIllAndHow() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Simulator azure = Simulator.start(SimulatorOptions.defaults())) {
      List<Callable<String>> calls = new ArrayList<>();
      PATIENTS.forEach(
          (part, patient) ->
              ILLS.forEach(
                  (how, ill) -> {
                    String what = part + " " + how;
                    calls.add(() -> alert(what, azure, patient, ill));
                    calls.add(() -> health(what, azure, patient, ill));
                  }));
      for (Future<String> each : threads.invokeAll(calls)) {
        System.out.println(each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String alert(String what, Simulator azure, Patient patient, HttpHandler ill)
      throws Exception {
    try (StubServer server = StubServer.answering(ill)) {
      App app = patient.app(azure, server.uri());
      long begun = System.nanoTime();
      Calls.Said said = Calls.post(app, "alerts", World.fired(World.vm("web-01")));
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(time).as("an alert, " + what).isLessThan(ALERT);
      assertThat(said.status())
          .as("an alert, " + what)
          .isEqualTo(what.startsWith("store") ? 503 : 202);
      return "alert, " + what + ": " + time.toMillis() + " ms, " + said.status();
    }
  }

  private static String health(String what, Simulator azure, Patient patient, HttpHandler ill)
      throws Exception {
    try (StubServer server = StubServer.answering(ill)) {
      App app = patient.app(azure, server.uri());
      long begun = System.nanoTime();
      Calls.Said said = Calls.get(app, "health");
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(time).as("health, " + what).isLessThan(HEALTH);
      return "health, " + what + ": " + time.toMillis() + " ms, " + said.status();
    }
  }

  private static List<String> machines() {
    return IntStream.range(0, 50).mapToObj(i -> World.vm("vm-" + i)).toList();
  }

  private static String onAll(List<String> machines) {
    return World.fired(machines.stream().collect(Collectors.joining("\", \"")));
  }

  @Test
  void anAlertOnFiftyMachinesIsOnRecordInTimeThoughTheStoreIsSlow() throws Exception {
    ForwardingStore slow =
        new ForwardingStore(new MemoryCaptureStore()) {
          @Override
          public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            return super.commit(writes);
          }
        };
    try (World world = new World().on(slow)) {
      long begun = System.nanoTime();

      Answer answer = world.post(onAll(machines()));

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ALERT);
      assertThat(answer.lost()).isEmpty();
      assertThat(answer.captures()).hasSize(50);
    }
  }

  @Test
  void whatIsNotOnRecordInTimeIsSaidAndTheRestStands() throws Exception {
    ForwardingStore stuck =
        new ForwardingStore(new MemoryCaptureStore()) {
          @Override
          public Map<String, String> commit(List<? extends Write> writes) throws Conflict {
            boolean oneOfThem =
                writes.stream().anyMatch(write -> write.key().startsWith("t:"))
                    && writes.toString().contains("vm-7\"");
            if (oneOfThem) {
              LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
              throw new StoreException("no answer", null);
            }
            return super.commit(writes);
          }
        };
    try (World world = new World().on(stuck)) {
      long begun = System.nanoTime();

      Calls.Said said = world.http("alerts", onAll(machines()));

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ALERT);
      assertThat(said.status()).isEqualTo(503);
      assertThat(said.body().path("detail").asText()).contains("did not take 1 of the targets");
      assertThat(world.captures()).hasSize(49);
    }
  }
}
