package dev.alertcapture.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What action groups post for alerts without the common schema. */
class OtherSchemasTest {
  private static final String VM =
      "/subscriptions/5e0b/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/till-7";

  private static Alert read(String body) throws NotAnAlert {
    return new AlertReader().read(body);
  }

  private static String metric(String status, String resource) {
    return """
        {"schemaId": "AzureMonitorMetricAlert", "data": {"version": "2.0", "properties": null,
          "status": "%s", "context": {"timestamp": "2026-03-01T02:03:04.1234567Z",
          "id": "/subscriptions/5e0b/resourceGroups/shop/providers/microsoft.insights/metricAlerts/slow%%20till",
          "name": "slow till", "severity": "2", "condition": {"windowSize": "PT5M", "allOf": [
            {"metricName": "Network In Total", "operator": "LessThan", "threshold": "100",
             "timeAggregation": "Total", "metricValue": 7.5}]},
          "resourceId": "%s"}}}
        """
        .formatted(status, resource);
  }

  @Test
  void metricAlertWithoutTheCommonSchemaIsRead() throws NotAnAlert {
    Alert alert = read(metric("Activated", VM));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.METRIC);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRED);
    assertThat(alert.targets()).extracting(Object::toString).containsExactly(VM);
    assertThat(alert.region()).isNull();
    assertThat(alert.what().rule()).isEqualTo("slow till");
    assertThat(alert.what().key()).endsWith("slow%20till 2026-03-01T02:03:04.1234567Z");
    assertThat(alert.what().firedAt()).isEqualTo("2026-03-01T02:03:04.123456700Z");
    assertThat(alert.what().condition())
        .isEqualTo(
            new Alert.Condition(
                "Network In Total",
                "LessThan",
                "100",
                "7.5",
                "Total",
                Duration.ofMinutes(5),
                null));
  }

  @Test
  void metricAlertThatIsOverSaysDeactivated() throws NotAnAlert {
    assertThat(read(metric("Deactivated", VM)).state()).isEqualTo(Alert.State.RESOLVED);
  }

  @Test
  void metricAlertOnSomethingElseHasNoTarget() throws NotAnAlert {
    Alert alert = read(metric("Activated", "/subscriptions/5e0b/x"));

    assertThat(alert.targets()).isEmpty();
    assertThat(alert.others()).containsExactly("/subscriptions/5e0b/x");
  }

  @Test
  void activityLogAlertIsKnownByItsEvent() throws NotAnAlert {
    Alert alert =
        read(
            """
            {"schemaId": "Microsoft.Insights/activityLogs", "data": {"status": "Activated",
              "context": {"activityLog": {"eventDataId": "e-17", "correlationId": "c-1",
                "eventTimestamp": "2026-03-01T02:03:04+00:00", "level": "Warning",
                "operationName": "Microsoft.Resourcehealth/healthevent/Activated/action",
                "resourceId": "%s"}}}}
            """
                .formatted(VM));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.ACTIVITY_LOG);
    assertThat(alert.targets()).hasSize(1);
    assertThat(alert.what().key()).isEqualTo("e-17");
    assertThat(alert.what().firedAt()).isEqualTo("2026-03-01T02:03:04Z");
  }

  @Test
  void oldLogAlertIsOnItsWorkspaceAndNeverOnTheHostsThatItNames() throws NotAnAlert {
    Alert alert =
        read(
            """
            {"AlertRuleName": "errors", "SearchQuery": "Event", "WorkspaceId": "w",
             "SearchIntervalEndtimeUtc": "2026-03-01T02:00:00Z", "Severity": "3",
             "SearchIntervalInSeconds": 3600, "ResultCount": 2,
             "AlertThresholdOperator": "Greater Than", "AlertThresholdValue": 0,
             "AffectedConfigurationItems": ["till-7", "%s"]}
            """
                .formatted(VM));

    assertThat(alert.kind()).isEqualTo(Alert.Kind.LOG);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRED);
    assertThat(alert.targets()).isEmpty();
    assertThat(alert.what().key()).isEqualTo("errors 2026-03-01T02:00:00Z");
    assertThat(alert.what().conditions())
        .containsExactly(
            new Alert.Condition(
                "ResultCount", "Greater Than", "0", "2", null, Duration.ofHours(1), null));
  }

  @Test
  void logAlertOfApplicationInsightsStandsUnderData() throws NotAnAlert {
    Alert alert =
        read(
            """
            {"schemaId": "Microsoft.Insights/LogAlert", "data": {"AlertRuleName": "slow",
             "SearchIntervalEndtimeUtc": "3/1/2026 1:36:33 PM", "ResourceId": "/subscriptions/x"}}
            """);

    assertThat(alert.kind()).isEqualTo(Alert.Kind.LOG);
    assertThat(alert.others()).containsExactly("/subscriptions/x");
    assertThat(alert.what().firedAt()).isNull();
    assertThat(alert.what().key()).isEqualTo("slow 3/1/2026 1:36:33 PM");
  }
}
