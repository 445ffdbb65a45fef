package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.WATCHER;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.captureBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlSideTest {
  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void requestsAreKeptInOrderWithoutTheControlSides() {
    String body = captureBody(WEB_01, "");
    azure.put(CAPTURES + "/pc", body).expect(201);
    azure.send("HEAD", azure.simulator.uri().resolve("/pcapstore/capture/pc.cap"), "").expect(404);
    azure.control("GET", "sessions", "").expect(200);
    JsonNode requests = azure.control("GET", "requests", "").expect(200).json();
    assertThat(requests.findValuesAsText("method")).containsExactly("PUT", "HEAD");
    assertThat(requests.get(0).toString())
        .isEqualTo(
            Json.object()
                .put("time", azure.clock.instant().toString())
                .put("method", "PUT")
                .put("path", CAPTURES + "/pc")
                .put("query", "api-version=2024-05-01")
                .put("status", 201)
                .put("body", body)
                .toString());
    assertThat(azure.simulator.requests())
        .extracting(RecordedRequest::path)
        .containsExactly(CAPTURES + "/pc", "/pcapstore/capture/pc.cap");
    azure.control("DELETE", "requests", "").expect(204);
    assertThat(azure.control("GET", "requests", "").text()).isEqualTo("[]");
  }

  @Test
  void sessionsAreTheArmBodyAndWhatArmDoesNotTell() {
    azure.capture("pc", WEB_01, "");
    azure.delete(CAPTURES + "/pc").expect(202);
    ObjectNode expected = (ObjectNode) azure.get(CAPTURES + "/pc").json();
    expected.put("state", "Running").put("deleting", true).put("watcher", WATCHER);
    JsonNode sessions = azure.control("GET", "sessions", "").expect(200).json();
    assertThat(sessions).containsExactly(expected);
    assertThat(azure.simulator.sessions())
        .extracting(SimulatedSession::state)
        .isEqualTo(List.of("Running"));
  }

  @Test
  void whatTheControlSideHasNotIsSaid() {
    azure.control("GET", "faults", "").expect(404);
    azure.control("GET", "", "").expect(404);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:7072, 200",
    "127.0.0.1:7072, 200",
    "[::1]:7072, 200",
    "LOCALHOST, 200",
    "example.com, 421",
    "localhost.example.com:80, 421",
    "127.0.0.1@example.com, 421"
  })
  void onlyLoopbackNamesAreServed(String host, int status) throws IOException {
    URI uri = azure.simulator.uri();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET /_sim/requests HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void aBodyOfMoreThanAMebibyteIsRefused() {
    azure.control("PUT", "inventory", " ".repeat((1 << 20) + 1)).expect(413);
  }
}
