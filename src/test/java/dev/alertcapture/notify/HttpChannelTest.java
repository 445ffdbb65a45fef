package dev.alertcapture.notify;

import static dev.alertcapture.testing.StubServer.header;
import static dev.alertcapture.testing.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.capture.Task;
import dev.alertcapture.news.FileLocator;
import dev.alertcapture.news.SummaryWriter;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpChannelTest {
  private static final HttpClient HTTP = StubServer.client();
  private static final String SECRET_PATH = "/hook/hunter2?sig=hunter2";
  private static final Instant CREATED = Instant.parse("2026-03-17T03:37:35Z");
  private static final Instant RUNNING = CREATED.plusSeconds(3);
  private static final Instant ENDED = CREATED.plusSeconds(60);
  private static final Target TARGET =
      Target.parse(
              "/subscriptions/s/resourceGroups/gr\u00fcn/providers/Microsoft.Compute/virtualMachines/till-7")
          .orElseThrow();

  private static Capture capture() {
    Session session =
        new Session(
            "alert-till-7",
            "/watcher",
            Session.Phase.ACCEPTED,
            "https://arm.example/operations?t=hunter2",
            CREATED,
            RUNNING,
            new Session.Paths(null, "/var/captures/a.cap"),
            null);
    return new Capture(
        "0123456789abcdefghjkm",
        TARGET,
        new Alert.Details("common", "key", "Slow <\"\u2028> \uD83D\uDE00", null, null, null, null),
        new CaptureOptions(Duration.ofSeconds(10), 0, 0, List.of()),
        new Capture.Joins(0, List.of()),
        0,
        "westus",
        CaptureState.COMPLETED,
        CREATED,
        ENDED,
        Task.due(ENDED),
        0,
        null,
        session,
        null,
        null,
        null,
        List.of(
            new Capture.Entry(CREATED, CaptureState.REQUESTED, "fired"),
            new Capture.Entry(RUNNING, CaptureState.RUNNING, "runs"),
            new Capture.Entry(ENDED.minusSeconds(9), CaptureState.RUNNING, "stop sent"),
            new Capture.Entry(ENDED, CaptureState.COMPLETED, "done")),
        List.of(),
        Map.of());
  }

  private static final SummaryWriter WRITER =
      new SummaryWriter(new FileLocator("https://portal.example", null, Map.of()), null);

  private static HttpChannel channel(URI server) {
    return channel(server, new CaptureEvent("/alert-packet-capture/shop", WRITER));
  }

  private static HttpChannel channel(URI server, Message message) {
    return new HttpChannel(HTTP, URI.create(server + SECRET_PATH), message);
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, System::nanoTime);
  }

  private static void send(StubServer server, CaptureState about) throws PortException {
    channel(server.uri()).send(capture(), about, in(Duration.ofSeconds(30)));
  }

  private static PortException trouble(URI server, Duration time) {
    PortException trouble =
        catchThrowableOfType(
            PortException.class,
            () -> channel(server).send(capture(), CaptureState.COMPLETED, in(time)));
    assertThat(trouble).isNotNull();
    assertThat(trouble.detail()).doesNotContain("hunter2", "127.0.0.1", "/hook");
    return trouble;
  }

  private static PortException trouble(StubServer server) {
    return trouble(server.uri(), Duration.ofSeconds(30));
  }

  @Test
  void anEventIsAStructuredCloudEvent() throws Exception {
    try (StubServer server = StubServer.answering(json(200, "ok"))) {
      send(server, CaptureState.COMPLETED);
      StubServer.Asked asked = server.requests().get(0);
      assertThat(asked.method()).isEqualTo("POST");
      assertThat(asked.uri()).hasToString(SECRET_PATH);
      assertThat(asked.headers().getFirst("Content-Type"))
          .isEqualTo("application/cloudevents+json; charset=utf-8");
      assertThat(asked.headers()).doesNotContainKey("Authorization");
      assertThat(asked.body()).doesNotContain("hunter2");
      JsonNode event = new ObjectMapper().readTree(asked.body());
      assertThat(event.properties().stream().map(p -> p.getKey()))
          .containsExactlyInAnyOrder(
              "specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data");
      assertThat(event.get("specversion").asText()).isEqualTo("1.0");
      assertThat(event.get("id").asText()).isEqualTo("0123456789abcdefghjkm-completed");
      assertThat(event.get("source").asText()).isEqualTo("/alert-packet-capture/shop");
      assertThat(event.get("type").asText()).isEqualTo("dev.alertcapture.capture.completed");
      assertThat(event.get("subject").asText()).isEqualTo(TARGET.id());
      assertThat(event.get("time").asText()).isEqualTo("2026-03-17T03:38:35Z");
      assertThat(event.get("datacontenttype").asText()).isEqualTo("application/json");
      assertThat(event.at("/data/id").asText()).isEqualTo("0123456789abcdefghjkm");
      assertThat(event.at("/data/alert/rule").asText()).isEqualTo("Slow <\"\u2028> \uD83D\uDE00");
    }
  }

  @Test
  void theSameNewsHasTheSameIdAndOtherNewsAnother() throws Exception {
    try (StubServer server = StubServer.answering(json(204, ""))) {
      send(server, CaptureState.COMPLETED);
      send(server, CaptureState.COMPLETED);
      send(server, CaptureState.RUNNING);
      List<StubServer.Asked> asked = server.requests();
      assertThat(asked.get(1).body()).isEqualTo(asked.get(0).body());
      JsonNode started = new ObjectMapper().readTree(asked.get(2).body());
      assertThat(started.get("id").asText()).isEqualTo("0123456789abcdefghjkm-started");
      assertThat(started.get("type").asText()).isEqualTo("dev.alertcapture.capture.started");
    }
  }

  @Test
  void theTimeOfNewsIsWhenItHappenedHoweverLateItIsTold() throws Exception {
    try (StubServer server = StubServer.answering(json(200, ""))) {
      send(server, CaptureState.RUNNING);
      JsonNode started = new ObjectMapper().readTree(server.requests().get(0).body());
      assertThat(started.get("time").asText()).isEqualTo(RUNNING.toString());
    }
  }

  @Test
  void eachFormIsSentAsItIs() throws Exception {
    try (StubServer server = StubServer.answering(json(202, ""))) {
      for (Message form : List.of(new TeamsCard(WRITER), new SlackBlocks(WRITER))) {
        channel(server.uri(), form)
            .send(capture(), CaptureState.COMPLETED, in(Duration.ofSeconds(30)));
        StubServer.Asked asked = server.requests().get(server.requests().size() - 1);
        assertThat(asked.headers().getFirst("Content-Type"))
            .isEqualTo("application/json; charset=utf-8");
        assertThat(asked.uri()).hasToString(SECRET_PATH);
        assertThat(asked.body()).isEqualTo(form.json(capture(), CaptureState.COMPLETED));
        assertThat(asked.body()).contains("Slow", "\uD83D\uDE00").doesNotContain("hunter2");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    try (StubServer other = StubServer.answering(json(200, ""));
        StubServer server = StubServer.answering(header(status, "Location", other.uri() + "/"))) {
      PortException trouble = trouble(server);
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
      assertThat(trouble.detail())
          .isEqualTo("answered " + status + ", a redirect, which is not followed");
      assertThat(server.requests()).hasSize(1);
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 413})
  void aRefusalIsForGood(int status) {
    try (StubServer server = StubServer.answering(json(status, "hunter2"))) {
      PortException trouble = trouble(server);
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
      assertThat(trouble.detail()).isEqualTo("answered " + status);
    }
  }

  @ParameterizedTest
  @CsvSource({"408,", "429, 30", "429,", "500,", "503, 7"})
  void aPassingErrorIsForNow(int status, String retryAfter) {
    try (StubServer server =
        StubServer.answering(
            retryAfter == null
                ? json(status, "hunter2")
                : header(status, "Retry-After", retryAfter))) {
      PortException trouble = trouble(server);
      assertThat(trouble.reason()).isNull();
      assertThat(trouble.detail()).isEqualTo("answered " + status);
      assertThat(trouble.retryAfter())
          .isEqualTo(retryAfter == null ? null : Duration.ofSeconds(Long.parseLong(retryAfter)));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aSilentReceiverIsLeftAtTheDeadline() {
    try (StubServer silent = StubServer.silent()) {
      assertThat(trouble(silent.uri(), Duration.ofMillis(300)).reason()).isNull();
    }
  }

  @Test
  void nothingIsSentAfterTheDeadline() {
    try (StubServer server = StubServer.answering(json(200, ""))) {
      assertThat(trouble(server.uri(), Duration.ZERO).reason()).isNull();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void anAnswerWhoseBodyNeverEndsIsAnAnswer() throws PortException {
    try (StubServer server =
        StubServer.answering(
            exchange -> {
              exchange.getResponseHeaders().set("X-Stub-Hangs", "yes");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('a');
              exchange.getResponseBody().flush();
            })) {
      send(server, CaptureState.COMPLETED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void nobodyListeningIsTroubleForNow() {
    URI gone;
    try (StubServer stub = StubServer.silent()) {
      gone = stub.uri();
    }
    assertThat(trouble(gone, Duration.ofSeconds(30)).reason()).isNull();
  }
}
