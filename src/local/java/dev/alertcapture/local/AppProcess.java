package dev.alertcapture.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A staged app in a JVM of its own, under {@link LocalHost}, as the worker has it: working
 * directory = the app's folder, settings = environment variables (docs/design/worker.md, "The host
 * and the worker").
 */
public final class AppProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMER_PERIOD = Duration.ofSeconds(1);

  /** Lines; older output is let go. */
  private static final int KEPT_OUTPUT = 2000;

  private final Process process;
  private final Consumer<String> listener;
  private final Deque<String> output = new ArrayDeque<>();
  private final CompletableFuture<URI> listening = new CompletableFuture<>();
  private final Thread reader = new Thread(this::read, "app output");

  /** Starts the app on any free port with exactly this environment; nothing is inherited. */
  public static AppProcess start(Path stagedApp, Map<String, String> environment)
      throws IOException {
    return start(stagedApp, environment, 0, TIMER_PERIOD, line -> {});
  }

  /**
   * Starts the app and waits until it serves.
   *
   * @param environment all of it: the caller's own is not inherited
   * @param output gets each line that the app writes, standard error included
   * @throws IOException that says what the app wrote, when it ended first
   */
  public static AppProcess start(
      Path stagedApp,
      Map<String, String> environment,
      int port,
      Duration timerPeriod,
      Consumer<String> output)
      throws IOException {
    StagedApp.read(stagedApp);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.httpserver.nodelay=true",
            "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%6$s%n",
            "-cp",
            absoluteClassPath(),
            LocalHost.class.getName(),
            stagedApp.toAbsolutePath().toString(),
            Integer.toString(port),
            Long.toString(timerPeriod.toMillis()));
    builder.directory(stagedApp.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    AppProcess app = new AppProcess(builder.start(), output);
    app.awaitListening();
    return app;
  }

  private AppProcess(Process process, Consumer<String> listener) {
    this.process = process;
    this.listener = listener;
    reader.setDaemon(true);
    reader.start();
  }

  public URI uri() {
    return listening.join();
  }

  /** What the app wrote so far, for a failing test to show. */
  public List<String> output() {
    synchronized (output) {
      return List.copyOf(output);
    }
  }

  /** Done when the process has ended, whoever ended it. */
  public CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Ends it as a crash would (SIGKILL), and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * Ends it: stdin closed first, then SIGTERM, then SIGKILL, a few seconds apart. All output is
   * read.
   */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // Already gone.
    }
    if (!endsWithin(END_TIMEOUT)) {
      process.destroy();
      if (!endsWithin(END_TIMEOUT)) {
        kill();
      }
    }
    try {
      reader.join(END_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void awaitListening() throws IOException {
    try {
      listening.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      kill();
      throw new IOException(
          "The app did not listen within " + START_TIMEOUT.toSeconds() + " s:\n" + text(), e);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the app was starting", e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        took(line);
      }
    } catch (IOException e) {
      took("(its output broke off: " + e.getMessage() + ")");
    }
    int code = process.onExit().join().exitValue();
    listening.completeExceptionally(
        new IllegalStateException(
            "The app ended with exit code " + code + " before it listened:\n" + text()));
  }

  private void took(String line) {
    if (!listening.isDone() && line.startsWith(LocalHost.LISTENING)) {
      listening.complete(URI.create(line.substring(LocalHost.LISTENING.length())));
      return;
    }
    synchronized (output) {
      output.addLast(line);
      if (output.size() > KEPT_OUTPUT) {
        output.removeFirst();
      }
    }
    listener.accept(line);
  }

  private String text() {
    return String.join("\n", output());
  }

  private static String absoluteClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
