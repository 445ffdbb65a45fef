package dev.alertcapture.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.sun.net.httpserver.HttpHandler;
import dev.alertcapture.testing.Ills;
import dev.alertcapture.testing.StubServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BoundedHttpClientTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final BoundedHttpClient http = new BoundedHttpClient();

  private HttpResponse get(StubServer server, Context context) {
    return http.sendSync(new HttpRequest(HttpMethod.GET, server.uri().toString()), context);
  }

  private void assertEndsInTime(HttpHandler answer) {
    try (StubServer server = StubServer.answering(answer)) {
      Context context = BoundedHttpClient.eagerly(BoundedHttpClient.within(SHORT));
      assertThatThrownBy(() -> get(server, context))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void oneTimeOutHoldsForASilentServerAndForOneThatTricklesOrStopsInItsBody() {
    assertEndsInTime(exchange -> {});
    assertEndsInTime(Ills.trickling());
    assertEndsInTime(Ills.stalling());
  }

  @Test
  void theTimeOutHoldsForABodyThatIsReadLaterToo() {
    try (StubServer server = StubServer.answering(Ills.trickling());
        HttpResponse answer = get(server, BoundedHttpClient.within(SHORT))) {
      assertThat(answer.getStatusCode()).isEqualTo(200);
      assertThatThrownBy(answer::getBodyAsBinaryData)
          .hasCauseInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void aBodyThatIsTooLongIsCutOff() {
    try (StubServer server = StubServer.answering(Ills.hugeBody())) {
      Context context = BoundedHttpClient.eagerly(BoundedHttpClient.within(LONG));
      assertThatThrownBy(() -> get(server, context)).hasMessageContaining("more than 8388608");
    }
  }

  @Test
  void whoReadsAsItComesMayTakeMore() throws IOException {
    Context context = BoundedHttpClient.upTo(1L << 40, BoundedHttpClient.within(LONG));
    try (StubServer server = StubServer.answering(Ills.hugeBody());
        HttpResponse answer = get(server, context)) {
      assertThat(answer.getBodyAsInputStreamSync().skip(Ills.HUGE)).isEqualTo(Ills.HUGE);
    }
  }

  @Test
  void aBodyIsReadOnceAndStaysThere() {
    try (StubServer server = StubServer.answering(StubServer.json(200, "{}"));
        HttpResponse answer = get(server, BoundedHttpClient.within(LONG))) {
      assertThat(answer.buffer().getBodyAsBinaryData().toString()).isEqualTo("{}");
      assertThat(answer.getBodyAsString().block()).isEqualTo("{}");
      assertThat(answer.getBodyAsInputStreamSync()).hasContent("{}");
    }
  }

  @Test
  void withNoTimeLeftNothingIsSent() {
    try (StubServer server = StubServer.answering(StubServer.json(200, "{}"))) {
      assertThatThrownBy(() -> get(server, BoundedHttpClient.within(Duration.ZERO)))
          .hasCauseInstanceOf(HttpTimeoutException.class);
      assertThat(server.requests()).isEmpty();
    }
  }
}
