package dev.alertcapture.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;

/**
 * The whole thing on one machine with no Azure: the staged app, the simulator, somebody who gets
 * told, and the sample alert.
 *
 * <p>Exit code: 0 when {@code local.once} saw the capture complete and be told about, 1 when not,
 * or when something could not start.
 */
public final class LocalRun {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration TIMER_PERIOD = Duration.ofSeconds(1);
  private static final int SHOWN_OF_AN_EVENT = 1000;

  private final LocalOptions options;
  private final Map<String, String> userEnvironment;
  private final PrintStream out;
  private final AtomicBoolean ending = new AtomicBoolean();

  private LocalRun(LocalOptions options, Map<String, String> userEnvironment, PrintStream out) {
    this.options = options;
    this.userEnvironment = userEnvironment;
    this.out = out;
  }

  public static void main(String[] args) {
    int exitCode = 1;
    try {
      exitCode =
          new LocalRun(LocalOptions.from(System.getProperties()), System.getenv(), System.out)
              .run();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(exitCode);
  }

  private int run() throws IOException, InterruptedException {
    StagedApp.read(options.stage());
    requireFree(options.port(), "local.port");
    requireFree(options.simPort(), "local.simPort");
    endWithParent();
    try (Simulator simulator =
            Simulator.start(SimulatorOptions.defaults().withPort(options.simPort()));
        Inbox inbox = Inbox.start(this::show);
        AppProcess app = startApp(simulator.uri(), inbox.uri())) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(app), "end of the app"));
      out.println("App on " + app.uri() + ", simulated Azure on " + simulator.uri());
      boolean good =
          !options.sample() || new SampleCapture(app.uri(), told(inbox), out::println).run(LIMIT);
      if (options.once()) {
        ending.set(true);
        return good ? 0 : 1;
      }
      invite(app.uri());
      int code = app.onExit().join().exitValue();
      if (!ending.get()) {
        out.println("The app ended with exit code " + code + ".");
      }
      return 1;
    }
  }

  private AppProcess startApp(URI simulator, URI inbox) throws IOException {
    return AppProcess.start(
        options.stage(),
        environment(userEnvironment, simulator, inbox),
        options.port(),
        TIMER_PERIOD,
        this::showAppOutput);
  }

  /**
   * The user's own environment, over defaults that lead to the simulator; a blank setting counts as
   * absent.
   */
  static Map<String, String> environment(Map<String, String> user, URI simulator, URI inbox) {
    Map<String, String> defaults =
        Map.of(
            "AZURE_RESOURCE_MANAGER_ENDPOINT",
            simulator.toString(),
            "CAPTURE_STORAGE_ACCOUNT_ID",
            SampleAlert.GROUP_ID + "/providers/Microsoft.Storage/storageAccounts/pcapstore",
            "CAPTURE_STORE",
            "memory",
            "NOTIFY_WEBHOOK_URL",
            inbox.toString());
    Map<String, String> environment = new HashMap<>(user);
    defaults.forEach(
        (name, value) -> environment.merge(name, value, (own, ours) -> own.isBlank() ? ours : own));
    return environment;
  }

  private BiPredicate<String, JsonNode> told(Inbox inbox) {
    boolean elsewhere = !userEnvironment.getOrDefault("NOTIFY_WEBHOOK_URL", "").isBlank();
    return (id, capture) ->
        elsewhere ? CaptureProgress.isNotified(capture) : inbox.knowsTheEndOf(id);
  }

  private void show(JsonNode event) {
    String data = event.path("data").toString();
    out.println("  event  " + event.path("type").asText() + " " + event.path("subject").asText());
    out.println("         " + data.substring(0, Math.min(data.length(), SHOWN_OF_AN_EVENT)));
  }

  private void showAppOutput(String line) {
    if (!line.startsWith("INFO")) {
      out.println("  app    " + line);
    }
  }

  private void invite(URI app) {
    out.println("Serving on " + app + " - Ctrl-C ends. Try:");
    out.println("  curl -s " + app + "/api/captures");
    out.println(
        "  curl -s "
            + app
            + "/api/alerts -H 'Content-Type: application/json' -d '"
            + SampleAlert.on("web-02", Instant.now())
            + "'");
  }

  private void end(AppProcess app) {
    ending.set(true);
    app.close();
  }

  /** Maven may be ended without passing it on. */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              CompletableFuture<Void> unused = parent.onExit().thenRun(() -> System.exit(1));
            });
  }

  private static void requireFree(int port, String property) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IOException(
          "Port "
              + port
              + " is taken by another program. Give another one with -D"
              + property
              + "=…",
          e);
    }
  }
}
