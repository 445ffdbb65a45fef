package dev.alertcapture.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.testing.NodeProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be told of {@code infra/} without a compiler. */
class InfraTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/alertcapture");

  @Test
  @Tag("node")
  void everyFileParsesByBicepsGrammar() throws Exception {
    NodeProgram grammar = NodeProgram.in("src/test/bicep");
    String[] files =
        Bicep.all().stream().map(f -> f.file().toAbsolutePath().toString()).toArray(String[]::new);

    Process parser = grammar.start("parse.mjs", files);
    String said = new String(parser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEmpty();
    assertThat(parser.waitFor()).isZero();
    assertThat(files).hasSizeGreaterThan(10);
  }

  @Test
  void everyResourceTypeIsListedWithItsSourceAndNoOther() throws IOException {
    Set<String> listed =
        Pattern.compile("(?m)^\\| (Microsoft\\.[\\w./]+) \\| ([\\d-]+) \\| (\\S+) \\|$")
            .matcher(Files.readString(Path.of("infra/resource-types.md")))
            .results()
            .filter(
                row ->
                    row.group(3)
                        .startsWith(
                            "https://learn.microsoft.com/azure/templates/"
                                + row.group(1)
                                    .replaceFirst("/", "/" + row.group(2) + "/")
                                    .toLowerCase(Locale.ROOT)))
            .map(row -> row.group(1) + "@" + row.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed)
        .isEqualTo(
            Bicep.all().stream()
                .flatMap(file -> file.resources().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyModuleIsThereAndIsGivenWhatItAsksFor() throws IOException {
    for (Bicep file : Bicep.all()) {
      for (Bicep.Module module : file.modules()) {
        List<Bicep.Param> params = Bicep.read(module.path()).params();

        assertThat(module.given())
            .as("%s uses %s", file.file(), module.path())
            .isSubsetOf(params.stream().map(Bicep.Param::name).toList())
            .containsAll(
                params.stream()
                    .filter(param -> !param.hasDefault())
                    .map(Bicep.Param::name)
                    .toList());
      }
    }
  }

  @Test
  void everyParameterIsDescribedAndUsed() throws IOException {
    for (Bicep file : Bicep.all()) {
      for (Bicep.Param param : file.params()) {
        assertThat(param.decorators()).as("%s %s", file.file(), param).contains("@description(");
        assertThat(file.uses(param.name())).as("%s %s", file.file(), param).isGreaterThan(1);
      }
      assertThat(file.variables())
          .as("%s", file.file())
          .allMatch(variable -> file.uses(variable) > 1);
    }
  }

  @Test
  void whatIsSecretIsSecure() throws IOException {
    Pattern secret = Pattern.compile("notify\\w*Url|\\w*(Password|Key)");
    List<Bicep.Param> secrets =
        Bicep.all().stream()
            .flatMap(file -> file.params().stream())
            .filter(param -> secret.matcher(param.name()).matches())
            .toList();

    assertThat(secrets).hasSizeGreaterThan(1).allMatch(p -> p.decorators().contains("@secure()"));
    for (Bicep file : Bicep.all()) {
      assertThat(file.code()).doesNotContainPattern("(?m)^output .*(listKeys|settings|Url)");
    }
  }

  @Test
  void theAppStartsWhenItsIdentityHasItsRoles() throws IOException {
    String main = Bicep.read("main.bicep").code();

    assertThat(main)
        .containsPattern("(?s)module rolesFirst 'appRoles\\.bicep' = if \\(ownIdentity\\)")
        .containsPattern(
            "(?s)module app 'functionApp\\.bicep' = \\{(?:(?!\\nmodule).)*dependsOn: \\[rolesFirst\\b");
  }

  @Test
  void theAlarmLooksForTheTimerAndForWhatItSaysWhereItCouldNotWork() throws IOException {
    String poll = Files.readString(SOURCES.resolve("functions/PollFunction.java"));
    String alarm =
        Snapshot.read("alert")
            .resource("Microsoft.Insights/scheduledQueryRules")
            .at("/properties/criteria/allOf/0/query")
            .asText();

    for (String word : List.of("Poll", "nothing carried on")) {
      assertThat(alarm).contains("'" + word + "'");
      assertThat(poll).contains("\"" + word);
    }
  }
}
