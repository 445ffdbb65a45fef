package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A refusal in ARM's form. Codes are Azure's own (docs/design/azure.md, "Errors and limits"),
 * except those that start with {@code Simulator}: those stand where nobody has shown what Azure
 * says.
 */
final class ArmError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final boolean withDetails;
  private final String detail;

  private ArmError(int status, String code, String message, boolean withDetails, String detail) {
    super(message);
    this.status = status;
    this.code = code;
    this.withDetails = withDetails;
    this.detail = detail;
  }

  /** In the form of ARM's front end, which has no details. */
  static ArmError frontEnd(int status, String code, String message) {
    return new ArmError(status, code, message, false, null);
  }

  /** In the form of Microsoft.Network, which always has details. */
  static ArmError network(int status, String code, String message) {
    return new ArmError(status, code, message, true, null);
  }

  static ArmError captureNotFound(String id) {
    return network(404, "NotFound", "Resource " + id + " not found.");
  }

  static ArmError resourceNotFound(String type, String name, String group) {
    return frontEnd(
        404,
        "ResourceNotFound",
        "The Resource '%s/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(type, name, group));
  }

  /** A body that cannot be parsed, or with a member that is not known. */
  static ArmError unparsable(String detail) {
    return new ArmError(400, "InvalidRequestFormat", "Cannot parse the request.", true, detail);
  }

  Answer answer() {
    ObjectNode error = body(code, getMessage());
    if (withDetails) {
      var details = error.putArray("details");
      if (detail != null) {
        details.add(body("InvalidJson", detail));
      }
    }
    return Answer.json(status, Json.object("error", error));
  }

  private static ObjectNode body(String code, String message) {
    return Json.object().put("code", code).put("message", message);
  }
}
