package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed: every function, all that it needs, and nothing that should stay here. */
class StagedFolderIT {
  private static final Path STAGE = StagedAppIT.STAGE;
  private static final long MAX_BYTES = 25_000_000;

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(STAGE)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Functions of the code: name, class and method. */
  private static SortedMap<String, String> functions() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.alertcapture.functions")
            .stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(FunctionName.class))
            .collect(
                Collectors.toMap(
                    method -> method.getAnnotationOfType(FunctionName.class).value(),
                    StagedFolderIT::entryPoint,
                    (one, other) -> one + " and " + other,
                    TreeMap::new));
  }

  private static String entryPoint(JavaMethod method) {
    return method.getOwner().getName() + "." + method.getName();
  }

  @Test
  void everyFunctionOfTheCodeIsStagedAndNoOther() throws IOException {
    SortedMap<String, String> staged = new TreeMap<>();
    for (Path file : files()) {
      if (file.endsWith("function.json")) {
        JsonNode function = new ObjectMapper().readTree(file.toFile());
        String name = file.getParent().getFileName().toString();
        staged.put(name, function.path("entryPoint").asText());
        assertThat(file.resolveSibling(function.path("scriptFile").asText()).normalize())
            .as(name)
            .isRegularFile();
      }
    }

    assertThat(staged).isEqualTo(functions()).hasSizeGreaterThan(5);
  }

  @Test
  void nothingElseIsStagedThanFunctionsTheJarItsLibrariesAndTheHostsSettings() throws IOException {
    Set<String> top = new TreeSet<>();
    try (Stream<Path> children = Files.list(STAGE)) {
      children.forEach(child -> top.add(child.getFileName().toString()));
    }
    Set<String> expected = new TreeSet<>(functions().keySet());
    expected.addAll(Set.of("host.json", "lib"));

    assertThat(top).filteredOn(name -> !name.endsWith(".jar")).containsExactlyElementsOf(expected);
    assertThat(top).filteredOn(name -> name.endsWith(".jar")).hasSize(1);
    assertThat(files()).noneMatch(file -> file.endsWith("local.settings.json"));
  }

  @Test
  void noTextHoldsASecret() throws IOException {
    for (Path file : files()) {
      if (file.toString().endsWith(".json")) {
        assertThat(Files.readString(file, StandardCharsets.UTF_8))
            .as(file.toString())
            .doesNotContainPattern(
                "(?i)AccountKey|SharedAccessSignature|[?&]sig=|[?&]code=|password");
      }
    }
  }

  @Test
  void thereIsNoNettyAndAllIsSmall() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      assertThat(file.getFileName().toString()).doesNotContainIgnoringCase("netty");
      bytes += Files.size(file);
    }

    assertThat(bytes).isBetween(1_000_000L, MAX_BYTES);
  }
}
