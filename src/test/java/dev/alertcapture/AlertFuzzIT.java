package dev.alertcapture;

import dev.alertcapture.testing.JazzerRun;
import dev.alertcapture.testing.Seeds;
import java.nio.file.Path;
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
    new JazzerRun(folder, AlertFuzz.class)
        .with(
            "--instrumentation_includes=dev.alertcapture.alert.**:dev.alertcapture.capture.**"
                + ":dev.alertcapture.options.**:dev.alertcapture.orchestrator.**"
                + ":dev.alertcapture.target.**",
            "-max_len=8192")
        .findsNothing(RUNS, SEED, "1g", Corpus.FOLDER);
  }
}
