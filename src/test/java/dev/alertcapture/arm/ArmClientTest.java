package dev.alertcapture.arm;

import static dev.alertcapture.arm.ArmFixture.HTTP;
import static dev.alertcapture.arm.ArmFixture.WATCHER;
import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.plan;
import static dev.alertcapture.arm.ArmFixture.sessions;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.trouble;
import static dev.alertcapture.testing.StubServer.header;
import static dev.alertcapture.testing.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import dev.alertcapture.azure.AzurePipeline;
import dev.alertcapture.azure.Cloud;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions.Operation;
import dev.alertcapture.capture.Sessions.Progress;
import dev.alertcapture.testing.StubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

final class ArmClientTest {
  private static final String SUCCEEDED = "{\"status\": \"Succeeded\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{other}/subscriptions/s/operations/1?t=hunter2",
        "{stub}@{otherHost}/subscriptions/s/operations/1?t=hunter2",
        "http://hunter2:x@{host}/subscriptions/s/operations/1",
        "http://@{host}/subscriptions/s/operations/1",
        "https://{host}/subscriptions/s/operations/1?t=hunter2",
        "ftp://{host}/subscriptions/s/operations/1?t=hunter2",
        "file:///subscriptions/s?t=hunter2",
        "//{host}/subscriptions/s?t=hunter2",
        "/subscriptions/s?t=hunter2",
        "http:{host}/subscriptions/s?t=hunter2",
        "http://{host}.example/subscriptions/s?t=hunter2",
        "http://{host}1/subscriptions/s?t=hunter2",
        "{stub}/providers/hunter2",
        "{stub}?t=hunter2",
        "{stub}//subscriptions/hunter2",
        "{stub}/subscriptions/../hunter2",
        "{stub}/subscriptions/s/..?t=hunter2",
        "{stub}/subscriptions/%2e%2e/hunter2",
        "{stub}/subscriptions/%2E./hunter2",
        "{stub}\\subscriptions\\hunter2",
        "{stub}/subscriptions/s hunter2",
        "{stub}/subscriptions/s\r\nX: hunter2",
        "hunter2",
        ""
      })
  void anOperationsUrlThatLeadsElsewhereIsRefusedUnsent(String url) {
    try (StubServer stub = StubServer.answering(json(200, SUCCEEDED));
        StubServer other = StubServer.answering(json(200, SUCCEEDED))) {
      String there =
          url.replace("{stub}", stub.uri().toString())
              .replace("{host}", stub.uri().getAuthority())
              .replace("{otherHost}", other.uri().getAuthority())
              .replace("{other}", other.uri().toString());
      PortException trouble = trouble(() -> sessions(stub.uri()).operation(there, soon()));
      assertThat(trouble.reason()).isEqualTo(Reason.REFUSED);
      assertThat(trouble.detail()).doesNotContain("hunter2", stub.uri().getAuthority());
      assertThat(stub.requests()).isEmpty();
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void anOperationsUrlIsSentVerbatim() throws PortException {
    String url = "/subscriptions/s/o%20p/1?api-version=1&t=%2b+%7e&c=" + "aB_-".repeat(800) + "&h=";
    try (StubServer stub = StubServer.answering(json(200, SUCCEEDED))) {
      assertThat(sessions(stub.uri()).operation(stub.uri() + url, soon()))
          .contains(new Operation(Progress.SUCCEEDED, null, null));
      assertThat(stub.requests().get(0).uri()).hasToString(url);
      assertThat(stub.requests().get(0).headers().getFirst("Authorization"))
          .isEqualTo("Bearer development");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\": \"InProgress\"}      | IN_PROGRESS |",
        "{\"status\": \"succeeded\"}       | SUCCEEDED   |",
        "{\"status\": \"Canceled\"}        | FAILED      | ''",
        "{\"status\": \"Waiting\"}         | IN_PROGRESS |",
        "{}                                | IN_PROGRESS |",
        "{\"status\": \"Failed\", \"error\": {\"code\": \"A\", \"message\": \"b\\nc\"}} | FAILED | A b c",
        "{\"status\": \"Failed\", \"error\": {\"message\": \"see http://a/b?t=x\"}} | FAILED | see http://a/b",
        "{\"status\": \"Failed\", \"error\": \"A\"} | FAILED | ''"
      })
  void anOperationIsReadFromItsBody(String body, Progress progress, String error)
      throws PortException {
    try (StubServer stub = StubServer.answering(json(200, body))) {
      assertThat(sessions(stub.uri()).operation(stub.uri() + "/subscriptions/s", soon()))
          .contains(new Operation(progress, null, error));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 302, 400, 404, 409})
  void whatIsNot200TellsNothingOfAnOperation(int status) throws PortException {
    try (StubServer other = StubServer.answering(json(200, SUCCEEDED));
        StubServer stub =
            StubServer.answering(header(status, "Location", other.uri() + "/subscriptions/s"))) {
      assertThat(sessions(stub.uri()).operation(stub.uri() + "/subscriptions/s", soon())).isEmpty();
      assertThat(stub.requests()).hasSize(1);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void anOperationWhoseAnswerIsNoJsonIsTroubleForNow() {
    try (StubServer stub = StubServer.answering(json(200, "{\"status\": \"Succ"))) {
      String url = stub.uri() + "/subscriptions/s";
      assertThat(trouble(() -> sessions(stub.uri()).operation(url, soon())).reason()).isNull();
    }
  }

  @Test
  void watchersWithIdsThatAreNoneArePassedOver() throws PortException {
    String group = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkWatchers/";
    String good =
        "/subscriptions/s/resourcegroups/g.(1)/providers/microsoft.network/networkwatchers/w";
    List<String> ids =
        List.of(
            group + "a?b",
            group + "a/b",
            group + "..",
            group + "a%2fb",
            group,
            "/subscriptions/s/resourceGroups/../providers/Microsoft.Network/networkWatchers/w",
            "https://evil.example" + group + "w",
            WEB_01.id(),
            good,
            group + "second");
    List<String> items = new ArrayList<>();
    items.add("{\"location\": \"eastus\"}");
    items.add("{\"id\": \"" + group + "elsewhere\", \"location\": \"westus\"}");
    items.add("{\"id\": \"" + group + "nowhere\"}");
    ids.forEach(id -> items.add("{\"id\": \"%s\", \"location\": \"East US\"}".formatted(id)));
    String body = "{\"value\": [" + String.join(",", items) + "]}";
    try (StubServer stub = StubServer.answering(json(200, body))) {
      assertThat(sessions(stub.uri()).watcher("s", "eastus", soon())).contains(good);
      assertThat(sessions(stub.uri()).watcher("s", "northeurope", soon())).isEmpty();
    }
  }

  @Test
  void aTokenIsNeverSentOverPlainHttp() {
    TokenCredential credential =
        request -> Mono.just(new AccessToken("hunter2", OffsetDateTime.MAX));
    try (StubServer stub = StubServer.answering(json(200, "{\"value\": []}"))) {
      ArmSessions sessions =
          new ArmSessions(
              new ArmClient(
                  stub.uri(),
                  AzurePipeline.of(HTTP, credential, "https://a/.default", time -> {})));
      PortException list = trouble(() -> sessions.list(WATCHER, soon()));
      PortException start = trouble(() -> sessions.start(WATCHER, "pc", plan(WEB_01), soon()));
      PortException follow =
          trouble(() -> sessions.operation(stub.uri() + "/subscriptions/s", soon()));
      assertThat(List.of(list, start, follow))
          .allSatisfy(trouble -> assertThat(trouble.detail()).doesNotContain("hunter2"));
      assertThat(stub.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void aTokenForTheCloudGoesToTheCloud(Cloud cloud) {
    List<String> scopes = new ArrayList<>();
    List<HttpRequest> sent = new ArrayList<>();
    TokenCredential credential =
        request -> {
          scopes.addAll(request.getScopes());
          return Mono.just(
              new AccessToken("token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        };
    HttpClient http =
        request -> {
          sent.add(request);
          return Mono.error(new UncheckedIOException(new IOException("cut")));
        };
    ArmSessions sessions =
        new ArmSessions(
            new ArmClient(
                cloud.endpoint(), AzurePipeline.of(http, credential, cloud.scope(), time -> {})));
    assertThat(trouble(() -> sessions.list(WATCHER, soon())).reason()).isNull();
    assertThat(scopes).isNotEmpty().containsOnly(cloud.scope());
    assertThat(sent)
        .isNotEmpty()
        .allSatisfy(
            request -> {
              assertThat(request.getUrl().getHost()).isEqualTo(cloud.endpoint().getHost());
              assertThat(request.getUrl().getProtocol()).isEqualTo("https");
              assertThat(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION))
                  .isEqualTo("Bearer token");
            });
  }

  @Test
  void withoutATokenThereIsTroubleForNow() {
    TokenCredential credential =
        request ->
            Mono.error(
                new ClientAuthenticationException(
                    "no identity at http://169.254.169.254/token?secret=hunter2\nline", null));
    HttpClient http = request -> Mono.error(new AssertionError("a request was sent"));
    ArmSessions sessions =
        new ArmSessions(
            new ArmClient(
                URI.create("https://arm.example"),
                AzurePipeline.of(http, credential, "https://a/.default", time -> {})));
    PortException trouble =
        trouble(() -> sessions.list(WATCHER, Deadline.in(Duration.ofSeconds(9), () -> 0)));
    assertThat(trouble.reason()).isNull();
    assertThat(trouble.detail())
        .contains("no token could be had, no identity at http://169.254.169.254/token line");
  }
}
