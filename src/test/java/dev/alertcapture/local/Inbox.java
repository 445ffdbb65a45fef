package dev.alertcapture.local;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Somebody who gets told: a webhook on loopback that keeps the CloudEvents posted to it. */
public final class Inbox implements AutoCloseable {
  private static final int MAX_BODY = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Consumer<JsonNode> listener;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** Listens from now on; the listener gets each event. */
  public static Inbox start(Consumer<JsonNode> listener) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Inbox(HttpServer.create(anyPort, 0), listener);
  }

  private Inbox(HttpServer server, Consumer<JsonNode> listener) {
    this.server = server;
    this.listener = listener;
    server.createContext("/events", this::receive);
    server.start();
  }

  /** Where events go. */
  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/events");
  }

  /** Whether the end of this capture was told: an event that names it and is not its start. */
  public boolean knowsTheEndOf(String captureId) {
    return events.stream()
        .anyMatch(
            event ->
                event.toString().contains(captureId)
                    && !event.path("type").asText().endsWith("started"));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(take(exchange), -1);
    }
  }

  private int take(HttpExchange exchange) throws IOException {
    try {
      JsonNode event = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
      if (!event.isObject()) {
        return 400;
      }
      events.add(event);
      listener.accept(event);
      return 200;
    } catch (JacksonException e) {
      return 400;
    }
  }
}
