package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A capture that a person asks for: {@code {"target": ID}}. */
final class HandReader {
  static final String EXPECTED =
      "Send {\"target\": ID}, with the ARM id of a virtual machine or scale set, and nothing else.";

  private HandReader() {}

  static Alert read(JsonNode body) throws NotAnAlert {
    String id = new Fields(body).text("target");
    Parts.Targets targets = Parts.targets(id == null ? List.of() : List.of(id));
    if (targets.ours().isEmpty() || body.size() > 1) {
      throw new NotAnAlert(EXPECTED);
    }
    Alert.Details what = new Alert.Details("by hand", null, "by hand", null, null, null, null);
    return new Alert(Alert.Kind.HAND, Alert.State.FIRED, targets.ours(), List.of(), null, what);
  }
}
