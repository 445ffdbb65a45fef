package dev.alertcapture.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.alertcapture.App;
import dev.alertcapture.health.Check;
import dev.alertcapture.orchestrator.BadRequest;
import dev.alertcapture.orchestrator.OutsideScopes;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.StoreTime;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

/** Answers over HTTP: JSON, and errors as RFC 9457 problems. */
final class HttpAnswers {
  // A call's steps begin within 5 s; what they save then is saved by now.
  private static final Duration STORE_TIMEOUT = Duration.ofMillis(5500);

  private HttpAnswers() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static HttpResponseMessage json(HttpRequestMessage<?> request, HttpStatus status, JsonNode body) {
    return answer(request, status, "application/json", body);
  }

  /** A problem; the detail holds nothing of the caller's text. */
  static HttpResponseMessage problem(
      HttpRequestMessage<?> request, HttpStatus status, String title, String detail) {
    ObjectNode body = object();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status.value());
    body.put("detail", detail);
    return answer(request, status, "application/problem+json", body);
  }

  static void put(ObjectNode body, List<Check> checks) {
    body.put("ok", checks.stream().allMatch(Check::ok));
    ArrayNode all = body.putArray("checks");
    for (Check check : checks) {
      ObjectNode each = all.addObject();
      each.put("name", check.name()).put("ok", check.ok()).put("said", check.said());
      if (check.remedy() != null) {
        each.put("remedy", check.remedy());
      }
    }
  }

  /** What a function does once it has the app. */
  interface Call {
    HttpResponseMessage with(App app) throws InterruptedException;
  }

  /** Makes a call; what can go wrong with any of them is a problem that says so. */
  static HttpResponseMessage of(
      HttpRequestMessage<?> request, ExecutionContext context, Apps apps, Call call)
      throws InterruptedException {
    try {
      App app = apps.get();
      return StoreTime.within(STORE_TIMEOUT, () -> call.with(app));
    } catch (BadSettings e) {
      return wrongSettings(request, context, e);
    } catch (BadRequest e) {
      return problem(request, HttpStatus.BAD_REQUEST, "Bad request", e.getMessage());
    } catch (OutsideScopes e) {
      return problem(request, HttpStatus.FORBIDDEN, "Outside the scopes", e.getMessage());
    } catch (StoreException e) {
      context.getLogger().log(Level.WARNING, "no answer from the store: {0}", e.getMessage());
      return problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "No answer from the store",
          "The store of captures does not answer; GET /api/health says what to check.");
    }
  }

  /** The settings can't be used. What is wrong with them stands in the log and on /api/health. */
  private static HttpResponseMessage wrongSettings(
      HttpRequestMessage<?> request, ExecutionContext context, BadSettings e) {
    context.getLogger().log(Level.SEVERE, "wrong settings: {0}", e.getMessage());
    return problem(
        request,
        HttpStatus.SERVICE_UNAVAILABLE,
        "Wrong settings",
        "The app's settings can't be used; its log and GET /api/health say which.");
  }

  private static HttpResponseMessage answer(
      HttpRequestMessage<?> request, HttpStatus status, String type, JsonNode body) {
    HttpResponseMessage.Builder answer = request.createResponseBuilder(status);
    if (status == HttpStatus.UNAUTHORIZED) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    return answer
        .header("Content-Type", type)
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .body(body.toString())
        .build();
  }

  /** Where a capture is to be read, without the caller's key, be it in the query or the host. */
  static String statusUrl(HttpRequestMessage<?> request, String captureId) {
    URI uri = request.getUri();
    String host = uri.getRawAuthority().replaceFirst(".*@", "");
    return uri.getScheme() + "://" + host + "/api/captures/" + captureId;
  }
}
