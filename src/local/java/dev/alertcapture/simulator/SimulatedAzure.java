package dev.alertcapture.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A started simulator with a clock that stands still, and the calls that its tests make. */
final class SimulatedAzure implements AutoCloseable {
  static final String SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111";
  static final String WATCHER =
      SUBSCRIPTION
          + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westcentralus";
  static final String CAPTURES = WATCHER + "/packetCaptures";
  static final String COMPUTE =
      SUBSCRIPTION + "/resourceGroups/PacketCaptureRG/providers/Microsoft.Compute";
  static final String WEB_01 = COMPUTE + "/virtualMachines/web-01";
  static final String WEB_02 = COMPUTE + "/virtualMachines/web-02";
  static final String SCALE_SET = COMPUTE + "/virtualMachineScaleSets/web-vmss";
  static final String ACCOUNT =
      SUBSCRIPTION
          + "/resourceGroups/PacketCaptureRG/providers/Microsoft.Storage/storageAccounts/pcapstore";

  final MutableClock clock = new MutableClock(Instant.parse("2026-03-17T03:37:35.429101900Z"));
  final Simulator simulator;
  private final HttpClient http = HttpClient.newHttpClient();

  SimulatedAzure() {
    this(options -> options);
  }

  SimulatedAzure(UnaryOperator<SimulatorOptions> change) {
    simulator = Simulator.start(change.apply(SimulatorOptions.defaults().withClock(clock)));
  }

  /** An answer, read whole. */
  record Reply(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return Json.read(text(), JsonNode.class);
    }

    /** The node at a path such as {@code properties.filters}. */
    JsonNode at(String path) {
      return json().at("/" + path.replace('.', '/'));
    }

    String header(String name) {
      return optional(name).orElseThrow(() -> new AssertionError("no header " + name));
    }

    Optional<String> optional(String name) {
      return response.headers().firstValue(name);
    }

    String errorCode() {
      return at("error.code").asText();
    }

    Reply expect(int status) {
      assertThat(status()).as(this::text).isEqualTo(status);
      return this;
    }
  }

  Reply get(String path) {
    return send("GET", arm(path), "");
  }

  Reply put(String path, String body) {
    return send("PUT", arm(path), body);
  }

  Reply post(String path) {
    return send("POST", arm(path), "");
  }

  Reply delete(String path) {
    return send("DELETE", arm(path), "");
  }

  /** Follows a URL from an answer, verbatim. */
  Reply follow(String url) {
    return send("GET", URI.create(url), "");
  }

  Reply poll(Reply accepted) {
    return follow(accepted.header("Azure-AsyncOperation"));
  }

  Reply result(Reply accepted) {
    return follow(accepted.header("Location"));
  }

  Reply control(String method, String what, String body) {
    return send(method, simulator.uri().resolve("/_sim/" + what), body);
  }

  /** Starts a capture of a target into the account, and lets the creation end. */
  Reply capture(String name, String target, String more) {
    Reply accepted = put(CAPTURES + "/" + name, captureBody(target, more)).expect(201);
    clock.advance(Duration.ofSeconds(2));
    return accepted;
  }

  static String captureBody(String target, String more) {
    return """
    {"properties": {"target": "%s", "storageLocation": {"storageId": "%s"}%s}}"""
        .formatted(target, ACCOUNT, more);
  }

  URI arm(String path) {
    return simulator.uri().resolve(path + "?api-version=2024-05-01");
  }

  Reply send(String method, URI uri, String body) {
    return send(
        HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer development")
            .header("x-ms-version", "2021-12-02"));
  }

  Reply send(HttpRequest.Builder request) {
    try {
      return tryToSend(request.timeout(Duration.ofSeconds(30)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** With the request's own timeout. */
  Reply tryToSend(HttpRequest.Builder request) throws IOException {
    try {
      return new Reply(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    simulator.close();
  }
}
