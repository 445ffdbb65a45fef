package dev.alertcapture.local;

import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a staged Functions app over HTTP on loopback, by the rules that the Functions host was seen
 * to keep (docs/design/worker.md, "The host and the worker").
 *
 * <p>Access keys are not asked for, timers run at a pace of our own, at multiples of their period
 * by the clock, and {@code functionTimeout} is not enforced. The worker's working directory is the
 * app's folder: whoever wants that starts this in a process of its own ({@link AppProcess}).
 */
public final class LocalHost implements AutoCloseable {
  /** What {@link #main} prints once requests are served, before the address. */
  static final String LISTENING = "Listening on ";

  private static final Logger LOG = Logger.getLogger(LocalHost.class.getName());

  private final URLClassLoader loader;
  private final HttpServer server;
  private final List<HostedFunction> routed;
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons("function"));
  private final ScheduledExecutorService timers;
  private final long timerPeriod;

  /** Starts serving; {@code port} 0 takes any free one. */
  public static LocalHost start(Path stagedApp, int port, Duration timerPeriod) throws IOException {
    StagedApp app = StagedApp.read(stagedApp.toAbsolutePath());
    HttpServer server = bind(port);
    URLClassLoader loader = StageClassLoader.of(app);
    try {
      return new LocalHost(app, loader, server, timerPeriod);
    } catch (RuntimeException e) {
      server.stop(0);
      loader.close();
      throw e;
    }
  }

  private static HttpServer bind(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException e) {
      throw new IOException("Port " + port + " is taken by another program.", e);
    }
  }

  private LocalHost(StagedApp app, URLClassLoader loader, HttpServer server, Duration timerPeriod) {
    this.loader = loader;
    this.server = server;
    Optional<FunctionInstanceInjector> injector =
        ServiceLoader.load(FunctionInstanceInjector.class, loader).findFirst();
    List<HostedFunction> all =
        app.functions().stream()
            .map(function -> new HostedFunction(function, loader, injector))
            .toList();
    routed =
        all.stream()
            .filter(function -> function.route().isPresent())
            .sorted(Comparator.comparing(function -> function.route().orElseThrow().precedence()))
            .toList();
    List<HostedFunction> timed =
        all.stream().filter(function -> function.route().isEmpty()).toList();
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
    timers = Executors.newScheduledThreadPool(Math.max(1, timed.size()), daemons("timer"));
    this.timerPeriod = timerPeriod.toMillis();
    timed.forEach(function -> schedule(function, System.currentTimeMillis()));
  }

  /**
   * Never two runs of a timer at once; and one that outlasts its slot is followed by the next at
   * once, which then stands for all that were missed.
   */
  private void schedule(HostedFunction function, long occurrence) {
    long wait = Math.max(0, occurrence - System.currentTimeMillis());
    ScheduledFuture<?> unused =
        timers.schedule(
            () -> {
              long begun = Math.max(occurrence, System.currentTimeMillis());
              tick(function);
              schedule(function, (begun / timerPeriod + 1) * timerPeriod);
            },
            wait,
            TimeUnit.MILLISECONDS);
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void close() throws IOException {
    timers.shutdownNow();
    server.stop(0);
    threads.shutdownNow();
    loader.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private HttpAnswer answer(HttpExchange exchange) throws IOException {
    Optional<HttpCall> call = HttpCall.read(exchange);
    if (call.isEmpty()) {
      return HttpAnswer.empty(HttpStatus.PAYLOAD_TOO_LARGE);
    }
    for (HostedFunction function : routed) {
      Optional<Map<String, String>> parameters =
          function
              .route()
              .orElseThrow()
              .match(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
      if (parameters.isPresent()) {
        return run(function, Invocation.ofRequest(function.name(), call.get(), parameters.get()));
      }
    }
    return HttpAnswer.empty(HttpStatus.NOT_FOUND);
  }

  private static void tick(HostedFunction function) {
    run(function, Invocation.ofTimer(function.name()));
  }

  private static HttpAnswer run(HostedFunction function, Invocation invocation) {
    try {
      return HttpAnswer.of(function.invoke(invocation));
    } catch (Throwable e) {
      // An Error of the app, a class missing from the stage say, must not end a timer or leave a
      // caller hanging.
      LOG.log(Level.SEVERE, "Function " + function.name() + " failed", e);
      return HttpAnswer.empty(HttpStatus.INTERNAL_SERVER_ERROR);
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Arguments: staged folder, port, timer period in ms. Lives until its stdin ends, and so dies
   * with its parent.
   */
  public static void main(String[] args) throws IOException {
    try (LocalHost host =
        start(
            Path.of(args[0]),
            Integer.parseInt(args[1]),
            Duration.ofMillis(Long.parseLong(args[2])))) {
      System.out.println(LISTENING + host.uri());
      try (InputStream stdin = System.in) {
        stdin.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }
}
