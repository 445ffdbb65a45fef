package dev.alertcapture.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The parts of Azure that take packet captures, over plain HTTP on loopback.
 *
 * <pre>{@code
 * MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
 * try (Simulator azure = Simulator.start(SimulatorOptions.defaults().withClock(clock))) {
 *   // talk to azure.uri(), move the clock, look at azure.sessions()
 * }
 * }</pre>
 *
 * <p>All state follows from the clock at the moment of a request; nothing runs in between, and only
 * a fault's latency is really waited. One lock guards the state. Error codes that start with {@code
 * Simulator} are inventions where nobody has shown what Azure says.
 */
public final class Simulator implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final int MAX_REQUESTS_KEPT = 20_000;
  private static final long MAX_LATENCY_MS = 60_000;
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(?:localhost|127\\.0\\.0\\.1|\\[::1\\])(?::\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "simulator");
            thread.setDaemon(true);
            return thread;
          });
  private final Clock clock;
  private final AzureFront azure;
  private final Faults faults = new Faults();
  private final ControlSide control = new ControlSide(this);
  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private final Object lock = new Object();

  private Simulator(SimulatorOptions options) throws IOException {
    clock = options.clock();
    azure = new AzureFront(options);
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Listens from now on.
   *
   * @throws UncheckedIOException if the port is taken
   * @throws IllegalArgumentException if the inventory is none
   */
  public static Simulator start(SimulatorOptions options) {
    // Read once, by the first server in the JVM: without it each answer waits 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      Simulator simulator = new Simulator(options);
      simulator.server.start();
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on port " + options.port(), e);
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** ARM and blob requests since the start or the last clearing, at most the last 20,000. */
  public List<RecordedRequest> requests() {
    synchronized (lock) {
      return List.copyOf(requests);
    }
  }

  public void clearRequests() {
    synchronized (lock) {
      requests.clear();
    }
  }

  /** The sessions that there are now, those being deleted included. */
  public List<SimulatedSession> sessions() {
    synchronized (lock) {
      return azure.sessions(clock.instant());
    }
  }

  /**
   * How many sessions a watcher has had at most at the same time, not counting those being deleted.
   */
  public int peakSessions(String watcherId) {
    synchronized (lock) {
      return azure.peakSessions(watcherId);
    }
  }

  /** How often a session of each name was started under a watcher, answered or not. */
  public Map<String, Integer> startedSessions(String watcherId) {
    synchronized (lock) {
      return azure.startedSessions(watcherId);
    }
  }

  /**
   * Adds a fault behind those in force.
   *
   * @throws IllegalArgumentException if the fault makes no sense
   */
  public void addFault(Fault fault) {
    faults.add(fault);
  }

  public void clearFaults() {
    faults.clear();
  }

  /**
   * Adds to the inventory, and replaces what has the same id.
   *
   * @throws IllegalArgumentException if it is no inventory
   */
  public void mergeInventory(JsonNode inventory) {
    synchronized (lock) {
      azure.inventory().merge(inventory);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
      Call call =
          new Call(
              clock.instant(),
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              exchange.getRequestURI().getRawQuery(),
              exchange.getRequestHeaders().getFirst("Host"),
              exchange.getRequestHeaders(),
              new String(body, StandardCharsets.UTF_8));
      Answer answer = body.length > MAX_BODY_BYTES ? tooLarge() : answer(call);
      if (answer != null) {
        send(exchange, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null where a fault cuts the connection. */
  private Answer answer(Call call) throws InterruptedException {
    try {
      if (call.authority() == null || !LOOPBACK.matcher(call.authority()).matches()) {
        return refusal(421, "The simulator answers to loopback names only.");
      }
      return call.path().startsWith(ControlSide.PREFIX) ? control.answer(call) : record(call);
    } catch (RuntimeException e) {
      return refusal(500, "A bug in the simulator: " + e);
    }
  }

  private Answer record(Call call) throws InterruptedException {
    Fault fault = faults.take(call.method(), call.path()).orElse(null);
    if (fault != null) {
      TimeUnit.MILLISECONDS.sleep(Math.min(fault.latencyMs(), MAX_LATENCY_MS));
    }
    synchronized (lock) {
      Answer answer = withFault(fault, call.at(clock.instant()));
      requests.add(
          new RecordedRequest(
              call.now(),
              call.method(),
              call.path(),
              call.query(),
              answer == null ? 0 : answer.status(),
              call.body()));
      if (requests.size() > MAX_REQUESTS_KEPT) {
        requests.remove();
      }
      return answer;
    }
  }

  private Answer withFault(Fault fault, Call call) {
    if (fault == null) {
      return azure.answer(call);
    }
    if (fault.cut() == null && fault.status() != null) {
      return AzureFront.fault(fault, call);
    }
    Answer answer = fault.cut() == Fault.Cut.BEFORE ? null : azure.answer(call);
    return fault.cut() == null ? answer : null;
  }

  private static Answer tooLarge() {
    return refusal(413, "The body is larger than 1 MiB.");
  }

  private static Answer refusal(int status, String message) {
    return ArmError.frontEnd(status, "SimulatorRefusal", message).answer();
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
    }
    boolean noBody = head || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), noBody ? -1 : answer.body().length);
    if (!noBody) {
      exchange.getResponseBody().write(answer.body());
    }
  }
}
