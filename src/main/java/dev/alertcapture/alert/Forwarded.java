package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Bodies that somebody has put around an alert on its way (docs/design/alerts.md, "Schemas": not a
 * direct delivery). They are refused: whoever unpacks them here would soon unpack them wrongly.
 */
final class Forwarded {
  private Forwarded() {}

  /** What to send instead, or empty where the body is nothing of the kind. */
  static Optional<String> advice(JsonNode root) {
    Fields body = new Fields(root);
    if (body.has("WebhookName") && body.has("RequestBody")) {
      return Optional.of(
          "This is what an Automation runbook is given, with the alert in RequestBody. Let the"
              + " action group call this function itself, or post the content of RequestBody alone.");
    }
    if (body.has("headers") && body.has("body")) {
      return Optional.of(
          "This is the output of a Logic App's trigger, with the alert in body. Post that alone,"
              + " @triggerBody(), or let the action group call this function itself.");
    }
    Fields first = root.isArray() ? new Fields(root.path(0)) : body;
    boolean grid = first.has("eventType") && (first.has("topic") || first.has("subject"));
    if (grid || (first.has("specversion") && first.has("type"))) {
      return Optional.of(
          "This is an event of Event Grid, not an alert. Let an alert rule's action group call this"
              + " function, or post {\"target\": ID} to /api/captures.");
    }
    if (body.in("properties").in("essentials").isObject()) {
      return Optional.of(
          "This is an alert as the Alerts Management API shows it. Post what the action group sends,"
              + " or {\"target\": ID} to /api/captures.");
    }
    if (root.isArray()) {
      return Optional.of("This is a list. Post one alert at a time, as an action group does.");
    }
    return Optional.empty();
  }
}
