package dev.alertcapture.local;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Loads a staged app from its jar and {@code lib/}, so that a class missing from the stage is
 * missing here too.
 *
 * <p>The Java worker brings the core and SPI types (docs/design/worker.md, "The host and the
 * worker"); those alone are shared with our own class path. The annotations come from the stage,
 * where the Maven plugin puts them.
 */
final class StageClassLoader {
  private static final String CORE = "com.microsoft.azure.functions.";
  private static final String ANNOTATIONS = CORE + "annotation.";

  private StageClassLoader() {}

  static URLClassLoader of(StagedApp app) throws IOException {
    Set<Path> jars = new LinkedHashSet<>();
    app.functions().forEach(function -> jars.add(function.jar()));
    Path lib = app.folder().resolve("lib");
    if (Files.isDirectory(lib)) {
      try (Stream<Path> files = Files.list(lib)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    return new URLClassLoader("staged app", urls(jars), new WorkerTypes());
  }

  private static URL[] urls(Set<Path> jars) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static final class WorkerTypes extends ClassLoader {
    WorkerTypes() {
      super("worker types", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(CORE) && !name.startsWith(ANNOTATIONS)) {
        return Class.forName(name, false, StageClassLoader.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
