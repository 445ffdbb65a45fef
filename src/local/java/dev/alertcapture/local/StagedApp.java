package dev.alertcapture.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the Maven plugin staged: a folder with {@code host.json} and one {@code function.json} for
 * each function.
 *
 * <p>Layout: docs/design/worker.md, "The Maven plugin".
 */
record StagedApp(Path folder, List<Function> functions) {

  /**
   * One staged function.
   *
   * @param route where an HTTP trigger answers; empty for a timer
   */
  record Function(
      String name, Path jar, String className, String methodName, Optional<Route> route) {}

  static StagedApp read(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve("host.json"))) {
      throw new NoSuchFileException(
          folder + " is not a staged app: it has no host.json. Run mvn package first.");
    }
    ObjectMapper json = new ObjectMapper();
    String prefix =
        json.readTree(folder.resolve("host.json").toFile())
            .at("/extensions/http/routePrefix")
            .asText("api");
    List<Function> functions = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.sorted().toList()) {
        Path definition = child.resolve("function.json");
        if (Files.isRegularFile(definition)) {
          functions.add(function(child, json.readTree(definition.toFile()), prefix));
        }
      }
    }
    if (functions.isEmpty()) {
      throw new NoSuchFileException(
          folder + " has no functions staged in it. Run mvn package first.");
    }
    return new StagedApp(folder, List.copyOf(functions));
  }

  private static Function function(Path folder, JsonNode definition, String prefix)
      throws IOException {
    String name = folder.getFileName().toString();
    Path jar = folder.resolve(definition.path("scriptFile").asText()).normalize();
    if (!Files.isRegularFile(jar)) {
      throw new NoSuchFileException(
          "Function " + name + ": its scriptFile " + jar + " is not there.");
    }
    String entryPoint = definition.path("entryPoint").asText();
    int dot = entryPoint.lastIndexOf('.');
    if (dot < 0) {
      throw new IOException(
          "Function " + name + ": its entryPoint \"" + entryPoint + "\" is not Class.method.");
    }
    return new Function(
        name,
        jar,
        entryPoint.substring(0, dot),
        entryPoint.substring(dot + 1),
        route(name, definition.path("bindings"), prefix));
  }

  private static Optional<Route> route(String name, JsonNode bindings, String prefix)
      throws IOException {
    for (JsonNode binding : bindings) {
      switch (binding.path("type").asText()) {
        case "httpTrigger" -> {
          List<String> methods = new ArrayList<>();
          binding.path("methods").forEach(method -> methods.add(method.asText()));
          return Optional.of(
              Route.of(prefix, binding.path("route").asText(name), Route.upperCase(methods)));
        }
        case "timerTrigger" -> {
          return Optional.empty();
        }
        default -> {}
      }
    }
    throw new IOException(
        "Function "
            + name
            + " has neither an HTTP nor a timer trigger; the local host knows no other.");
  }
}
