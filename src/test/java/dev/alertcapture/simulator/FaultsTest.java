package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static dev.alertcapture.simulator.SimulatedAzure.captureBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private final SimulatedAzure azure = new SimulatedAzure();

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void aFaultAnswersInPlaceOfAzureAndHasNoEffect() {
    azure.simulator.addFault(
        Fault.answering("PUT", "packetCaptures", 429, "RetryableErrorDueToAnotherOperation")
            .withRetryAfter(7)
            .withTimes(1));
    Reply refused = azure.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(429);
    assertThat(refused.errorCode()).isEqualTo("RetryableErrorDueToAnotherOperation");
    assertThat(refused.header("Retry-After")).isEqualTo("7");
    assertThat(azure.simulator.sessions()).isEmpty();
    azure.put(CAPTURES + "/pc", captureBody(WEB_01, "")).expect(201);
  }

  @Test
  void aFaultTakesOnlyItsMethodAndPath() {
    azure.simulator.addFault(Fault.answering("POST", "/QUERYSTATUS$", 500, null));
    azure.capture("pc", WEB_01, "");
    azure.get(CAPTURES + "/pc").expect(200);
    azure.post(CAPTURES + "/pc/stop").expect(202);
    assertThat(azure.post(CAPTURES + "/pc/queryStatus").expect(500).errorCode())
        .isEqualTo("SimulatorFault");
    azure.simulator.clearFaults();
    azure.post(CAPTURES + "/pc/queryStatus").expect(202);
  }

  @Test
  void theFirstFaultThatMatchesHasTheRequest() {
    azure.simulator.addFault(Fault.answering(null, "packetCaptures", 503, "First").withTimes(2));
    azure.simulator.addFault(Fault.answering(null, "packetCaptures", 500, "Second"));
    assertThat(azure.get(CAPTURES).errorCode()).isEqualTo("First");
    assertThat(azure.get(CAPTURES).errorCode()).isEqualTo("First");
    assertThat(azure.get(CAPTURES).errorCode()).isEqualTo("Second");
    assertThat(azure.get(CAPTURES).errorCode()).isEqualTo("Second");
  }

  @Test
  void aConnectionCutBeforeLeavesNoTrace() {
    azure.simulator.addFault(Fault.cutting("PUT", "packetCaptures", Fault.Cut.BEFORE));
    assertThatThrownBy(() -> azure.tryToSend(put())).isInstanceOf(IOException.class);
    assertThat(azure.simulator.sessions()).isEmpty();
    assertThat(azure.simulator.requests()).extracting(RecordedRequest::status).containsOnly(0);
  }

  @Test
  void aConnectionCutAfterHasDoneItsWork() {
    azure.simulator.addFault(Fault.cutting("PUT", "packetCaptures", Fault.Cut.AFTER));
    assertThatThrownBy(() -> azure.tryToSend(put())).isInstanceOf(IOException.class);
    assertThat(azure.simulator.sessions()).extracting(SimulatedSession::name).containsExactly("pc");
    assertThat(azure.simulator.requests()).extracting(RecordedRequest::status).containsOnly(0);
  }

  @Test
  void latencyIsReallyWaitedAndByNobodyElse() {
    azure.simulator.addFault(Fault.delaying("GET", "packetCaptures", Duration.ofMinutes(1)));
    HttpRequest.Builder impatient =
        HttpRequest.newBuilder(azure.arm(CAPTURES))
            .timeout(Duration.ofMillis(200))
            .header("Authorization", "Bearer development");
    assertThatThrownBy(() -> azure.tryToSend(impatient)).isInstanceOf(HttpTimeoutException.class);
    azure.get(WEB_01).expect(200);
  }

  @Test
  void afterItsLatencyTheAnswerIsAzures() {
    azure.simulator.addFault(Fault.delaying("GET", "packetCaptures", Duration.ofMillis(1)));
    assertThat(azure.get(CAPTURES).expect(200).text()).isEqualTo("{\"value\":[]}");
  }

  @Test
  void aFaultOfAFileHasStoragesForm() {
    azure.simulator.addFault(Fault.answering("HEAD", "^/pcapstore/", 403, "AuthorizationFailure"));
    URI file = azure.simulator.uri().resolve("/pcapstore/capture/pc.cap");
    assertThat(azure.send("HEAD", file, "").expect(403).header("x-ms-error-code"))
        .isEqualTo("AuthorizationFailure");
  }

  @Test
  void faultsComeAndGoOverHttp() {
    azure
        .control(
            "POST",
            "faults",
            """
            {"path": "packetCaptures$", "method": "GET", "status": 403,
             "code": "AuthorizationFailed", "times": 2}""")
        .expect(204);
    azure.control("POST", "faults", "{\"path\": \"stop\", \"cut\": \"after\"}").expect(204);
    assertThat(azure.get(CAPTURES).expect(403).errorCode()).isEqualTo("AuthorizationFailed");
    azure.control("DELETE", "faults", "").expect(204);
    azure.get(CAPTURES).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"path\": \"(\"}",
        "{\"path\": \"x\", \"times\": 0}",
        "{\"path\": \"x\", \"status\": 204}",
        "{\"path\": \"x\", \"cut\": \"during\"}",
        "{\"path\": \"x\", \"colour\": 1}",
        "nonsense",
        ""
      })
  void aFaultThatMakesNoSenseIsRefused(String fault) {
    assertThat(azure.control("POST", "faults", fault).expect(400).at("error.message").asText())
        .isNotEmpty();
  }

  private HttpRequest.Builder put() {
    return HttpRequest.newBuilder(azure.arm(CAPTURES + "/pc"))
        .timeout(Duration.ofSeconds(30))
        .PUT(BodyPublishers.ofString(captureBody(WEB_01, "")))
        .header("Authorization", "Bearer development");
  }
}
