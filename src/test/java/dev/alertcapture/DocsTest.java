package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.capture.Reason;
import dev.alertcapture.infra.Bicep;
import dev.alertcapture.orchestrator.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The docs lead nowhere that is not there. */
class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern PROPERTY = Pattern.compile("\\s[\"`]?-D([A-Za-z.]+)");
  // Of these the Surefire and Functions plugins ask by themselves (plugin.xml of each).
  private static final Set<String> OF_PLUGINS = Set.of("skipTests", "test", "resourceGroup");
  // Surefire hands it on to the tests, where Seeds reads it.
  private static final Set<String> OF_TESTS = Set.of("seed");
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern DEPLOYMENT =
      Pattern.compile("az deployment group create .*--template-file infra/(\\S+)(.*)");

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/design", "infra")) {
      try (Stream<Path> files = Files.list(Path.of(folder).toAbsolutePath())) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What nobody reads, Maven takes without a word. */
  @Test
  void everyPropertyGivenToMavenIsReadByTheProject() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    List<Path> files = new ArrayList<>(pages());
    files.addAll(WorkflowsTest.workflows());
    List<String> given = new ArrayList<>();
    for (Path file : files) {
      Matcher property = PROPERTY.matcher(Files.readString(file));
      while (property.find()) {
        given.add(property.group(1));
      }
    }
    assertThat(given)
        .contains("functionAppName", "subscriptionId", "local.once")
        .allMatch(
            name ->
                pom.contains("${" + name + "}")
                    || OF_PLUGINS.contains(name)
                    || OF_TESTS.contains(name));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkWithinTheProjectLeadsSomewhere(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    for (MatchResult link : LINK.matcher(text).results().toList()) {
      String[] parts = link.group(1).split("#", 2);
      if (parts[0].contains(":")) {
        assertThat(parts[0]).startsWith("https://");
        continue;
      }
      Path to = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(to).as("%s in %s", link.group(1), page).exists();
      // A line of a source is looked at by DesignDocsTest.
      if (parts.length > 1 && !to.toString().endsWith(".java")) {
        assertThat(anchors(to)).as("%s in %s", link.group(1), page).contains(parts[1]);
      }
    }
  }

  @Test
  void thereAreTheFivePages() throws IOException {
    assertThat(pages())
        .extracting(page -> page.getFileName().toString())
        .contains(
            "README.md",
            "guide.md",
            "migration.md",
            "experiments.md",
            "operations.md",
            "security.md",
            "troubleshooting.md");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsExplained(Reason reason) throws IOException {
    assertThat(Files.readString(Path.of("docs/troubleshooting.md")))
        .contains("\n| `" + reason + "` | ");
  }

  @Test
  void theGuideGivesNoParameterThatIsNotThere() throws IOException {
    String guide = Files.readString(Path.of("docs/guide.md")).replace("\\\n", " ");
    List<MatchResult> deployments = DEPLOYMENT.matcher(guide).results().toList();

    assertThat(deployments).hasSizeGreaterThan(2);
    for (MatchResult deployment : deployments) {
      List<String> given =
          Pattern.compile("[ \"](\\w+)=")
              .matcher(deployment.group(2))
              .results()
              .map(parameter -> parameter.group(1))
              .toList();
      assertThat(given).isNotEmpty();
      assertThat(Bicep.read(deployment.group(1)).params())
          .extracting(Bicep.Param::name)
          .containsAll(given);
    }
  }

  @Test
  void pricesAreGivenForThePeriodThatTheTimerHas() throws IOException {
    String poll =
        Files.readString(Path.of("src/main/java/dev/alertcapture/functions/PollFunction.java"));
    Matcher period = Pattern.compile("schedule = \"\\*/(\\d+) \\* \\* \\* \\* \\*\"").matcher(poll);

    assertThat(period.find()).isTrue();
    int seconds = Integer.parseInt(period.group(1));
    assertThat(Reconciler.PERIOD).hasSeconds(seconds);
    assertThat(Files.readString(Path.of("docs/operations.md")))
        .contains("\n| %d | %,d | ".formatted(seconds, 2_592_000 / seconds));
  }

  @Test
  void everyStepOfTheExperimentsIsExplainedAndNoOther() throws IOException {
    Set<String> steps =
        Pattern.compile("(?m)^step_([\\w-]+)\\(\\)")
            .matcher(Files.readString(Path.of("infra/experiments")))
            .results()
            .map(step -> step.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    steps.removeAll(Set.of("package", "tear-down"));

    assertThat(
            Pattern.compile("(?m)^\\| `([\\w-]+)` \\|")
                .matcher(Files.readString(Path.of("docs/experiments.md")))
                .results()
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(steps);
  }
}
