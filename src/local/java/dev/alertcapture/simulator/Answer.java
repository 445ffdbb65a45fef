package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What is sent back: status, headers, and the whole body. */
final class Answer {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final byte[] body;

  private Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  static Answer of(int status, byte[] body, String contentType) {
    return new Answer(status, body).with("Content-Type", contentType);
  }

  static Answer empty(int status) {
    return new Answer(status, new byte[0]);
  }

  static Answer json(int status, JsonNode body) {
    return of(status, Json.bytes(body), "application/json; charset=utf-8");
  }

  /** The headers that ARM puts on every answer (recording 01), unless the answer has its own. */
  Answer asArm(String method) {
    headers.putIfAbsent("x-ms-request-id", UUID.randomUUID().toString());
    headers.put("x-ms-correlation-request-id", UUID.randomUUID().toString());
    headers.put("Cache-Control", "no-cache");
    headers.put("Pragma", "no-cache");
    headers.put("Expires", "-1");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(remainingHeader(method), method.equals("GET") ? "249" : "199");
    return this;
  }

  private static String remainingHeader(String method) {
    return switch (method) {
      case "GET" -> "x-ms-ratelimit-remaining-subscription-reads";
      case "DELETE" -> "x-ms-ratelimit-remaining-subscription-deletes";
      default -> "x-ms-ratelimit-remaining-subscription-writes";
    };
  }

  Answer with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
