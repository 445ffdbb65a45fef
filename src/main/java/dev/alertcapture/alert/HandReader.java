package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A capture that a person asks for: {@code {"target": ID, "options": {…}}}. */
final class HandReader {
  static final String EXPECTED =
      "Send {\"target\": ID}, with the ARM id of a virtual machine or scale set, and nothing else but"
          + " \"options\": timeLimit, bytesPerPacket, bytesPerSession, filters.";

  private static final Set<String> MEMBERS = Set.of("target", "options");

  private HandReader() {}

  static Alert read(JsonNode body) throws NotAnAlert {
    Fields fields = new Fields(body);
    SchemaFields.Targets targets = SchemaFields.target(fields.text("target"));
    Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    members.addAll(MEMBERS);
    boolean right = !fields.has("options") || fields.in("options").isObject();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      right &= members.contains(member.getKey());
    }
    if (targets.ours().isEmpty() || !right) {
      throw new NotAnAlert(EXPECTED);
    }
    Map<String, String> options = fields.in("options").startingWith("");
    Alert.Details what = new Alert.Details("by hand", null, "by hand", null, null, null, null);
    return targets.alert(Alert.Kind.HAND, Alert.State.FIRED, options, what);
  }
}
