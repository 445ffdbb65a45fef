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
import java.util.function.BiConsumer;

/**
 * Somebody who gets told: a URL on loopback for each channel, which takes what is posted to it, and
 * remembers the CloudEvents.
 */
public final class Inbox implements AutoCloseable {
  private static final List<String> CHANNELS = List.of("webhook", "teams", "slack");
  private static final int MAX_BODY = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final BiConsumer<String, JsonNode> listener;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** Listens from now on; the listener gets each message, with the name of its channel. */
  public static Inbox start(BiConsumer<String, JsonNode> listener) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Inbox(HttpServer.create(anyPort, 0), listener);
  }

  private Inbox(HttpServer server, BiConsumer<String, JsonNode> listener) {
    this.server = server;
    this.listener = listener;
    for (String channel : CHANNELS) {
      server.createContext("/" + channel, exchange -> receive(channel, exchange));
    }
    server.start();
  }

  /** Where the messages of a channel go. */
  public URI uri(String channel) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + channel);
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

  private void receive(String channel, HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(take(channel, exchange), -1);
    }
  }

  private int take(String channel, HttpExchange exchange) throws IOException {
    try {
      JsonNode event = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BODY));
      if (!event.isObject()) {
        return 400;
      }
      if (channel.equals("webhook")) {
        events.add(event);
      }
      listener.accept(channel, event);
      return 200;
    } catch (JacksonException e) {
      return 400;
    }
  }
}
