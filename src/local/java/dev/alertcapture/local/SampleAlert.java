package dev.alertcapture.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The sample alert of the documented PowerShell function: a classic metric alert on the simulator's
 * {@code web-01}.
 *
 * <p>Its shape is the classic schema of docs/design/alerts.md, "Schemas" and "Values": numbers are
 * text, the window is in minutes.
 */
final class SampleAlert {
  static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  static final String GROUP_ID =
      "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG";
  static final String TARGET = GROUP_ID + "/providers/Microsoft.Compute/virtualMachines/web-01";

  private SampleAlert() {}

  static String firedAt(Instant now) {
    return on("web-01", now);
  }

  /** The sample on one of the simulator's machines, in one line. */
  static String on(String machine, Instant now) {
    String target = TARGET.replace("web-01", machine);
    ObjectNode alert = new ObjectMapper().createObjectNode();
    alert.put("status", "Activated");
    ObjectNode context = alert.putObject("context");
    context.put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
    context.put("id", GROUP_ID + "/providers/microsoft.insights/alertrules/TcpSegmentsSent");
    context.put("name", "TcpSegmentsSent");
    context.put("description", machine + " sends more TCP segments than usual");
    context.put("conditionType", "Metric");
    ObjectNode condition = context.putObject("condition");
    condition.put("metricName", "TCP segments sent");
    condition.put("metricUnit", "Count");
    condition.put("metricValue", "318");
    condition.put("threshold", "100");
    condition.put("windowSize", "5");
    condition.put("timeAggregation", "Average");
    condition.put("operator", "GreaterThan");
    context.put("subscriptionId", SUBSCRIPTION);
    context.put("resourceGroupName", "PacketCaptureRG");
    context.put("resourceName", machine);
    context.put("resourceType", "Microsoft.Compute/virtualMachines");
    context.put("resourceId", target);
    context.put("resourceRegion", "westcentralus");
    context.put("portalLink", "https://portal.azure.com/#resource" + target);
    alert.putObject("properties");
    return alert.toString();
  }
}
