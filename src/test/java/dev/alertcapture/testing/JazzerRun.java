package dev.alertcapture.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Jazzer in a process of its own, which mutates seeds always in the same way. */
public final class JazzerRun {
  private final Path folder;
  private final Class<?> target;
  private final List<String> options = new ArrayList<>();

  /**
   * A run of one target.
   *
   * @param folder an empty one, for its log and what it makes
   */
  public JazzerRun(Path folder, Class<?> target) {
    this.folder = folder;
    this.target = target;
  }

  /** With more of Jazzer's own options. */
  public JazzerRun with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Runs so often, with a heap such as {@code 256m}; fails where anything is found. */
  public void findsNothing(long runs, long seed, String heap, Path seeds) throws Exception {
    Path log = folder.resolve("log");
    Path findings = Files.createDirectory(folder.resolve("findings"));
    Path made = Files.createDirectory(folder.resolve("made"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Jazzer.class.getName(),
                "--target_class=" + target.getName(),
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/",
                "-seed=" + seed,
                "-runs=" + runs));
    command.addAll(options);
    command.add(made.toString());
    command.add(seeds.toAbsolutePath().toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
      assertThat(process.exitValue()).as(tail(log)).isZero();
      assertThat(Files.readString(log)).contains("Done " + runs + " runs");
      assertThat(findings).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String tail(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(Math.max(0, text.length() - 4000));
  }
}
