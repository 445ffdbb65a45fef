package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Bodies that somebody has put around an alert on its way (docs/design/alerts.md, "Schemas": not a
 * direct delivery). They are refused: whoever unpacks them here would soon unpack them wrongly.
 */
final class Forwarded {
  private static final int MAX_MEMBERS = 20;

  private Forwarded() {}

  /** Members in which alerts were seen, so that they can be called by their names. */
  private static final List<String> WRAPPERS =
      List.of("data", "body", "payload", "alert", "event", "message", "content", "value");

  /** What to send instead where one of the body's members is an alert. */
  static Optional<String> wrapped(JsonNode root, Predicate<Fields> isAlert) {
    int looked = 0;
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (looked++ < MAX_MEMBERS
          && member.getValue().isObject()
          && isAlert.test(new Fields(member.getValue()))) {
        // A name that is not known is the sender's own text, and not repeated.
        String name = member.getKey().toLowerCase(Locale.ROOT);
        String where =
            WRAPPERS.contains(name) ? "the member \"" + name + "\"" : "one of the body's members";
        return Optional.of(
            "The alert stands in "
                + where
                + ": somebody put another body around it on its way. Post what stands there alone, or"
                + " let the action group call this function itself.");
      }
    }
    return Optional.empty();
  }

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
