package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.alertcapture.traffic.Incident;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SampleCaptureTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final String RUNNING =
      "{'id':'c1','state':'RUNNING','history':[{'state':'RUNNING'}]}";
  private static final String COMPLETED =
      "{'id':'c1','state':'COMPLETED','history':[{'state':'RUNNING'},{'state':'COMPLETED'}]}";
  private static final String FAILED =
      "{'id':'c1','state':'FAILED','reason':{'message':'no agent'}}";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Deque<String> states = new ArrayDeque<>();
  private volatile int alertStatus = 202;
  private volatile String alertAnswer =
      "{'captures':[{'id':'c1','target':'web-01','statusUrl':'/api/captures/c1'}]}";
  private HttpServer app;

  @BeforeEach
  void startApp() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext("/api/alerts", exchange -> answer(exchange, alertStatus, alertAnswer));
    app.createContext(
        "/api/captures/c1",
        exchange -> answer(exchange, 200, states.size() > 1 ? states.remove() : states.element()));
    app.start();
  }

  @AfterEach
  void stopApp() {
    app.stop(0);
  }

  @Test
  void completedAndToldIsGood() throws Exception {
    states.addAll(List.of(RUNNING, COMPLETED));
    assertThat(run(true, AMPLE)).isTrue();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("capture c1 of web-01");
    assertThat(lines.get(1)).contains("RUNNING");
    assertThat(lines.get(2)).contains("COMPLETED");
  }

  @Test
  void failedIsNotGood() throws Exception {
    states.add(FAILED);
    assertThat(run(true, AMPLE)).isFalse();
    assertThat(lines).anyMatch(line -> line.contains("no agent"));
  }

  @Test
  void completedWithoutTellingAnybodyIsNotGood() throws Exception {
    states.add(COMPLETED);
    assertThat(run(false, Duration.ofSeconds(1))).isFalse();
    assertThat(lines).last().asString().contains("Last seen").contains("COMPLETED");
  }

  @Test
  void ignoredAlertIsNotGoodAndSaysWhy() throws Exception {
    alertStatus = 200;
    alertAnswer = "{'outcome':'ignored','reason':'switched off'}";
    assertThat(run(true, AMPLE)).isFalse();
    assertThat(lines).singleElement().asString().contains("no capture").contains("switched off");
  }

  private boolean run(boolean told, Duration limit) throws Exception {
    URI uri = URI.create("http://localhost:" + app.getAddress().getPort());
    return new SampleCapture(
            uri, Incident.BACKUP, (id, capture) -> told && id.equals("c1"), lines::add)
        .run(limit);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
