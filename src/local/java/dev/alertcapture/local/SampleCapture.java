package dev.alertcapture.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.traffic.Incident;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Sends the sample alert to a running app and follows the capture that it starts, to its end and
 * its notification.
 */
final class SampleCapture {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CALL_TIMEOUT).build();
  private final URI app;
  private final Incident incident;
  private final BiPredicate<String, JsonNode> told;
  private final Consumer<String> out;
  private volatile String lastSeen = "no answer yet";

  /**
   * @param incident what the alert is about
   * @param told whether somebody was told how the capture of this id, as answered, ended
   * @param out gets each line of the story
   */
  SampleCapture(
      URI app, Incident incident, BiPredicate<String, JsonNode> told, Consumer<String> out) {
    this.app = app;
    this.incident = incident;
    this.told = told;
    this.out = out;
  }

  /**
   * Sends the alert and follows it.
   *
   * @return whether the capture completed and somebody was told, within the limit
   */
  boolean run(Duration limit) throws IOException, InterruptedException {
    Instant sent = Instant.now();
    HttpRequest alert =
        HttpRequest.newBuilder(app.resolve("/api/alerts"))
            .timeout(CALL_TIMEOUT)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(SampleAlert.of(incident, SampleAlert.TARGET, sent)))
            .build();
    HttpResponse<String> answer = client.send(alert, BodyHandlers.ofString());
    JsonNode capture = json(answer.body()).path("captures").path(0);
    if (answer.statusCode() != 202 || !capture.isObject()) {
      out.accept("The alert started no capture: " + answer.statusCode() + " " + answer.body());
      return false;
    }
    CaptureProgress progress = new CaptureProgress(sent);
    String id = capture.path("id").asText();
    out.accept(
        progress.line(
            Instant.now(), "202", "capture " + id + " of " + capture.path("target").asText()));
    return follow(
        id, app.resolve(capture.path("statusUrl").asText("/api/captures/" + id)), progress, limit);
  }

  private boolean follow(String id, URI status, CaptureProgress progress, Duration limit)
      throws InterruptedException {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor();
    try {
      ScheduledFuture<?> unused =
          poller.scheduleWithFixedDelay(
              () -> poll(id, status, progress, end), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
      return end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      out.accept("Not done after " + limit.toSeconds() + " s. Last seen: " + lastSeen);
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      poller.shutdownNow();
    }
  }

  private void poll(
      String id, URI status, CaptureProgress progress, CompletableFuture<Boolean> end) {
    try {
      HttpRequest request = HttpRequest.newBuilder(status).timeout(CALL_TIMEOUT).build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      lastSeen = answer.statusCode() + " " + answer.body();
      JsonNode capture = json(answer.body());
      progress.news(capture, Instant.now()).forEach(out);
      boolean completed = CaptureProgress.isCompleted(capture);
      if (CaptureProgress.isTerminal(capture) && (!completed || told.test(id, capture))) {
        end.complete(completed);
      }
    } catch (IOException e) {
      lastSeen = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }
}
