package dev.alertcapture.azure;

import static dev.alertcapture.arm.ArmFixture.SUBSCRIPTION;
import static dev.alertcapture.arm.ArmFixture.WATCHER;
import static dev.alertcapture.arm.ArmFixture.WEB_01;
import static dev.alertcapture.arm.ArmFixture.plan;
import static dev.alertcapture.arm.ArmFixture.sessions;
import static dev.alertcapture.arm.ArmFixture.soon;
import static dev.alertcapture.arm.ArmFixture.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import dev.alertcapture.arm.ArmFixture;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Sessions;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.testing.StubServer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureProblemTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static List<ThrowingCallable> everyCall(Sessions sessions) {
    return List.of(
        () -> sessions.watcher(SUBSCRIPTION, "westcentralus", soon()),
        () -> sessions.list(WATCHER, soon()),
        () -> sessions.find(WATCHER, "pc", soon()),
        () -> sessions.start(WATCHER, "pc", plan(WEB_01), soon()),
        () -> sessions.status(WATCHER, "pc", soon()),
        () -> sessions.stop(WATCHER, "pc", soon()),
        () -> sessions.delete(WATCHER, "pc", soon()));
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequestFormat,                  REFUSED",
    "401, ExpiredAuthenticationToken,            FORBIDDEN",
    "403, AuthorizationFailed,                   FORBIDDEN",
    "400, RetryableErrorDueToAnotherOperation,",
    "408, RequestTimeout,",
    "409, AnotherOperationInProgress,",
    "429, SubscriptionRequestsThrottled,",
    "500, InternalServerError,",
    "503, ServiceUnavailable,"
  })
  void whatAzureAnswersIsForGoodOrForNow(int status, String code, Reason reason) {
    try (ArmFixture azure = new ArmFixture()) {
      azure.simulator.addFault(
          Fault.answering(null, "networkWatchers", status, code).withRetryAfter(60));
      for (ThrowingCallable call : everyCall(azure.sessions)) {
        PortException trouble = trouble(call);
        assertThat(trouble.reason()).isEqualTo(reason);
        assertThat(trouble.retryAfter()).isEqualTo(reason == null ? MINUTE : null);
        assertThat(trouble.detail()).contains(": " + status + " " + code + ", The simulator was");
      }
      assertThat(azure.simulator.requests()).hasSize(7);
    }
  }

  @Test
  void aMissingWatcherIsToldFromAMissingMachine() {
    try (ArmFixture azure = new ArmFixture()) {
      PortException watcher =
          trouble(() -> azure.sessions.start(WATCHER + "2", "pc", plan(WEB_01), soon()));
      assertThat(watcher.reason()).isEqualTo(Reason.NO_WATCHER);
      Sessions.Plan gone = plan(ArmFixture.target("virtualMachines/gone"));
      PortException machine = trouble(() -> azure.sessions.start(WATCHER, "pc", gone, soon()));
      assertThat(machine.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
      PortException subscription = trouble(() -> azure.sessions.watcher("none", "eastus", soon()));
      assertThat(subscription.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }
  }

  @Test
  void whatAzureSaysInTheDetailsIsPassedOn() {
    String body =
        """
        {"error": {"code": "InvalidRequestFormat", "message": "Cannot parse the request.",
          "details": [{"code": "InvalidJson", "message": "Could not find member 'x'."}]}}
        """;
    try (StubServer stub = StubServer.answering(StubServer.json(400, body))) {
      PortException trouble =
          trouble(() -> sessions(stub.uri()).start(WATCHER, "pc", plan(WEB_01), soon()));
      assertThat(trouble.detail())
          .endsWith(
              ": 400 InvalidRequestFormat, Cannot parse the request. Could not find member 'x'.");
    }
  }

  @Test
  void aNameThatIsTakenIsTroubleForNow() throws PortException {
    try (ArmFixture azure = new ArmFixture()) {
      azure.start("pc", WEB_01);
      PortException trouble =
          trouble(() -> azure.sessions.start(WATCHER, "pc", plan(WEB_01), soon()));
      assertThat(trouble.reason()).isNull();
      assertThat(trouble.detail()).contains("409 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 400, 403, 418})
  void anAnswerWithoutACodeIsRefusedAllTheSame(int status) {
    HttpHandler page = StubServer.json(status, "<html>hunter2</html>");
    HttpHandler empty = StubServer.json(status, "");
    for (HttpHandler answer : List.of(page, empty)) {
      try (StubServer stub = StubServer.answering(answer)) {
        for (ThrowingCallable call : everyCall(sessions(stub.uri()))) {
          PortException trouble = trouble(call);
          assertThat(trouble.reason()).isEqualTo(status == 403 ? Reason.FORBIDDEN : Reason.REFUSED);
          assertThat(trouble.detail()).contains(": " + status).doesNotContain("hunter2");
        }
        assertThat(stub.requests()).hasSize(7);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "<html>",
        "{\"value\": [{\"id\"",
        "{\"value\": 7}",
        "{\"value\": [null]}"
      })
  void anAnswerThatIsNotUnderstoodIsTroubleForNow(String body) {
    try (StubServer stub = StubServer.answering(StubServer.json(200, body))) {
      Sessions sessions = sessions(stub.uri());
      assertThat(trouble(() -> sessions.list(WATCHER, soon())).reason()).isNull();
      assertThat(trouble(() -> sessions.watcher("s", "eastus", soon())).reason()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "<html>", "{\"properties\"", "[]"})
  void aStartWhoseAnswerIsNotUnderstoodMayHaveTakenEffect(String body) {
    for (int status : new int[] {200, 201, 202}) {
      try (StubServer stub = StubServer.answering(StubServer.json(status, body))) {
        Sessions sessions = sessions(stub.uri());
        PortException trouble = trouble(() -> sessions.start(WATCHER, "pc", plan(WEB_01), soon()));
        assertThat(trouble.reason()).isNull();
        assertThat(stub.requests()).hasSize(1);
      }
    }
  }

  @Test
  void azuresWordsAreKeptOnOneLineWithoutTheQueriesOfUrls() {
    String message =
        "Another operation\\r\\nis in progress, see https://arm.example/operations/1?t=hunter2&s=x."
            + " HTTPS://ARM.example/2?sig=hunter2 "
            + "x".repeat(1000);
    String body =
        "{\"error\": {\"code\": \"AnotherOperationInProgress\", \"message\": \"" + message + "\"}}";
    try (StubServer stub = StubServer.answering(StubServer.json(409, body))) {
      PortException trouble = trouble(() -> sessions(stub.uri()).stop(WATCHER, "pc", soon()));
      assertThat(trouble.detail())
          .startsWith(
              "stopping session pc: 409 AnotherOperationInProgress, Another operation is in"
                  + " progress, see https://arm.example/operations/1")
          .doesNotContain("hunter2", "\r", "\n")
          .hasSizeLessThan(600);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "17, PT17S",
    "86400, PT1H",
    "999999999, PT1H",
    "99999999999999999999,",
    "-1,",
    "1.5,",
    "'Wed, 21 Oct 2026 07:28:00 GMT',"
  })
  void retryAfterIsReadInSecondsAndBounded(String value, Duration retryAfter) {
    try (StubServer stub = StubServer.answering(StubServer.header(409, "Retry-After", value))) {
      assertThat(trouble(() -> sessions(stub.uri()).list(WATCHER, soon())).retryAfter())
          .isEqualTo(retryAfter);
    }
  }

  @Test
  void aLongTextIsCutBeforeItIsCleaned() {
    String urls = "http://".repeat(10_000) + "?sig=hunter2";
    long begun = System.nanoTime();

    String clean = AzureProblem.clean(urls);

    assertThat(clean).hasSize(501).doesNotContain("hunter2");
    // It took ten seconds when all of it was looked at.
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }
}
