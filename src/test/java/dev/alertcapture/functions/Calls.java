package dev.alertcapture.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import dev.alertcapture.App;
import dev.alertcapture.local.HttpCall;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** Calls of the functions in this process, as the worker makes them, for tests of the whole app. */
public final class Calls {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Calls() {}

  /** An answer. */
  public record Said(int status, JsonNode body) {}

  /**
   * Posts a body.
   *
   * @param route {@code alerts} or {@code captures}, with a query or without
   */
  public static Said post(App app, String route, String body) {
    HttpCall call =
        HttpCall.of(
            URI.create("http://localhost/api/" + route),
            "POST",
            Map.of("content-type", "application/json"),
            body.isEmpty() ? Optional.empty() : Optional.of(body));
    try {
      return said(
          route.startsWith("alerts")
              ? new AlertFunction(new Apps(app)).run(message(call), context())
              : new CapturesFunction(new Apps(app)).begin(message(call), context()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Reads.
   *
   * @param route {@code captures}, {@code captures/ID} or {@code health}
   */
  public static Said get(App app, String route) {
    HttpRequestMessage<Optional<String>> request = request("GET", route);
    Apps apps = new Apps(app);
    try {
      if (route.equals("health")) {
        return said(new HealthFunction(apps).run(request, context()));
      }
      return said(
          route.equals("captures")
              ? new CapturesFunction(apps).list(request, context())
              : new CapturesFunction(apps).one(request, idOf(route), context()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Ends {@code captures/ID}. */
  public static Said delete(App app, String route) {
    try {
      return said(
          new CapturesFunction(new Apps(app))
              .stop(request("DELETE", route), idOf(route), context()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String idOf(String route) {
    return route.substring(route.indexOf('/') + 1);
  }

  private static HttpRequestMessage<Optional<String>> request(String method, String route) {
    URI uri = URI.create("http://localhost/api/" + route);
    return message(HttpCall.of(uri, method, Map.of(), Optional.empty()));
  }

  // Erasure: the worker too hands over whatever the body was.
  @SuppressWarnings("unchecked")
  private static HttpRequestMessage<Optional<String>> message(HttpCall call) {
    return (HttpRequestMessage<Optional<String>>) (Object) call.message(String.class, true);
  }

  private static Said said(HttpResponseMessage answer) {
    try {
      return new Said(answer.getStatusCode(), MAPPER.readTree(answer.getBody().toString()));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static ExecutionContext context() {
    return new ExecutionContext() {
      @Override
      public Logger getLogger() {
        return Logger.getLogger("functions");
      }

      @Override
      public String getInvocationId() {
        return "1";
      }

      @Override
      public String getFunctionName() {
        return "test";
      }
    };
  }
}
