package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalHostTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static LocalHost host;

  @BeforeAll
  static void startHost() throws IOException {
    host = LocalHost.start(SampleStage.in(folder), 0, Duration.ofMillis(5));
  }

  @AfterAll
  static void stopHost() throws IOException {
    host.close();
  }

  @Test
  void routesAreCaseInsensitive() throws Exception {
    assertThat(get("/API/Echo").statusCode()).isEqualTo(200);
  }

  @Test
  void wrongMethodIsNotFound() throws Exception {
    assertThat(send("/api/things/1", "DELETE", BodyPublishers.noBody()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void pathOutsideAllRoutesIsNotFound() throws Exception {
    assertThat(get("/echo").statusCode()).isEqualTo(404);
    assertThat(get("/api/things/1/more").statusCode()).isEqualTo(404);
  }

  @Test
  void routeParameterIsDecodedAndBound() throws Exception {
    assertThat(get("/api/things/a%2Fb+c").body()).isEqualTo("{\"id\":\"a/b+c\"}");
  }

  @Test
  void literalSegmentBeatsParameter() throws Exception {
    assertThat(get("/api/things/first").body()).isEqualTo("the literal");
  }

  @Test
  void bodyWithLengthArrivesAsText() throws Exception {
    HttpResponse<String> answer = send("/api/echo", "POST", BodyPublishers.ofString("grüß"));
    assertThat(answer.body()).contains("POST /api/echo", "body=Optional[grüß]", "function=Echo");
  }

  @Test
  void chunkedBodyArrivesEmpty() throws Exception {
    byte[] bytes = "lost".getBytes(StandardCharsets.UTF_8);
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    assertThat(send("/api/echo", "POST", chunked).body()).contains("body=Optional.empty");
  }

  @Test
  void binaryBodyArrivesAsBytes() throws Exception {
    HttpResponse<String> answer =
        send(
            "/api/bytes",
            "POST",
            BodyPublishers.ofString("12345"),
            "Content-Type",
            "application/octet-stream");
    assertThat(answer.body()).isEqualTo("bytes=Optional[5]");
  }

  @Test
  void bodyOfAnotherTypeThanTheFunctionWantsFailsAsItDoesInAzure() throws Exception {
    assertThat(post("/api/bytes", "application/json").statusCode()).isEqualTo(500);
    assertThat(post("/api/echo", "application/octet-stream").statusCode()).isEqualTo(500);
  }

  @Test
  void queryValuesAreJoinedAndEmptyOnesVanish() throws Exception {
    assertThat(get("/api/echo?a=1&b=&a=2%263&c").body()).contains("query={a=1,2&3}");
  }

  @Test
  void headerNamesArriveInLowerCase() throws Exception {
    assertThat(send("/api/echo", "GET", BodyPublishers.noBody(), "X-Sample", "seen").body())
        .contains("x-sample=seen");
  }

  @Test
  void textIsPlainTextInUtf8UnlessTheFunctionSaysOtherwise() throws Exception {
    assertThat(get("/api/echo").headers().firstValue("content-type"))
        .hasValue("text/plain; charset=utf-8");
    assertThat(get("/api/things/1").headers().firstValue("content-type"))
        .hasValue("application/json; charset=utf-8");
  }

  @Test
  void responseHasOneValuePerHeader() throws Exception {
    HttpResponse<String> answer = get("/api/things/1");
    assertThat(answer.statusCode()).isEqualTo(HttpStatus.ACCEPTED.value());
    assertThat(answer.headers().allValues("x-twice")).containsExactly("two");
  }

  @Test
  void exceptionIsAnEmpty500() throws Exception {
    HttpResponse<String> answer = get("/api/fail");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void classOnlyOnOurClassPathIsAbsentForTheApp() throws Exception {
    assertThat(get("/api/load?class=" + ObjectMapper.class.getName()).body()).isEqualTo("absent");
    assertThat(get("/api/load?class=" + LocalHost.class.getName()).body()).isEqualTo("absent");
    assertThat(get("/api/load?class=" + HttpStatus.class.getName()).body()).startsWith("loaded");
  }

  @Test
  void eachCallGetsItsOwnInstance() throws Exception {
    assertThat(get("/api/instance").body()).isEqualTo("made by the host, call 1");
    assertThat(get("/api/instance").body()).isEqualTo("made by the host, call 1");
  }

  @Test
  void timerRunsAgainAndAgainThoughItFails() throws Exception {
    int ticks;
    do {
      ticks = Integer.parseInt(get("/api/ticks").body());
    } while (ticks < 3);
    assertThat(ticks).isGreaterThanOrEqualTo(3);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(path, "GET", BodyPublishers.noBody());
  }

  private static HttpResponse<String> post(String path, String contentType) throws Exception {
    return send(path, "POST", BodyPublishers.ofString("{}"), "Content-Type", contentType);
  }

  private static HttpResponse<String> send(
      String path, String method, BodyPublisher body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.uri() + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
