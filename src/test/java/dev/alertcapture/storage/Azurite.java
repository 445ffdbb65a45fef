package dev.alertcapture.storage;

import dev.alertcapture.storage.TableAccount.Access;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;

/**
 * The table service of Microsoft's storage emulator, in a process of its own on a free loopback
 * port, in memory. It needs Node and npm, which installs it from {@code src/test/azurite}: where
 * they are missing, the test is skipped; with {@code CI=true} it fails.
 */
public final class Azurite implements AutoCloseable {
  private static final Path HOME = Path.of("src/test/azurite").toAbsolutePath();
  private static final Path MAIN = HOME.resolve("node_modules/azurite/dist/src/table/main.js");
  private static final Path LOCK = HOME.resolve("package-lock.json");
  private static final Path INSTALLED = HOME.resolve("node_modules/.installed");
  private static final Duration INSTALLS_WITHIN = Duration.ofMinutes(5);
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

  /** Somebody else may take the port that was free a moment ago. */
  private static final int MOST_PORTS = 5;

  private static final String ACCOUNT = "devstoreaccount1";
  // Published by Microsoft, and the same on every machine.
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private final Process process;
  private final int port;

  private Azurite(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, without any table. */
  public static Azurite start() {
    try {
      install();
      return launch();
    } catch (IOException | TimeoutException | ExecutionException e) {
      boolean required = "true".equalsIgnoreCase(System.getenv("CI"));
      String said = "no Azurite, which needs Node and npm: " + e.getMessage();
      if (required) {
        throw new IllegalStateException(said, e);
      }
      System.err.println("Skipped: " + said);
      return Assumptions.abort(said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static synchronized void install() throws IOException, InterruptedException {
    if (Files.exists(INSTALLED) && Files.mismatch(INSTALLED, LOCK) == -1) {
      return;
    }
    File log = Files.createTempFile("azurite-npm", ".log").toFile();
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(HOME.toFile())
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
    Files.copy(LOCK, INSTALLED);
  }

  private static Azurite launch()
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < MOST_PORTS; i++) {
      int port = freePort();
      Process process = process(port);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      CompletableFuture<Boolean> started = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(process, said, started), "azurite output");
      reader.setDaemon(true);
      reader.start();
      try {
        if (started.get(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
          return new Azurite(process, port);
        }
      } finally {
        if (!started.isDone()) {
          process.destroyForcibly();
        }
      }
    }
    throw new IOException("Azurite did not start: " + said);
  }

  private static Process process(int port) throws IOException {
    List<String> command =
        List.of(
            "node",
            MAIN.toString(),
            "--tableHost",
            "127.0.0.1",
            "--tablePort",
            Integer.toString(port),
            // A connection that is closed just as a commit goes out is a lost answer.
            "--tableKeepAliveTimeout",
            "600",
            "--inMemoryPersistence",
            "--skipApiVersionCheck",
            "--disableTelemetry",
            "--silent");
    return new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true).start();
  }

  private static void read(Process process, List<String> said, CompletableFuture<Boolean> started) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!started.isDone()) {
          said.add(line);
          if (line.contains("successfully started")) {
            started.complete(true);
          }
        }
      }
    } catch (IOException e) {
      // It was ended.
    }
    started.complete(false);
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** The account that it serves. */
  public TableAccount account() {
    return new TableAccount(endpoint(), new Access.Key(ACCOUNT, KEY));
  }

  /** What {@code AzureWebJobsStorage} is set to. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";TableEndpoint="
        + endpoint();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port + "/" + ACCOUNT);
  }

  /** Ends it, by its process id. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.onExit().get(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UncheckedIOException(new IOException("Azurite does not end", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
