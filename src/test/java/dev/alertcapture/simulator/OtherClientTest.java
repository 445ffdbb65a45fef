package dev.alertcapture.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.testing.NodeProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client of another make, Microsoft's own for JavaScript, takes the simulator for Azure: it
 * lists, creates, queries, stops and deletes a session.
 */
@Tag("node")
class OtherClientTest {
  private static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";
  private static final String GROUP =
      "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/";
  private static final Duration TICK_TIMEOUT = Duration.ofSeconds(60);

  @Test
  void officialJavaScriptClientLeadsASessionFromStartToEnd() throws Exception {
    NodeProgram client = NodeProgram.in("src/test/arm-client");
    try (Simulator azure =
        Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()))) {
      List<JsonNode> said = run(client, azure.uri().toString());

      assertThat(said)
          .extracting(each -> each.path("what").asText())
          .containsExactly("listed", "created", "running", "stopped", "listed", "listed", "gone");
      assertThat(said.get(1).path("state").asText()).isEqualTo("Succeeded");
      assertThat(said.get(1).path("path").asText()).contains("/network-watcher-logs/");
      assertThat(said.get(2).path("status").asText()).isEqualTo("Running");
      assertThat(said.get(3).path("status").asText()).isEqualTo("Stopped");
      assertThat(said.get(3).path("reason").asText()).isEqualTo("Manual");
      assertThat(said.get(4).at("/names/0").asText()).isEqualTo("by-another-client");
      assertThat(said.get(5).path("names")).isEmpty();
      assertThat(said.get(6).path("status").asInt()).isEqualTo(404);
      assertThat(said.get(6).path("code").asText()).isEqualTo("NotFound");
    }
  }

  private static List<JsonNode> run(NodeProgram client, String endpoint)
      throws IOException, InterruptedException {
    Process process =
        client.start(
            "sessions.mjs",
            endpoint,
            SUBSCRIPTION,
            GROUP + "Microsoft.Compute/virtualMachines/web-01",
            GROUP + "Microsoft.Storage/storageAccounts/pcapstore");
    process.getOutputStream().close();
    boolean ended = process.waitFor(TICK_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    String output;
    try {
      assertThat(ended).as("the client ends by itself").isTrue();
      output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(output).isZero();
    } finally {
      process.destroyForcibly();
    }
    List<JsonNode> said = new ArrayList<>();
    for (String line : output.lines().toList()) {
      said.add(new ObjectMapper().readTree(line));
    }
    return said;
  }
}
