package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import dev.alertcapture.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Mutates the corpus, always in the same way, and looks at what comes of it. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class AlertFuzzIT {
  private static final int RUNS = Seeds.ordeal() ? 20_000 : 2_000;
  private static final long SEED = Seeds.given().orElse(7);

  @TempDir private Path folder;

  @Test
  void noMutatedAlertBreaksTheAppOrStartsWhatItShouldNot() throws Exception {
    Path log = folder.resolve("log");
    Path findings = Files.createDirectory(folder.resolve("findings"));
    Process process =
        new ProcessBuilder(command(Files.createDirectory(folder.resolve("made")), findings))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(tail(log)).isZero();
      assertThat(Files.readString(log)).contains("Done " + RUNS + " runs");
      assertThat(findings).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> command(Path made, Path findings) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Jazzer.class.getName(),
        "--target_class=" + AlertFuzz.class.getName(),
        "--instrumentation_includes=dev.alertcapture.alert.**:dev.alertcapture.capture.**"
            + ":dev.alertcapture.options.**:dev.alertcapture.orchestrator.**"
            + ":dev.alertcapture.target.**",
        "--reproducer_path=" + findings,
        "-artifact_prefix=" + findings + "/",
        "-seed=" + SEED,
        "-runs=" + RUNS,
        "-max_len=8192",
        made.toString(),
        Corpus.FOLDER.toAbsolutePath().toString());
  }

  private static String tail(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4000));
  }
}
