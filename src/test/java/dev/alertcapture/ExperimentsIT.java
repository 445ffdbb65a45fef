package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.local.AppProcess;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.simulator.Timings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of docs/experiments.md, as far as it goes without Azure: its own function beside the
 * staged app, the app's calls, and the requests to Azure Resource Manager.
 */
class ExperimentsIT {
  private static final String KEY = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AzFuABCDEF==";

  private record Ran(int code, String said) {}

  private static Ran run(Map<String, String> environment, String... steps) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder(
            Stream.concat(Stream.of("bash", "infra/experiments"), Stream.of(steps)).toList());
    script.environment().putAll(environment);
    Process process = script.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  @Test
  void everyStepRunsOrSaysThatItNeedsAzureAndTheTranscriptHoldsNoSecret(@TempDir Path folder)
      throws Exception {
    Path transcript = folder.resolve("transcript.txt");
    try (Simulator azure =
        Simulator.start(SimulatorOptions.defaults().withTimings(Timings.instant()))) {
      Map<String, String> environment =
          new HashMap<>(
              Map.of(
                  "SIMULATOR", azure.uri().toString(),
                  "KEY", KEY,
                  "TRANSCRIPT", transcript.toString()));
      Ran made = run(environment, "package", "make", "code");
      assertThat(made.code()).as(made.said()).isZero();
      Map<String, String> settings = new HashMap<>(StagedAppIT.settings(azure));
      settings.put("CAPTURE_COOLDOWN", "PT0S");
      settings.put("WEBSITE_SITE_NAME", "captures");
      settings.put("WEBSITE_SECRET", "hunter2");
      try (AppProcess app = AppProcess.start(Path.of("target/experiments/probe"), settings)) {
        environment.put("APP_URL", app.uri().toString());
        Ran ran =
            run(
                environment,
                "variables",
                "capture",
                "alert",
                "scale-set",
                "operations",
                "ring",
                "flow",
                "authentication",
                "gap",
                "punctuality",
                "tear-down");
        assertThat(ran.code()).as(ran.said()).isZero();
      }
    }
    assertGoodTranscript(Files.readString(transcript));
  }

  private static void assertGoodTranscript(String transcript) throws IOException {
    assertThat(transcript)
        .contains("  WEBSITE_SECRET\n  WEBSITE_SITE_NAME=captures\n")
        .contains("  x-ms-client-principal\n    is not Base64")
        // The magic number of a capture file.
        .contains("0000000 d4 c3 b2 a1")
        .contains("\"outcome\":\"accepted\"")
        .contains("<Name>")
        .contains("\"status\":\"Succeeded\"");
    for (String title : List.of("make", "code", "authentication", "gap", "punctuality")) {
      assertThat(transcript)
          .containsPattern(
              "## " + title + ": .*\n\\S+ skipped: the simulator does not go that far");
    }
    assertThat(transcript)
        .doesNotContain(KEY, "Bearer", "hunter2")
        .doesNotContainPattern("[?&](t|c|s|h|sig|code)=[^…\\s]")
        .doesNotContainPattern("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }
}
