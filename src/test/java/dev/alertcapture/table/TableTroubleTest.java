package dev.alertcapture.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.sun.net.httpserver.HttpExchange;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.CaptureStore.Conflict;
import dev.alertcapture.store.CaptureStore.StoreException;
import dev.alertcapture.store.CaptureStore.Write.Insert;
import dev.alertcapture.table.TableAccount.Access;
import dev.alertcapture.testing.StubServer;
import dev.alertcapture.testing.StubServer.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the emulator can't be made to answer, answered by a server with a script. */
@Timeout(60)
class TableTroubleTest {
  private static final HttpClient HTTP = StubServer.client();
  private static final String SECRET = "c2VjcmV0c2VjcmV0";
  private static final String NO_ANSWER = "";
  private static final List<Insert> TWO = List.of(new Insert("c:1", "{}"), new Insert("d:1", ""));

  private final Queue<Answer> script = new ArrayDeque<>();
  private StubServer server;
  private CaptureStore store;

  private record Answer(int status, String body) {}

  @BeforeEach
  void serve() {
    server = StubServer.answering(this::answer);
    store = store(server.uri().getPort());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static CaptureStore store(int port) {
    TableAccount account =
        new TableAccount(
            URI.create("http://127.0.0.1:" + port),
            new Access.Signature("sv=2019-02-02&sig=" + SECRET));
    TableCalls.Limits limits =
        new TableCalls.Limits(Duration.ofSeconds(1), Duration.ofMillis(2500));
    return new TableCaptureStore(account, HTTP, "captures", limits);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Answer answer = script.remove();
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    StubServer.json(answer.status(), answer.body()).handle(exchange);
  }

  private void willSay(int status, String body) {
    script.add(new Answer(status, body));
  }

  private static String error(String code, String message) {
    return "{\"odata.error\":{\"code\":\"%s\",\"message\":{\"lang\":\"en-US\",\"value\":\"%s\"}}}"
        .formatted(code, message);
  }

  private static String parts(String... parts) {
    StringBuilder all = new StringBuilder("--batchresponse_1\r\n\r\n");
    for (String part : parts) {
      all.append("--changesetresponse_2\r\nContent-Type: application/http\r\n\r\n")
          .append(part)
          .append("\r\n");
    }
    return all.append("--changesetresponse_2--\r\n--batchresponse_1--\r\n").toString();
  }

  private static String done(String etag) {
    return "HTTP/1.1 204 No Content\r\nDataServiceVersion: 1.0;\r\nETag: " + etag + "\r\n\r\n";
  }

  private StoreException failure() {
    return catchThrowableOfType(StoreException.class, () -> store.commit(TWO));
  }

  @Test
  void endpointThatIsNotThereIsAFailureWithoutTheSecret() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      store = store(closed.getLocalPort());
    }
    StoreException failure = failure();

    assertThat(failure).hasMessageContainingAll(store.identity(), "no answer (ConnectException)");
    assertThat(failure).hasMessageNotContaining("may have taken effect");
    assertNoSecret(failure);
  }

  @Test
  void endpointThatNeverAnswersIsAFailureInDoubtAndIsNotAskedAgain() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      store = store(silent.getLocalPort());
      StoreException failure = failure();

      assertThat(failure)
          .hasMessageContainingAll("no answer (HttpTimeoutException)", "may have taken effect");
      assertNoSecret(failure);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.read("c:1"))
          .withMessageContaining("reading c:1")
          .withMessageNotContaining("may have taken effect");
    }
  }

  @Test
  void commitWhoseAnswerIsLostIsNotRepeated() {
    willSay(0, NO_ANSWER);

    assertThat(failure()).hasMessageContaining("may have taken effect");
    assertThat(server.requests()).extracting(Asked::method).containsExactly("POST");
  }

  @Test
  void commitThatFailedInsideTheServiceIsNotRepeated() {
    willSay(500, error("OperationTimedOut", "The operation could not be completed."));

    assertThat(failure())
        .hasMessageContainingAll("HTTP 500 OperationTimedOut", "may have taken effect");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void commitThatWasTurnedAwayIsRepeated() throws Conflict {
    willSay(503, error("ServerBusy", "The server is busy."));
    willSay(202, parts(done("W/\"1\""), done("W/\"2\"")));

    assertThat(store.commit(TWO)).isEqualTo(Map.of("c:1", "W/\"1\"", "d:1", "W/\"2\""));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void serviceThatStaysBusyIsAskedThreeTimes() {
    for (int i = 0; i < 3; i++) {
      willSay(503, error("ServerBusy", "The server is busy."));
    }

    assertThat(failure())
        .hasMessageContaining("HTTP 503 ServerBusy")
        .hasMessageNotContaining("may have taken effect");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void readWhoseAnswerIsLostIsRepeated() {
    willSay(500, "");
    willSay(502, "<html>bad gateway</html>");
    willSay(404, error("ResourceNotFound", "The specified resource does not exist."));

    assertThat(store.read("c:1")).isEmpty();
  }

  @Test
  void answerAboutTooFewRowsLeavesTheCommitInDoubt() {
    willSay(202, parts(done("W/\"1\"")));

    assertThat(failure()).hasMessageContainingAll("1 rows of 2", "may have taken effect");
  }

  @Test
  void conflictNamesTheRowThatTheServiceNames() {
    willSay(
        202,
        parts(
            "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n"
                + error("EntityAlreadyExists", "1:The specified entity already exists.")));

    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> store.commit(TWO))
        .extracting(Conflict::key)
        .isEqualTo("d:1");
  }

  @Test
  void conflictOfAnUnnamedRowIsLookedFor() {
    willSay(
        202,
        parts(
            "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n"
                + error("EntityAlreadyExists", "The specified entity already exists.")));
    willSay(404, error("ResourceNotFound", "The specified resource does not exist."));
    willSay(
        200, "{\"odata.etag\":\"W/\\\"1\\\"\",\"PartitionKey\":\"captures\",\"RowKey\":\"d:1\"}");

    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> store.commit(TWO))
        .extracting(Conflict::key)
        .isEqualTo("d:1");
  }

  @Test
  void tableThatIsBeingDeletedIsAFailureAndNobodysConflict() {
    willSay(
        202,
        parts(
            "HTTP/1.1 409 Conflict\r\n\r\n"
                + error("TableBeingDeleted", "0:The specified table is being deleted.")));

    assertThat(failure()).hasMessageContaining("HTTP 409 TableBeingDeleted");
  }

  @Test
  void refusalThatRepeatsTheSignatureIsNotRepeatedToAnybody() {
    willSay(
        403, "<error><code>AuthenticationFailed</code><message>" + SECRET + "</message></error>");

    StoreException failure = failure();

    assertThat(failure).hasMessageContaining("HTTP 403 AuthenticationFailed");
    assertNoSecret(failure);
  }

  private static void assertNoSecret(StoreException failure) {
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain(SECRET, "sig=");
  }
}
