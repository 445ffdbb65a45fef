package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.local.AppProcess;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.simulator.Timings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The app as it is deployed, over HTTP: staged folder, host, simulated Azure. */
class StagedAppIT {
  static final Path STAGE = Path.of(System.getProperty("staging.directory"));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Simulator azure;
  private static AppProcess app;

  record Said(int status, String type, JsonNode body) {}

  @BeforeAll
  static void start() throws Exception {
    azure = Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()));
    app = AppProcess.start(STAGE, settings());
  }

  @AfterAll
  static void stop() {
    app.close();
    azure.close();
  }

  private static Map<String, String> settings() {
    return settings(azure);
  }

  static Map<String, String> settings(Simulator azure) {
    return new HashMap<>(
        Map.of(
            "AZURE_RESOURCE_MANAGER_ENDPOINT",
            azure.uri().toString(),
            "CAPTURE_STORAGE_ACCOUNT_ID",
            World.GROUP + "/providers/Microsoft.Storage/storageAccounts/pcapstore",
            "CAPTURE_STORE",
            "memory",
            "CAPTURE_TIME_LIMIT",
            "PT1S"));
  }

  static Said send(AppProcess to, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(to.uri().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json; charset=utf-8")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode json = type.contains("json") ? JSON.readTree(answer.body()) : null;
    return new Said(answer.statusCode(), type, json);
  }

  private static Said send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(app, method, path, body);
  }

  static String classic(String vm, String status) {
    return """
        {"status": "%s", "context": {"timestamp": "2026-03-01T02:00:00.1234567Z",
          "id": "/subscriptions/s/resourceGroups/g/providers/microsoft.insights/alertrules/busy",
          "name": "busy", "conditionType": "Metric",
          "condition": {"metricName": "Network Out", "metricValue": "12", "threshold": "10"},
          "resourceId": "%s", "resourceRegion": "West Central US"}, "properties": {}}
        """
        .formatted(status, World.vm(vm));
  }

  @Test
  void alertBecomesACaptureThatIsFollowedToItsFile() throws Exception {
    Said taken = send("POST", "/api/alerts", classic("web-01", "Activated"));

    assertThat(taken.status()).isEqualTo(202);
    JsonNode capture = taken.body().at("/captures/0");
    assertThat(capture.path("state").asText()).isEqualTo("STARTING");
    assertThat(capture.path("joined").asBoolean()).isFalse();
    URI statusUrl = URI.create(capture.path("statusUrl").asText());
    JsonNode seen = untilEnded(app, statusUrl);
    assertThat(seen.path("state").asText()).as(seen.toString()).isEqualTo("COMPLETED");
    List<String> states = new ArrayList<>();
    seen.path("history").forEach(entry -> states.add(entry.path("state").asText()));
    assertThat(states)
        .containsExactly("REQUESTED", "STARTING", "RUNNING", "COLLECTING", "COMPLETED");
    assertThat(seen.at("/file/bytes").asLong()).isPositive();
    Said list = send("GET", "/api/captures?state=completed&limit=5", "");
    assertThat(list.body().findValuesAsText("id")).contains(capture.path("id").asText());
  }

  static JsonNode untilEnded(AppProcess app, URI statusUrl) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      JsonNode seen = send(app, "GET", statusUrl.getPath(), "").body();
      if (!seen.at("/file").isMissingNode() || System.nanoTime() > end) {
        return seen;
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void repeatedAlertIsAnsweredWithTheSameCapture() throws Exception {
    Said first = send("POST", "/api/alerts", classic("web-02", "Activated"));
    Said second = send("POST", "/api/alerts", classic("WEB-02", "Activated"));

    assertThat(second.status()).isEqualTo(202);
    assertThat(second.body().at("/captures/0/id")).isEqualTo(first.body().at("/captures/0/id"));
    assertThat(second.body().at("/captures/0/joined").asBoolean()).isTrue();
  }

  @Test
  void resolvedAlertIsAnsweredWith200AndTheReason() throws Exception {
    Said said = send("POST", "/api/alerts", classic("sql-01", "Resolved"));

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.body().path("outcome").asText()).isEqualTo("ignored");
    assertThat(said.body().path("reason").asText()).isEqualTo("resolved");
  }

  @Test
  void bodyThatIsNoAlertIsAProblemThatSaysWhatToSend() throws Exception {
    for (String body : List.of("", "   ", "{", "null", "{}", "\"<script>\"", "{\"text\": 1}")) {
      Said said = send("POST", "/api/alerts", body);

      assertThat(said.status()).as(body).isEqualTo(400);
      assertThat(said.type()).startsWith("application/problem+json");
      assertThat(said.body().path("detail").asText())
          .contains("azureMonitorCommonAlertSchema")
          .doesNotContain("<script>");
    }
  }

  @Test
  void bodyOverOneMebibyteIsRefused() throws Exception {
    Said said = send("POST", "/api/alerts", " ".repeat(1024 * 1024 + 1));

    assertThat(said.status()).isEqualTo(413);
  }

  @Test
  void unknownCapturesAndBadQueriesAreProblems() throws Exception {
    assertThat(send("GET", "/api/captures/7zzzyc0dce0hqznz3gxcq", "").status()).isEqualTo(404);
    assertThat(send("GET", "/api/captures/..%2F..%2Fx", "").status()).isEqualTo(404);
    Said said = send("GET", "/api/captures?limit=0", "");
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.body().path("detail").asText()).contains("1 to 200");
  }

  @Test
  void wrongSettingsAreAnswered503AndSaidInTheLogAllAtOnce() throws Exception {
    Map<String, String> wrong = settings();
    wrong.put("CAPTURE_TIME_LIMIT", "ten");
    wrong.put("CAPTURE_LIMIT", "0");
    try (AppProcess misled = AppProcess.start(STAGE, wrong)) {
      Said said = send(misled, "POST", "/api/alerts", classic("web-01", "Activated"));

      assertThat(said.status()).isEqualTo(503);
      assertThat(String.join("\n", misled.output()))
          .contains("CAPTURE_TIME_LIMIT", "CAPTURE_LIMIT");
      Said health = send(misled, "GET", "/api/health", "");
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.body().at("/checks/0/said").asText())
          .contains("CAPTURE_TIME_LIMIT", "CAPTURE_LIMIT");
    }
  }

  @Test
  void captureByHandIsStoppedByHand() throws Exception {
    Said taken =
        send("POST", "/api/captures", "{\"target\": \"" + World.vm("web-vmss-none") + "\"}");
    assertThat(taken.status()).isEqualTo(202);
    String path = "/api/captures/" + taken.body().at("/captures/0/id").asText();

    assertThat(send("DELETE", path, "").status()).isEqualTo(202);
    assertThat(send("DELETE", "/api/captures/7zzzyc0dce0hqznz3gxcq", "").status()).isEqualTo(404);
    assertThat(send("POST", "/api/captures", "{\"target\": \"/x\"}").status()).isEqualTo(400);
    String more = "{\"target\": \"" + World.vm("web-01") + "\", \"timeLimit\": \"PT5M\"}";
    assertThat(send("POST", "/api/captures", more).body().path("detail").asText())
        .contains("{\"target\": ID}", "nothing else");
  }

  @Test
  void deliveriesAreListedWhateverCameOfThem() throws Exception {
    send("POST", "/api/alerts", "{\"text\": \"<script>\"}");

    JsonNode last = send("GET", "/api/alerts", "").body().path("deliveries");

    assertThat(last).isNotEmpty();
    assertThat(last.findValuesAsText("outcome")).contains("refused");
    assertThat(last.toString()).doesNotContain("<script>");
  }

  @Test
  void healthTellsOfAMachineAndDryRunStartsNothing() throws Exception {
    Said health = send("GET", "/api/health?target=" + World.vm("no-agent"), "");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.body().findValuesAsText("remedy").toString()).contains("az vm extension set");

    Said mistyped = send("POST", "/api/alerts?dryrun=1", classic("no-agent", "Activated"));
    assertThat(mistyped.status()).isEqualTo(400);
    Said dry = send("POST", "/api/alerts?dryRun=true", classic("no-agent", "Activated"));
    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.body().path("ok").asBoolean()).isFalse();
    Said list = send("GET", "/api/captures?target=" + World.vm("no-agent"), "");
    assertThat(list.body().path("captures")).isEmpty();
  }

  @Test
  void deadStoreIsAnswered503SoThatTheAlertIsSentAgain() throws Exception {
    Map<String, String> settings = settings();
    settings.put("CAPTURE_STORE", "table");
    // Nobody listens on port 1, and the key is nobody's.
    settings.put(
        "AzureWebJobsStorage",
        "DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=c2VjcmV0;"
            + "TableEndpoint=http://127.0.0.1:1/nobody");
    try (AppProcess storeless = AppProcess.start(STAGE, settings)) {
      Said alert = send(storeless, "POST", "/api/alerts", classic("web-01", "Activated"));
      assertThat(alert.status()).isEqualTo(503);
      assertThat(alert.type()).startsWith("application/problem+json");
      assertThat(send(storeless, "GET", "/api/captures", "").status()).isEqualTo(503);
      Said health = send(storeless, "GET", "/api/health", "");
      assertThat(health.body().toString()).contains("127.0.0.1:1").doesNotContain("c2VjcmV0");
      assertThat(String.join("\n", storeless.output())).doesNotContain("c2VjcmV0");
    }
  }
}
