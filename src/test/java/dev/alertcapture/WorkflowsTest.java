package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows run nobody else's code but what was looked at, with no more rights than they need. */
class WorkflowsTest {
  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      return files.sorted().toList();
    }
  }

  private static List<String> found(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyActionIsPinnedToACommitAndSaysItsVersion(Path workflow) throws IOException {
    assertThat(found(workflow, "uses: *(.*)"))
        .isNotEmpty()
        .allMatch(use -> use.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void noWorkflowHoldsASecretOrMayWrite(Path workflow) throws IOException {
    assertThat(Files.readString(workflow))
        .contains("\npermissions:\n  contents: read\n")
        .doesNotContain("secrets.", "pull_request_target");
    assertThat(found(workflow, "(?m)^ +([\\w-]+): write$")).isSubsetOf("id-token", "contents");
  }

  @Test
  void onlyAReleaseMayWriteToTheRepository() throws IOException {
    for (Path workflow : workflows()) {
      assertThat(Files.readString(workflow).contains("contents: write"))
          .as(workflow.toString())
          .isEqualTo(workflow.endsWith("release.yml"));
    }
  }

  @Test
  void onlyDeployingMaySignIn() throws IOException {
    for (Path workflow : workflows()) {
      assertThat(Files.readString(workflow).contains("id-token"))
          .as(workflow.toString())
          .isEqualTo(workflow.endsWith("deploy.yml"));
    }
  }

  @Test
  void dependabotLooksAtEveryEcosystemOfTheProject() throws IOException {
    assertThat(found(Path.of(".github/dependabot.yml"), "package-ecosystem: (\\S+)"))
        .containsExactlyInAnyOrder("maven", "npm", "github-actions");
    try (Stream<Path> folders = Files.list(Path.of("src/test"))) {
      assertThat(found(Path.of(".github/dependabot.yml"), "- /(src/test/\\S+)"))
          .containsExactlyInAnyOrderElementsOf(
              folders
                  .filter(folder -> Files.exists(folder.resolve("package.json")))
                  .map(folder -> folder.toString().replace('\\', '/'))
                  .toList());
    }
  }
}
