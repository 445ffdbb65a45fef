package dev.alertcapture.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells a capture's way in lines, each step once, from the answers of {@code GET
 * /api/captures/{id}}.
 */
final class CaptureProgress {
  private static final Set<String> TERMINAL = Set.of("COMPLETED", "FAILED", "REJECTED");

  private final Instant alertSent;
  private int historyTold;
  private boolean endTold;

  CaptureProgress(Instant alertSent) {
    this.alertSent = alertSent;
  }

  static boolean isTerminal(JsonNode capture) {
    return TERMINAL.contains(capture.path("state").asText());
  }

  static boolean isCompleted(JsonNode capture) {
    return capture.path("state").asText().equals("COMPLETED");
  }

  /** Whether every channel of the capture has been told. */
  static boolean isNotified(JsonNode capture) {
    JsonNode notifications = capture.path("notifications");
    for (JsonNode notification : notifications) {
      if (!notification.path("status").asText().equals("SENT")) {
        return false;
      }
    }
    return !notifications.isEmpty();
  }

  /** What is new in this answer. */
  List<String> news(JsonNode capture, Instant now) {
    List<String> lines = new ArrayList<>();
    JsonNode history = capture.path("history");
    for (; historyTold < history.size(); historyTold++) {
      JsonNode entry = history.get(historyTold);
      lines.add(
          line(
              time(entry.path("at").asText(), now),
              entry.path("state").asText(),
              entry.path("note").asText()));
    }
    if (isTerminal(capture) && !endTold) {
      endTold = true;
      addEnd(lines, capture, now);
    }
    return lines;
  }

  /** A line with the seconds since the alert was sent. */
  String line(Instant at, String what, String text) {
    double seconds = Math.max(0, Duration.between(alertSent, at).toMillis()) / 1000.0;
    return String.format(Locale.ROOT, "%6.1f s  %-10s %s", seconds, what, text).stripTrailing();
  }

  private void addEnd(List<String> lines, JsonNode capture, Instant now) {
    JsonNode reason = capture.path("reason");
    if (reason.isObject()) {
      lines.add(line(now, "reason", reason.path("message").asText()));
      lines.add(line(now, "remedy", reason.path("remedy").asText()));
    }
    JsonNode file = capture.path("file");
    if (file.isObject()) {
      String size = file.path("bytes").isNumber() ? file.path("bytes").asLong() + " bytes, " : "";
      lines.add(
          line(
              now,
              "file",
              file.path("path").asText() + " (" + size + file.path("status").asText() + ")"));
    }
  }

  private static Instant time(String text, Instant otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
