package dev.alertcapture.local;

import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.alertcapture.local.sample.SampleFunctions;
import dev.alertcapture.local.sample.SampleInjector;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Stages the made-up app of {@link SampleFunctions} the way the Maven plugin stages a real one. */
final class SampleStage {
  private static final String TIMER =
      "{\"type\":\"timerTrigger\",\"name\":\"timer\",\"schedule\":\"0 0 0 1 1 *\"}";

  private final Path folder;

  private SampleStage(Path folder) {
    this.folder = folder;
  }

  static Path in(Path folder) throws IOException {
    new SampleStage(folder).stage(false);
    return folder;
  }

  static Path withInjectorIn(Path folder) throws IOException {
    new SampleStage(folder).stage(true);
    return folder;
  }

  private void stage(boolean injector) throws IOException {
    Files.writeString(folder.resolve("host.json"), "{\"version\":\"2.0\"}");
    Path annotations = codeSource(HttpTrigger.class);
    Files.createDirectories(folder.resolve("lib"));
    Files.copy(annotations, folder.resolve("lib").resolve(annotations.getFileName()));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(folder.resolve("sample.jar")))) {
      add(jar, SampleFunctions.class);
      if (injector) {
        add(jar, SampleInjector.class);
        jar.putNextEntry(
            new JarEntry("META-INF/services/" + FunctionInstanceInjector.class.getName()));
        jar.write(SampleInjector.class.getName().getBytes(StandardCharsets.UTF_8));
      }
    }
    function("Echo", "echo", http("echo", "GET", "POST"));
    function("Bytes", "bytes", http("bytes", "POST"));
    function("Thing", "thing", http("things/{id}", "GET"));
    function("FirstThing", "firstThing", http("things/first", "GET"));
    function("Fail", "fail", http("fail", "GET"));
    function("Load", "load", http("load", "GET"));
    function("Instance", "instance", http("instance", "GET"));
    function("Tick", "tick", TIMER);
    function("Ticks", "ticks", http("ticks", "GET"));
    function("Surroundings", "surroundings", http("surroundings", "GET"));
  }

  private void function(String name, String method, String trigger) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(
        folder.resolve(name).resolve("function.json"),
        """
        {"scriptFile":"../sample.jar","entryPoint":"%s.%s",
         "bindings":[%s,{"type":"http","direction":"out","name":"$return"}]}"""
            .formatted(SampleFunctions.class.getName(), method, trigger));
  }

  private static String http(String route, String... methods) {
    return """
        {"type":"httpTrigger","direction":"in","name":"request","route":"%s","methods":["%s"],"authLevel":"FUNCTION"}"""
        .formatted(route, String.join("\",\"", methods));
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String entry = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry(entry));
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
      bytes.transferTo(jar);
    }
  }

  private static Path codeSource(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
