package dev.alertcapture.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.traffic.Incident;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * The alert of an incident on one of the simulator's machines: a metric alert in the common schema.
 *
 * <p>Its shape is that of docs/design/alerts.md, "Schemas" and "Values": thresholds are text,
 * metric values numbers, ids of machines in lower case.
 */
final class SampleAlert {
  static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  static final String GROUP_ID =
      "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG";

  /** The machine that the local run sends its sample alert for. */
  static final String TARGET = machine("web-01");

  private static final Duration WINDOW = Duration.ofMinutes(5);

  private SampleAlert() {}

  static String machine(String name) {
    return GROUP_ID + "/providers/Microsoft.Compute/virtualMachines/" + name;
  }

  /**
   * The alert in one line, fired just now.
   *
   * @param target a machine's id
   */
  static String of(Incident incident, String target, Instant now) {
    Instant fired = now.truncatedTo(ChronoUnit.MILLIS);
    ObjectNode alert = new ObjectMapper().createObjectNode();
    alert.put("schemaId", "azureMonitorCommonAlertSchema");
    ObjectNode data = alert.putObject("data");
    ObjectNode essentials = data.putObject("essentials");
    essentials.put(
        "alertId",
        "/subscriptions/%s/providers/Microsoft.AlertsManagement/alerts/%s"
            .formatted(SUBSCRIPTION, idOf(target, fired)));
    essentials.put("alertRule", "High " + incident.metric());
    essentials.put("severity", "Sev2");
    essentials.put("signalType", "Metric");
    essentials.put("monitorCondition", "Fired");
    essentials.put("monitoringService", "Platform");
    essentials.putArray("alertTargetIDs").add(target.toLowerCase(Locale.ROOT));
    essentials.put("firedDateTime", fired.toString());
    essentials.put("description", "");
    essentials.put("essentialsVersion", "1.0");
    essentials.put("alertContextVersion", "1.0");
    ObjectNode context = data.putObject("alertContext");
    context.putNull("properties");
    context.put("conditionType", "SingleResourceMultipleMetricCriteria");
    ObjectNode condition = context.putObject("condition");
    condition.put("windowSize", WINDOW.toString());
    ObjectNode criterion = condition.putArray("allOf").addObject();
    criterion.put("metricName", incident.metric());
    criterion.put("metricNamespace", incident.namespace());
    criterion.put("operator", "GreaterThan");
    criterion.put("threshold", number(incident.threshold()).asText());
    criterion.put("timeAggregation", incident.aggregation());
    criterion.putArray("dimensions");
    criterion.set("metricValue", number(incident.value()));
    condition.put("windowStartTime", fired.minus(WINDOW).toString());
    condition.put("windowEndTime", fired.toString());
    data.putObject("customProperties");
    return alert.toString();
  }

  /** Another one for each firing, as Azure has it. */
  private static UUID idOf(String target, Instant fired) {
    return UUID.nameUUIDFromBytes((target + " " + fired).getBytes(StandardCharsets.UTF_8));
  }

  /** Whole numbers without a fraction or an exponent. */
  private static NumericNode number(double value) {
    return value == Math.rint(value) ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
  }
}
