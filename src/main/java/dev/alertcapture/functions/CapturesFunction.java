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
import dev.alertcapture.orchestrator.CaptureFilter;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Listing;
import dev.alertcapture.orchestrator.CaptureOrchestrator.Lookup;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** /api/captures: what became of alerts, and captures by hand. */
public final class CapturesFunction {
  private static final String UNREADABLE =
      "Another version of the app wrote this capture, or it is damaged. It is left alone; a version"
          + " that can read it carries it on.";

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
        id,
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
        id,
        HttpStatus.ACCEPTED,
        app -> app.orchestrator().stop(id, app.call(RESPONSE_TIMEOUT, context.getLogger())));
  }

  private interface Finder {
    Optional<Lookup> in(App app) throws InterruptedException;
  }

  private HttpResponseMessage withOne(
      HttpRequestMessage<?> request,
      ExecutionContext context,
      String id,
      HttpStatus status,
      Finder finder)
      throws InterruptedException {
    return HttpAnswers.of(
        request,
        context,
        apps,
        app -> {
          Optional<Lookup> known = finder.in(app);
          if (known.isEmpty()) {
            return HttpAnswers.problem(
                request, HttpStatus.NOT_FOUND, "Not found", "There is no capture of that id.");
          }
          return known.get() instanceof Lookup.Hit hit
              ? HttpAnswers.json(request, status, view(request, hit.capture()))
              : unreadable(request, id, status);
        });
  }

  /** It can be named, and nothing else can be done with it. */
  private static HttpResponseMessage unreadable(
      HttpRequestMessage<?> request, String id, HttpStatus status) {
    return status == HttpStatus.OK
        ? HttpAnswers.json(
            request, status, HttpAnswers.object().put("id", id).put("unreadable", UNREADABLE))
        : HttpAnswers.problem(request, HttpStatus.CONFLICT, "Can't be read", UNREADABLE);
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
          CaptureFilter filter =
              CaptureFilter.of(query.get("state"), query.get("target"), query.get("limit"));
          app.reconciler().standIn(app.call(RESPONSE_TIMEOUT, context.getLogger()));
          ObjectNode body = HttpAnswers.object();
          ArrayNode captures = body.putArray("captures");
          Listing listing = app.orchestrator().newest(filter);
          listing.captures().forEach(c -> captures.add(view(request, c)));
          if (!listing.unreadable().isEmpty()) {
            listing.unreadable().forEach(body.putArray("unreadable")::add);
          }
          return HttpAnswers.json(request, HttpStatus.OK, body);
        });
  }

  private static ObjectNode view(HttpRequestMessage<?> request, Capture capture) {
    return CaptureView.of(capture).put("statusUrl", HttpAnswers.statusUrl(request, capture.id()));
  }
}
