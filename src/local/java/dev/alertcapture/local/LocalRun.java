package dev.alertcapture.local;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.simulator.Simulator;
import dev.alertcapture.simulator.SimulatorOptions;
import dev.alertcapture.traffic.Incident;
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
import java.util.List;
import java.util.Locale;
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
            Simulator.start(
                SimulatorOptions.defaults()
                    .withPort(options.simPort())
                    .withInventory(inventory(options.incident())));
        Inbox inbox = Inbox.start(this::show);
        AppProcess app = startApp(simulator.uri(), inbox)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(app), "end of the app"));
      out.println("App on " + app.uri() + ", simulated Azure on " + simulator.uri());
      boolean good =
          !options.sample()
              || new SampleCapture(app.uri(), options.incident(), told(inbox), out::println)
                  .run(LIMIT);
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

  /** The machine of the sample alert, with what the alert is about. */
  static JsonNode inventory(Incident incident) {
    ObjectNode inventory = new ObjectMapper().createObjectNode();
    inventory
        .putArray("virtualMachines")
        .addObject()
        .put("id", SampleAlert.TARGET)
        .put("location", "westcentralus")
        .put("incident", incident.name());
    return inventory;
  }

  private AppProcess startApp(URI simulator, Inbox inbox) throws IOException {
    List<String> channels =
        options.inbox() ? List.of("webhook", "teams", "slack") : List.of("webhook");
    Map<String, URI> inboxes = channels.stream().collect(toMap(name -> name, inbox::uri));
    return AppProcess.start(
        options.stage(),
        environment(withHost(userEnvironment), simulator, inboxes),
        options.port(),
        TIMER_PERIOD,
        this::showAppOutput);
  }

  /** Messages then lead back to this run. */
  private Map<String, String> withHost(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("WEBSITE_HOSTNAME", "localhost:" + options.port());
    return all;
  }

  /**
   * The user's own environment, over defaults that lead to the simulator; a blank setting counts as
   * absent.
   */
  static Map<String, String> environment(
      Map<String, String> user, URI simulator, Map<String, URI> inboxes) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("AZURE_RESOURCE_MANAGER_ENDPOINT", simulator.toString());
    defaults.put(
        "CAPTURE_STORAGE_ACCOUNT_ID",
        SampleAlert.GROUP_ID + "/providers/Microsoft.Storage/storageAccounts/pcapstore");
    defaults.put("CAPTURE_STORE", "memory");
    inboxes.forEach(
        (channel, uri) ->
            defaults.put("NOTIFY_" + channel.toUpperCase(Locale.ROOT) + "_URL", uri.toString()));
    Map<String, String> environment = new HashMap<>(user);
    defaults.forEach(
        (name, value) -> environment.merge(name, value, (own, ours) -> own.isBlank() ? ours : own));
    return environment;
  }

  private BiPredicate<String, JsonNode> told(Inbox inbox) {
    boolean elsewhere = !userEnvironment.getOrDefault("NOTIFY_WEBHOOK_URL", "").isBlank();
    return (id, capture) ->
        CaptureProgress.isNotified(capture) && (elsewhere || inbox.knowsTheEndOf(id));
  }

  /** An event in words, as it brings them; what Teams and Slack get as it is. */
  private void show(String channel, JsonNode message) {
    boolean words = channel.equals("webhook");
    String text = words ? message.at("/data/text").asText() : message.toPrettyString();
    out.println("  message to " + channel + ":");
    text.lines().forEach(line -> out.println("    " + line));
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
            + SampleAlert.of(options.incident(), SampleAlert.machine("web-02"), Instant.now())
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
