package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.local.AppProcess;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.simulator.Timings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With ALERT_CALLER_ID set, alerts are taken from that application alone; all else stays open. */
class SecureWebhookIT {
  private static final String AZNS = "461e8683-5575-4561-ac7f-899cc907d62a";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static String principal(String application) {
    String json =
        """
        {"auth_typ": "aad", "claims": [{"typ": "appid", "val": "%s"},
          {"typ": "roles", "val": "ActionGroupsSecureWebhook"}]}
        """
            .formatted(application);
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(AppProcess app, String path, String body, String header)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.uri().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (header != null) {
      request.header("X-MS-CLIENT-PRINCIPAL", header);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void onlyTheApplicationOfTheSettingMayPostAlerts() throws Exception {
    try (Simulator azure =
        Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()))) {
      Map<String, String> settings = StagedAppIT.settings(azure);
      settings.put("ALERT_CALLER_ID", AZNS);
      settings.put("WEBSITE_AUTH_ENABLED", "True");
      try (AppProcess app = AppProcess.start(StagedAppIT.STAGE, settings)) {
        String alert = StagedAppIT.classic("web-01", "Activated");

        HttpResponse<String> nobody = post(app, "/api/alerts", alert, null);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("Content-Type").orElse(""))
            .startsWith("application/problem+json");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(post(app, "/api/alerts?dryRun=true", alert, "%%%").statusCode()).isEqualTo(401);
        String other = principal("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
        assertThat(post(app, "/api/alerts", alert, other).statusCode()).isEqualTo(403);
        assertThat(azure.requests()).isEmpty();

        assertThat(post(app, "/api/alerts", alert, principal(AZNS)).statusCode()).isEqualTo(202);
        String byHand = "{\"target\": \"" + World.vm("web-02") + "\"}";
        assertThat(post(app, "/api/captures", byHand, null).statusCode()).isEqualTo(202);
      }
    }
  }
}
