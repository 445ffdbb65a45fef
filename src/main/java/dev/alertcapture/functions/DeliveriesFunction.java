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
import dev.alertcapture.capture.Deliveries.Delivery;
import dev.alertcapture.settings.BadSettings;
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
      ExecutionContext context) {
    try {
      ObjectNode body = Answers.object();
      ArrayNode deliveries = body.putArray("deliveries");
      for (Delivery delivery : apps.get().deliveries().last()) {
        ObjectNode each = deliveries.addObject();
        each.put("at", delivery.at().toString());
        each.put("schema", delivery.schema());
        each.put("rule", delivery.rule());
        delivery.targets().forEach(each.putArray("targets")::add);
        each.put("outcome", delivery.outcome());
        each.put("reason", delivery.reason());
      }
      return Answers.json(request, HttpStatus.OK, body);
    } catch (BadSettings e) {
      return Answers.wrongSettings(request, context, e);
    }
  }
}
