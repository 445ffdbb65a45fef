package dev.alertcapture.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.azure.AzureProblem;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Sessions.Operation;
import dev.alertcapture.capture.Sessions.Progress;
import java.time.Duration;
import java.util.Locale;

/**
 * What an operation's status URL answers: always 200, the outcome in the body
 * (docs/design/azure.md, "Operations").
 */
final class OperationBody {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OperationBody() {}

  static Operation read(String body, Duration retryAfter) throws PortException {
    try {
      JsonNode said = MAPPER.readTree(body == null ? "" : body);
      return switch (said.path("status").asText("").toLowerCase(Locale.ROOT)) {
        case "succeeded" -> new Operation(Progress.SUCCEEDED, null, null);
        case "failed", "canceled", "cancelled" ->
            new Operation(Progress.FAILED, null, error(said.path("error")));
        default -> new Operation(Progress.IN_PROGRESS, retryAfter, null);
      };
    } catch (JsonProcessingException e) {
      throw PortException.unavailable("an operation's answer was no JSON", retryAfter);
    }
  }

  private static String error(JsonNode error) {
    String code = error.path("code").asText("");
    String message = error.path("message").asText("");
    return AzureProblem.clean((code + " " + message).strip());
  }
}
