package dev.alertcapture;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.functions.Calls.Said;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.simulator.RecordedRequest;
import dev.alertcapture.target.Target;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What Jazzer calls with mutated bodies: whatever is posted, the app answers as it says it does,
 * captures nothing but what the body names as a target of something that has fired, and sends to
 * Azure nothing but our few requests. Jazzer itself watches for injections of its own, and for
 * connections to anywhere but this machine. {@link AlertFuzzIT} runs it.
 */
public final class AlertFuzz {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<Integer> ANSWERS = Set.of(200, 202, 400, 413);
  private static final String SEGMENT = "/[A-Za-z0-9._~%()-]+";
  private static final String REQUESTS =
      "/subscriptions"
          + SEGMENT
          + "(/resourceGroups"
          + SEGMENT
          + ")?(/providers("
          + SEGMENT
          + ")+)";

  private static World world;

  private AlertFuzz() {}

  /** Called once. */
  public static void fuzzerInitialize() throws BadSettings {
    BugDetectors.allowNetworkConnections((host, port) -> host.matches("127\\.0\\.0\\.1|localhost"));
    world = new World().with("CAPTURE_ALERT_KINDS", "Metric,Log,ActivityLog,ResourceHealth,Other");
  }

  /** Called with each body. */
  public static void fuzzerTestOneInput(byte[] data) {
    String body = new String(data, StandardCharsets.UTF_8);
    int before = world.azure.requests().size();
    Said said = world.http("alerts", body);
    check(ANSWERS.contains(said.status()), "answered " + said);
    for (JsonNode capture : said.body().path("captures")) {
      mayCapture(body, capture.path("target").asText());
    }
    for (RecordedRequest request :
        world.azure.requests().subList(before, world.azure.requests().size())) {
      check(request.path().matches(REQUESTS), "asked Azure for " + request.path());
    }
  }

  /** What the readers decide, from the other end: each text of the body is looked at. */
  private static void mayCapture(String body, String target) {
    Set<String> ids = new HashSet<>();
    boolean fired;
    try {
      String json = body.startsWith("\uFEFF") ? body.substring(1) : body;
      fired = fired(MAPPER.readTree(json), "", ids);
    } catch (JsonProcessingException e) {
      throw new AssertionError("captured " + target + " for what is no JSON", e);
    }
    Target captured = Target.parse(target).orElseThrow();
    check(
        ids.contains(captured.key())
            || ids.contains(captured.resourceId().toLowerCase(Locale.ROOT)),
        "captured " + target + ", which is not named");
    check(fired, "captured " + target + ", though nothing has fired");
  }

  private static boolean fired(JsonNode node, String name, Set<String> ids) {
    boolean fired = name.equalsIgnoreCase("AlertRuleName");
    if (node.isTextual()) {
      String text = node.asText().strip().toLowerCase(Locale.ROOT);
      ids.add(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean state = name.equalsIgnoreCase("status") || name.equalsIgnoreCase("monitorCondition");
      fired |= state && (text.equals("fired") || text.equals("activated"));
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      fired |= fired(property.getValue(), property.getKey(), ids);
    }
    if (node.isArray()) {
      for (JsonNode each : node) {
        fired |= fired(each, name, ids);
      }
    }
    return fired;
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
