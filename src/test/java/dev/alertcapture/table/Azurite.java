package dev.alertcapture.table;

import dev.alertcapture.table.TableAccount.Access;
import dev.alertcapture.testing.NodeProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The table service of Microsoft's storage emulator, in a process of its own on a free loopback
 * port, in memory.
 */
public final class Azurite implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** Somebody else may take the port that was free a moment ago. */
  private static final int MAX_PORTS = 5;

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
      return launch(NodeProgram.in("src/test/azurite"));
    } catch (IOException | TimeoutException | ExecutionException e) {
      throw NodeProgram.missing("no Azurite: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Azurite launch(NodeProgram azurite)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < MAX_PORTS; i++) {
      int port = freePort();
      Process process = process(azurite, port);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      CompletableFuture<Boolean> started = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(process, said, started), "azurite output");
      reader.setDaemon(true);
      reader.start();
      try {
        if (started.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
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

  private static Process process(NodeProgram azurite, int port) throws IOException {
    return azurite.start(
        "node_modules/azurite/dist/src/table/main.js",
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
      process.onExit().get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UncheckedIOException(new IOException("Azurite does not end", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
