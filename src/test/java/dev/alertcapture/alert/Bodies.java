package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Bodies made to docs/design/alerts.md, "Where to read each thing" and "Values", and their
 * variations.
 */
final class Bodies {
  static final String GROUP = "/subscriptions/0aa1-b/resourcegroups/shop.rg";
  static final String COMPUTE = GROUP + "/providers/microsoft.compute";
  static final String VM = COMPUTE + "/virtualmachines/till-7";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Bodies() {}

  static ObjectNode common() {
    return object(
        """
        {"schemaId": "azureMonitorCommonAlertSchema",
         "data": {
           "essentials": {
             "alertId": "/subscriptions/9/providers/Microsoft.AlertsManagement/alerts/77-aa",
             "alertRule": "Retransmits 5%% <prod>",
             "severity": "Sev2",
             "signalType": "Metric",
             "monitorCondition": "Fired",
             "monitoringService": "Platform",
             "alertTargetIDs": ["%s"],
             "firedDateTime": "2026-03-01T04:05:06.789Z",
             "description": "Till 7 is slow",
             "essentialsVersion": "1.0"},
           "alertContext": {
             "conditionType": "SingleResourceMultipleMetricCriteria",
             "condition": {
               "windowSize": "PT5M",
               "allOf": [
                 {"metricName": "TCP Retransmits", "operator": "GreaterThan",
                  "threshold": "25", "timeAggregation": "Total", "metricValue": 31.5},
                 {"metricName": "Another", "metricValue": 1}]}},
           "customProperties": null}}"""
            .formatted(VM));
  }

  static ObjectNode classic() {
    return object(
        """
        {"status": "Activated",
         "context": {
           "timestamp": "2018-02-03T04:05:06.1234567Z",
           "id": "%s/providers/microsoft.insights/alertrules/slow",
           "name": "slow",
           "description": "Till 7 is slow",
           "conditionType": "Metric",
           "condition": {"metricName": "TCP segments", "operator": "LessThan",
             "threshold": "1", "metricValue": "0.5", "metricUnit": "Count",
             "timeAggregation": "Average", "windowSize": "15"},
           "resourceId": "%s",
           "resourceRegion": "West Central US"},
         "properties": {}}"""
            .formatted(GROUP, VM));
  }

  static ObjectNode common(Consumer<ObjectNode> essentials) {
    ObjectNode body = common();
    essentials.accept((ObjectNode) body.at("/data/essentials"));
    return body;
  }

  static ObjectNode classic(Consumer<ObjectNode> context) {
    ObjectNode body = classic();
    context.accept((ObjectNode) body.get("context"));
    return body;
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object(String text) {
    return (ObjectNode) json(text);
  }

  static String pascalCase(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The same body with each property's name spelled otherwise. */
  static JsonNode renamed(JsonNode node, UnaryOperator<String> spelling) {
    if (node.isObject()) {
      ObjectNode out = MAPPER.createObjectNode();
      node.properties()
          .forEach(p -> out.set(spelling.apply(p.getKey()), renamed(p.getValue(), spelling)));
      return out;
    }
    if (node.isArray()) {
      ArrayNode out = MAPPER.createArrayNode();
      node.forEach(each -> out.add(renamed(each, spelling)));
      return out;
    }
    return node;
  }

  static Alert read(JsonNode body) throws NotAnAlert {
    return new AlertReader().read(body.toString());
  }
}
