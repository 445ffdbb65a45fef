package dev.alertcapture.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.alertcapture.App;
import dev.alertcapture.alert.CallerRule.Verdict;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureView;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Filter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** /api/captures: what became of alerts, and captures by hand. */
public final class CapturesFunction {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

  private final Apps apps;
  private final AlertAnswers byHand;

  CapturesFunction(Apps apps) {
    this.apps = apps;
    this.byHand =
        new AlertAnswers(
            apps, (app, request) -> Verdict.ALLOWED, (app, body) -> app.alerts().readByHand(body));
  }

  /** A capture by hand, under the same rules. */
  @FunctionName("CaptureByHand")
  public HttpResponseMessage begin(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "captures")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context)
      throws InterruptedException {
    return byHand.answer(request, request.getBody().orElse(""), context);
  }

  /** Everything known of one capture; if it is due, it is taken on first. */
  @FunctionName("Capture")
  public HttpResponseMessage one(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "captures/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context)
      throws InterruptedException {
    return withOne(
        request,
        context,
        HttpStatus.OK,
        app -> app.orchestrator().find(id, app.call(RESPONSE_TIMEOUT, context.getLogger())));
  }

  /** Ends one early; what was captured is kept. */
  @FunctionName("StopCapture")
  public HttpResponseMessage stop(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.DELETE,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "captures/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context)
      throws InterruptedException {
    return withOne(
        request,
        context,
        HttpStatus.ACCEPTED,
        app -> app.orchestrator().stop(id, app.call(RESPONSE_TIMEOUT, context.getLogger())));
  }

  private interface Finder {
    Optional<Capture> in(App app) throws InterruptedException;
  }

  private HttpResponseMessage withOne(
      HttpRequestMessage<?> request, ExecutionContext context, HttpStatus status, Finder finder)
      throws InterruptedException {
    return HttpAnswers.of(
        request,
        context,
        apps,
        app -> {
          Optional<Capture> capture = finder.in(app);
          return capture.isEmpty()
              ? HttpAnswers.problem(
                  request, HttpStatus.NOT_FOUND, "Not found", "There is no capture of that id.")
              : HttpAnswers.json(request, status, view(request, capture.get()));
        });
  }

  /** The newest captures first: {@code ?state=&target=&limit=}. */
  @FunctionName("Captures")
  public HttpResponseMessage list(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "captures")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context)
      throws InterruptedException {
    return HttpAnswers.of(
        request,
        context,
        apps,
        app -> {
          Map<String, String> query = request.getQueryParameters();
          Filter filter = Filter.of(query.get("state"), query.get("target"), query.get("limit"));
          ObjectNode body = HttpAnswers.object();
          ArrayNode captures = body.putArray("captures");
          app.orchestrator().newest(filter).forEach(c -> captures.add(view(request, c)));
          return HttpAnswers.json(request, HttpStatus.OK, body);
        });
  }

  private static ObjectNode view(HttpRequestMessage<?> request, Capture capture) {
    return CaptureView.of(capture).put("statusUrl", HttpAnswers.statusUrl(request, capture));
  }
}
