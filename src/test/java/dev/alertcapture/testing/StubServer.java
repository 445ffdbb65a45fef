package dev.alertcapture.testing;

import com.azure.core.http.HttpClient;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.alertcapture.azure.BoundedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on loopback that gives any answer, also none, and keeps what it was asked. */
public final class StubServer implements AutoCloseable {
  private static final long LONGEST_HANG_SECONDS = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;

  /** One request, as it came. */
  public record Asked(String method, URI uri, Headers headers, String body) {}

  private StubServer(HttpHandler answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, answer));
    server.start();
  }

  /** A server that answers each request in one way. */
  public static StubServer answering(HttpHandler answer) {
    // Read once, by the first server in the JVM: without it each answer waits 40 ms for an ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      return new StubServer(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers a status with JSON, or without a body where it is empty. */
  public static HttpHandler json(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Answers a status with one header and no body. */
  public static HttpHandler header(int status, String name, String value) {
    return exchange -> {
      exchange.getResponseHeaders().set(name, value);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** A server that takes requests and answers none of them. */
  public static StubServer silent() {
    return answering(exchange -> {});
  }

  /** The client that the app uses, in the way in which it uses it. */
  public static HttpClient client() {
    return new BoundedHttpClient();
  }

  private void handle(HttpExchange exchange, HttpHandler answer) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              exchange.getRequestHeaders(),
              new String(body, StandardCharsets.UTF_8)));
      answer.handle(exchange);
      boolean whole = exchange.getResponseCode() != -1;
      if (!whole || exchange.getResponseHeaders().containsKey("X-Stub-Hangs")) {
        closed.await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Asked> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
