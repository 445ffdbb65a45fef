package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.StagedAppIT.Said;
import dev.alertcapture.local.AppProcess;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.simulator.Timings;
import dev.alertcapture.table.Azurite;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The app as it is deployed, on a table: what one process took, another carries on. */
class DurableAppIT {
  @Test
  void captureOfAKilledProcessIsCarriedOnByTheNext() throws Exception {
    try (Azurite azurite = Azurite.start();
        Simulator azure =
            Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()))) {
      Map<String, String> settings = StagedAppIT.settings(azure);
      settings.put("CAPTURE_STORE", "table");
      settings.put("AzureWebJobsStorage", azurite.connectionString());
      settings.put("CAPTURE_TIME_LIMIT", "PT3S");
      JsonNode taken;
      try (AppProcess first = AppProcess.start(StagedAppIT.STAGE, settings)) {
        Said said = alert(first);
        assertThat(said.status()).as(first.output().toString()).isEqualTo(202);
        taken = said.body().at("/captures/0");
        first.kill();
      }

      try (AppProcess second = AppProcess.start(StagedAppIT.STAGE, settings)) {
        Said again = alert(second);
        assertThat(again.body().at("/captures/0/id")).isEqualTo(taken.path("id"));
        assertThat(again.body().at("/captures/0/joined").asBoolean()).isTrue();

        URI statusUrl = URI.create(taken.path("statusUrl").asText());
        JsonNode seen = StagedAppIT.untilEnded(second, statusUrl);
        assertThat(seen.path("state").asText()).as(seen.toString()).isEqualTo("COMPLETED");
        assertThat(azure.sessions()).hasSize(1);
      }
    }
  }

  private static Said alert(AppProcess app) throws Exception {
    return StagedAppIT.send(app, "POST", "/api/alerts", StagedAppIT.classic("web-01", "Activated"));
  }
}
