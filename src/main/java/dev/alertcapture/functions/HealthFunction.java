package dev.alertcapture.functions;

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
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.health.Check;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.store.StoreTime;
import dev.alertcapture.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GET /api/health: whether captures can work, and what to do where they can't. */
public final class HealthFunction {
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(8);

  private final Apps apps;

  HealthFunction(Apps apps) {
    this.apps = apps;
  }

  /** All checks; with {@code ?target=ID} also those of one machine. */
  @FunctionName("Health")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "health")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    try {
      App app = apps.get();
      Deadline deadline = app.call(RESPONSE_TIMEOUT, context.getLogger()).deadline();
      List<Check> checks =
          new ArrayList<>(StoreTime.within(RESPONSE_TIMEOUT, () -> app.health().checks(deadline)));
      String id = request.getQueryParameters().get("target");
      if (id != null) {
        Optional<Target> target = Target.parse(id);
        if (target.isEmpty()) {
          return HttpAnswers.problem(
              request,
              HttpStatus.BAD_REQUEST,
              "Bad query",
              "target is the ARM id of a virtual machine or scale set");
        }
        checks.addAll(app.health().checks(target.get(), deadline));
      }
      return answer(request, checks);
    } catch (BadSettings e) {
      return answer(request, List.of(Check.badSettings(e.getMessage())));
    }
  }

  private static HttpResponseMessage answer(HttpRequestMessage<?> request, List<Check> checks) {
    boolean ok = checks.stream().allMatch(Check::ok);
    ObjectNode body = HttpAnswers.object();
    HttpAnswers.put(body, checks);
    return HttpAnswers.json(request, ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, body);
  }
}
