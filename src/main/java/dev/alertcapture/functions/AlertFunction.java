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
import dev.alertcapture.capture.Invocation;
import dev.alertcapture.settings.BadSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;

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
      App app = apps.get();
      Alert alert = app.alerts().read(body);
      Invocation call = app.call(ANSWERS_WITHIN, context.getLogger());
      return answer(request, app.orchestrator().answer(alert, call));
    } catch (NotAnAlert e) {
      return Answers.problem(request, HttpStatus.BAD_REQUEST, "Not an alert", e.getMessage());
    } catch (BadSettings e) {
      context.getLogger().log(Level.SEVERE, "wrong settings: {0}", e.getMessage());
      return Answers.problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Wrong settings",
          "The app's settings can't be used; its log says which.");
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
