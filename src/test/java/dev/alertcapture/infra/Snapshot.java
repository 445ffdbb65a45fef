package dev.alertcapture.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A deployment as Bicep's compiler evaluated it: the resources with their properties. What only
 * Azure knows stands there as an expression in brackets.
 */
public record Snapshot(String name, JsonNode root) {
  private static final Path FOLDER = Path.of("infra/snapshots");
  private static final String ENDING = ".bicepparam";
  // The scope is the first argument, and for a subscription its id alone.
  private static final Pattern SCOPE =
      Pattern.compile("^\\[(?:extensionResourceId|subscriptionResourceId)\\('([^']+)'");

  /**
   * A role that somebody has somewhere.
   *
   * @param role its name, a GUID
   * @param scope id of a resource, or of a subscription without its path
   */
  record Assignment(String role, String scope, String principalId, String principalType) {}

  /** What is recorded for the parameter file of that name. */
  public static Snapshot read(String name) throws IOException {
    Path file = FOLDER.resolve(name + ".snapshot.json");
    return new Snapshot(name, new ObjectMapper().readTree(Files.readString(file)));
  }

  /** The names of all parameter files. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }

  /** The text of a parameter file. */
  static String parameters(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ENDING));
  }

  /** Those for {@code main.bicep}. */
  public static List<Snapshot> ofMain() throws IOException {
    List<Snapshot> all = new ArrayList<>();
    for (String name : names()) {
      if (parameters(name).contains("using '../main.bicep'")) {
        all.add(read(name));
      }
    }
    return all;
  }

  List<JsonNode> resources() {
    List<JsonNode> all = new ArrayList<>();
    root.path("predictedResources").forEach(all::add);
    return all;
  }

  List<JsonNode> resources(String type) {
    return resources().stream().filter(each -> each.path("type").asText().equals(type)).toList();
  }

  /** The only one of its type. */
  JsonNode resource(String type) {
    List<JsonNode> found = resources(type);
    if (found.size() != 1) {
      throw new IllegalStateException(name + " has " + found.size() + " of " + type);
    }
    return found.get(0);
  }

  /** The app settings. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    resources("Microsoft.Web/sites/config").stream()
        .filter(each -> each.path("name").asText().endsWith("/appsettings"))
        .flatMap(each -> each.path("properties").properties().stream())
        .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
    return settings;
  }

  List<Assignment> assignments() {
    return resources("Microsoft.Authorization/roleAssignments").stream()
        .map(
            each -> {
              JsonNode of = each.path("properties");
              Matcher scope = SCOPE.matcher(each.path("id").asText());
              return new Assignment(
                  of.path("roleDefinitionId").asText().replaceAll(".*/", ""),
                  scope.find() ? scope.group(1) : "",
                  of.path("principalId").asText(),
                  of.path("principalType").asText());
            })
        .toList();
  }
}
