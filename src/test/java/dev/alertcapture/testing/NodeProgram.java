package dev.alertcapture.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that a test runs in Node: a folder with a committed lock file, which {@code npm ci}
 * installs once. Where Node or npm is missing, the test is skipped; with {@code CI=true} it fails.
 */
public final class NodeProgram {
  private static final Duration INSTALLS_WITHIN = Duration.ofMinutes(5);

  private final Path home;

  private NodeProgram(Path home) {
    this.home = home;
  }

  /**
   * Installs a program, unless that was done before.
   *
   * @param folder below the project's folder
   */
  public static NodeProgram in(String folder) {
    Path home = Path.of(folder).toAbsolutePath();
    try {
      install(home);
      return new NodeProgram(home);
    } catch (IOException e) {
      throw missing(folder + " needs Node and npm: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Skips the test, or fails it where everything must run. */
  public static RuntimeException missing(String what, Exception cause) {
    if (!"true".equalsIgnoreCase(System.getenv("CI"))) {
      System.err.println("Skipped: " + what);
      Assumptions.abort(what);
    }
    return new IllegalStateException(what, cause);
  }

  private static synchronized void install(Path home) throws IOException, InterruptedException {
    Path lock = home.resolve("package-lock.json");
    Path installed = home.resolve("node_modules/.installed");
    if (Files.exists(installed) && Files.mismatch(installed, lock) == -1) {
      return;
    }
    File log = Files.createTempFile("npm", ".log").toFile();
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = npm.waitFor(INSTALLS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    if (!ended || npm.exitValue() != 0) {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
      throw new IOException("npm ci did not succeed, see " + log);
    }
    Files.delete(log.toPath());
    Files.copy(lock, installed);
  }

  /** Starts a script of it; what it writes, errors included, comes from the process's output. */
  public Process start(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", home.resolve(script).toString()));
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      // Installed when there was a Node, or from elsewhere.
      throw missing(script + " needs Node: " + e.getMessage(), e);
    }
  }
}
