package dev.alertcapture.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.azure.ArmAction;
import dev.alertcapture.azure.DelegatedAction;
import dev.alertcapture.azure.Role;
import dev.alertcapture.testing.NodeProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What can be told of {@code infra/} without a compiler: that it parses, that it names nothing that
 * is not there, and that the roles hold what the app needs and no more.
 */
class InfraTest {
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
  void everyBuiltInRoleIsListed() throws IOException {
    String list = Files.readString(Path.of("infra/resource-types.md"));
    String main = Bicep.read("main.bicep").code();

    assertThat(
            Pattern.compile("'([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})'")
                .matcher(main)
                .results())
        .hasSize(5)
        .allMatch(id -> list.contains("| " + id.group(1) + " |"));
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
    Pattern secret = Pattern.compile("notify\\w*Url|\\w*(Password|Key)|settings");
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

  private static Set<String> actions(Role role, Predicate<DelegatedAction> which) {
    return Stream.of(DelegatedAction.values())
        .filter(action -> action.role() == role)
        .filter(which)
        .map(DelegatedAction::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> needed(Role role) {
    Set<String> all = actions(role, action -> !action.isOptional());
    Stream.of(ArmAction.values())
        .filter(action -> action.role() == role)
        .map(ArmAction::id)
        .forEach(all::add);
    return all;
  }

  @Test
  void customRolesHoldWhatIsCalledAndWhatIsCheckedForUsAndNoMore() throws IOException {
    Bicep roles = Bicep.read("roles.bicep");

    assertThat(roles.list("captureActions")).isEqualTo(needed(Role.CAPTURE));
    assertThat(roles.list("storageActions")).isEqualTo(needed(Role.STORAGE));
    assertThat(roles.list("machineWrites"))
        .isEqualTo(actions(Role.CAPTURE, DelegatedAction::isOptional));
  }

  @Test
  void onlyTheBuiltInRoleReadsFilesAndOnlyAtTheCaptureAccounts() throws IOException {
    String main = Bicep.read("main.bicep").code();

    assertThat(needed(Role.BLOB_DATA_READER)).containsOnly(ArmAction.READ_FILES.id());
    assertThat(Bicep.read("roles.bicep").code()).doesNotContain("dataActions");
    assertThat(main).containsOnlyOnce("[blobDataReader, roles.outputs.storageRole]");
    assertThat(Bicep.read("targetRole.bicep").code()).doesNotContain("storage");
  }
}
