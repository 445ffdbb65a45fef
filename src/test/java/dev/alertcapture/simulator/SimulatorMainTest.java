package dev.alertcapture.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorMainTest {
  @Test
  void itsDefaultsAreThePortOfTheLocalRunAndAzuresTimings() throws IOException {
    SimulatorOptions options = SimulatorMain.options(new String[] {}, name -> null);
    assertThat(options.port()).isEqualTo(7072);
    assertThat(options.timings()).isEqualTo(Timings.azure());
    assertThat(options.inventory()).isNull();
  }

  @Test
  void propertiesSetEverything(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("i.json"), "{\"unknownTargets\": \"westus\"}");
    Map<String, String> properties =
        Map.of(
            "sim.port", "0",
            "sim.inventory", file.toString(),
            "sim.create", "PT1S",
            "sim.stop", "PT2S",
            "sim.delete", "PT3S",
            "sim.fileMove", "PT4S",
            "sim.query", "PT5S");
    SimulatorOptions options = SimulatorMain.options(new String[] {}, properties::get);
    assertThat(options.port()).isZero();
    assertThat(options.inventory().get("unknownTargets").asText()).isEqualTo("westus");
    assertThat(options.timings())
        .isEqualTo(
            new Timings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5)));
  }

  @Test
  void argumentsComeBeforeProperties(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("i.json"), "{}");
    SimulatorOptions options =
        SimulatorMain.options(new String[] {"7073", file.toString()}, Map.of("sim.port", "1")::get);
    assertThat(options.port()).isEqualTo(7073);
    assertThat(options.inventory()).isEmpty();
  }
}
