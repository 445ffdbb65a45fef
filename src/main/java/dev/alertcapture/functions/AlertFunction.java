package dev.alertcapture.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.alertcapture.App;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.capture.CaptureOrchestrator.Answer;
import dev.alertcapture.capture.CaptureOrchestrator.Ignored;
import dev.alertcapture.capture.CaptureOrchestrator.Taken;
import dev.alertcapture.capture.CaptureStore.StoreException;
import dev.alertcapture.capture.Deliveries;
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.capture.Target;
import dev.alertcapture.settings.BadSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

/**
 * POST /api/alerts: what an Azure Monitor action group calls. It waits 10 s for an answer at most,
 * tries 503 again for 75 s and nothing else, and silences the endpoint for 15 minutes when calls
 * fail (alert-facts section 5); so whatever is an alert is answered with 2xx.
 */
public final class AlertFunction {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
  private static final int MOST_CHARS = 1024 * 1024;

  private final Apps apps;

  AlertFunction(Apps apps) {
    this.apps = apps;
  }

  /** Answers one delivery. */
  @FunctionName("Alerts")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "alerts")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context)
      throws InterruptedException {
    String body = request.getBody().orElse("");
    if (body.length() > MOST_CHARS) {
      return Answers.problem(
          request,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "Too large",
          "The body has more than 1 MiB; Azure Monitor's alerts have at most 256 KiB.");
    }
    try {
      return answer(request, body, apps.get(), context);
    } catch (NotAnAlert e) {
      return Answers.problem(request, HttpStatus.BAD_REQUEST, "Not an alert", e.getMessage());
    } catch (BadSettings e) {
      return Answers.wrongSettings(request, context, e);
    }
  }

  private static HttpResponseMessage answer(
      HttpRequestMessage<?> request, String body, App app, ExecutionContext context)
      throws NotAnAlert, InterruptedException {
    Invocation call = app.call(ANSWERS_WITHIN, context.getLogger());
    Deliveries deliveries = app.deliveries();
    try {
      Alert alert = app.alerts().read(body);
      Answer answer = app.orchestrator().answer(alert, call);
      onRecord(context, () -> add(deliveries, alert, answer));
      return answer(request, answer);
    } catch (NotAnAlert e) {
      onRecord(context, () -> deliveries.add(null, null, List.of(), "refused", e.getMessage()));
      throw e;
    }
  }

  private static void add(Deliveries deliveries, Alert alert, Answer answer) {
    String outcome =
        !answer.lost().isEmpty() ? "lost" : answer.captures().isEmpty() ? "ignored" : "captured";
    String reason = answer.ignored().isEmpty() ? null : answer.ignored().get(0).reason();
    List<String> targets =
        Stream.concat(alert.targets().stream().map(Target::id), alert.others().stream()).toList();
    deliveries.add(alert.what().schema(), alert.what().rule(), targets, outcome, reason);
  }

  // A delivery that is not on this list is no reason to have it sent again.
  private static void onRecord(ExecutionContext context, Runnable add) {
    try {
      add.run();
    } catch (StoreException e) {
      context.getLogger().log(Level.WARNING, "not on the list of deliveries", e);
    }
  }

  private static HttpResponseMessage answer(HttpRequestMessage<?> request, Answer answer) {
    if (!answer.lost().isEmpty()) {
      return Answers.problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Not written down",
          "The store did not take "
              + answer.lost().size()
              + " of the alert's targets; send the alert again, what was taken joins.");
    }
    ObjectNode body = Answers.object();
    if (answer.captures().isEmpty()) {
      body.put("outcome", "ignored");
      body.put("reason", answer.ignored().get(0).reason());
    } else {
      ArrayNode captures = body.putArray("captures");
      for (Taken taken : answer.captures()) {
        ObjectNode capture = captures.addObject();
        capture.put("id", taken.capture().id());
        capture.put("state", taken.capture().state().name());
        capture.put("target", taken.capture().target().id());
        if (taken.capture().session() != null) {
          capture.put("session", taken.capture().session().name());
        }
        capture.put("joined", taken.joined());
        capture.put("statusUrl", Answers.statusUrl(request, taken.capture()));
      }
    }
    ArrayNode ignored = body.putArray("ignored");
    for (Ignored each : answer.ignored()) {
      ignored.addObject().put("target", each.target()).put("reason", each.reason());
    }
    return Answers.json(
        request, answer.captures().isEmpty() ? HttpStatus.OK : HttpStatus.ACCEPTED, body);
  }
}
