package dev.alertcapture.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Answers' bodies as trees, without an SDK that looks at them first. */
final class ErrorBody {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ErrorBody() {}

  /** A body; a missing node where it is no JSON. */
  static JsonNode parse(String body) {
    try {
      JsonNode parsed = MAPPER.readTree(body);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** What a refusal's body says of the error. */
  static JsonNode read(String body) {
    return parse(body).path("error");
  }
}
