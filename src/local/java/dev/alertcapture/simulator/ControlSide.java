package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The simulator's own calls under {@code /_sim}, for tests and for the curious; no token needed.
 */
final class ControlSide {
  static final String PREFIX = "/_sim/";

  private final Simulator simulator;

  ControlSide(Simulator simulator) {
    this.simulator = simulator;
  }

  Answer answer(Call call) {
    String what = call.method() + " " + call.path().substring(PREFIX.length());
    try {
      switch (what) {
        case "GET requests" -> {
          return requests();
        }
        case "GET sessions" -> {
          return sessions();
        }
        case "DELETE requests" -> simulator.clearRequests();
        case "PUT inventory" -> simulator.mergeInventory(Json.read(call.body(), JsonNode.class));
        case "POST faults" -> simulator.addFault(Json.read(call.body(), Fault.class));
        case "DELETE faults" -> simulator.clearFaults();
        default -> {
          return problem(
              404,
              "The control side has GET and DELETE requests, GET sessions, PUT inventory, POST and DELETE faults.");
        }
      }
      return Answer.empty(204);
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
  }

  private Answer requests() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (RecordedRequest each : simulator.requests()) {
      all.addObject()
          .put("time", each.time().toString())
          .put("method", each.method())
          .put("path", each.path())
          .put("query", each.query())
          .put("status", each.status())
          .put("body", each.body());
    }
    return Answer.json(200, all);
  }

  private Answer sessions() {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (SimulatedSession each : simulator.sessions()) {
      ObjectNode session = all.addObject();
      session.setAll((ObjectNode) each.resource());
      session
          .put("state", each.state())
          .put("deleting", each.deleting())
          .put("watcher", each.watcher());
    }
    return Answer.json(200, all);
  }

  private static Answer problem(int status, String message) {
    return ArmError.frontEnd(status, "SimulatorBadControlCall", message).answer();
  }
}
