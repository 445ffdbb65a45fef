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
import dev.alertcapture.orchestrator.Deliveries.Delivery;
import java.util.Optional;

/** GET /api/alerts: what was posted to POST /api/alerts lately, and what came of it. */
public final class DeliveriesFunction {
  private final Apps apps;

  DeliveriesFunction(Apps apps) {
    this.apps = apps;
  }

  /** The last 20 deliveries, newest first. */
  @FunctionName("Deliveries")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "alerts")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context)
      throws InterruptedException {
    return HttpAnswers.of(
        request,
        context,
        apps,
        app -> {
          ObjectNode body = HttpAnswers.object();
          ArrayNode deliveries = body.putArray("deliveries");
          app.deliveries().last().forEach(each -> put(deliveries.addObject(), each));
          return HttpAnswers.json(request, HttpStatus.OK, body);
        });
  }

  private static void put(ObjectNode out, Delivery delivery) {
    out.put("at", delivery.at().toString());
    out.put("schema", delivery.schema());
    out.put("rule", delivery.rule());
    delivery.targets().forEach(out.putArray("targets")::add);
    out.put("outcome", delivery.outcome());
    out.put("reason", delivery.reason());
    delivery.captures().forEach(out.putArray("captures")::add);
  }
}
