package dev.alertcapture.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Bicep's compiler says of {@code infra/}: nothing, and that deployments are as recorded. The
 * compiler is the one that {@code BICEP} names. Without that it is {@code bicep} on the path, if it
 * has the version that recorded them; else this is skipped.
 */
class CompilerTest {
  private static final String VERSION = "0.49.2";

  private static String compiler;

  private record Said(int code, String text) {}

  @BeforeAll
  static void findCompiler() throws Exception {
    String named = System.getenv("BICEP");
    compiler = named != null && !named.isBlank() ? named : "bicep";
    if (compiler.equals(named)) {
      return;
    }
    String found;
    try {
      found = run(compiler, "--version").text();
    } catch (IOException e) {
      found = "none";
    }
    if (!found.contains(" " + VERSION + " ")) {
      String why =
          "infra/ was not compiled: BICEP is not set, and bicep on the path is not version "
              + VERSION
              + ", but: "
              + found;
      System.err.println("Skipped: " + why);
      Assumptions.abort(why);
    }
  }

  /** Fails where the compiler is named and can't be started. */
  private static Said run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text.strip());
  }

  /** Those that no other file uses: what is said of the others is said of these. */
  static List<Path> templates() throws IOException {
    Set<String> parts =
        Bicep.all().stream().flatMap(file -> file.parts().stream()).collect(Collectors.toSet());
    return Bicep.all().stream()
        .map(Bicep::file)
        .filter(file -> !parts.contains(file.getFileName().toString()))
        .toList();
  }

  static List<String> snapshots() throws IOException {
    return Snapshot.names();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyTemplateBuildsAndLintsWithoutAWord(Path file) throws Exception {
    // Linting builds; both write to standard error alone what they have to say.
    assertThat(run(compiler, "lint", file.toString())).isEqualTo(new Said(0, ""));
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void everyDeploymentIsAsRecorded(String name) throws Exception {
    assertThat(run("bash", "infra/snapshots/run", "validate", name))
        .as(
            "A template or a parameter file changed what a deployment makes. If it is meant:"
                + " infra/snapshots/run overwrite %s, and commit what that changes",
            name)
        .isEqualTo(new Said(0, ""));
  }
}
