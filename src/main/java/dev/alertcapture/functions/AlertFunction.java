package dev.alertcapture.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/**
 * POST /api/alerts: what an Azure Monitor action group calls. It waits 10 s for an answer at most,
 * tries 503 again for 75 s and nothing else, and silences the endpoint for 15 minutes when calls
 * fail (docs/design/alerts.md, "Delivery"); so whatever is an alert is answered with 2xx.
 */
public final class AlertFunction {
  // The worker gives names of headers in lower case.
  private static final String PRINCIPAL = "x-ms-client-principal";

  private final AlertAnswers answers;

  AlertFunction(Apps apps) {
    this.answers =
        new AlertAnswers(
            apps,
            (app, request) -> app.judge(request.getHeaders().get(PRINCIPAL)),
            (app, body) -> app.alerts().read(body));
  }

  // A byte[] would be nearer to what was sent, but the worker gives JSON as text only.
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
    return answers.answer(request, request.getBody().orElse(""), context);
  }
}
