package dev.alertcapture.notify;

import static dev.alertcapture.testing.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Deadline;
import dev.alertcapture.capture.PortException;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.news.Story;
import dev.alertcapture.news.SummaryWriter;
import dev.alertcapture.testing.StubServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the channels' own answers mean, beyond their status, and what channels want besides. */
final class ChannelAnswersTest {
  private static final HttpClient HTTP = StubServer.client();
  private static final SummaryWriter WRITER = Story.WRITER;

  private static void send(StubServer server, Message form, Duration time) throws PortException {
    new HttpChannel(HTTP, URI.create(server.uri() + "/hook/hunter2"), form)
        .send(
            Story.completed().told(), CaptureState.COMPLETED, Deadline.in(time, System::nanoTime));
  }

  private static PortException trouble(int status, String body, Message form) {
    try (StubServer server = StubServer.answering(json(status, body))) {
      PortException trouble =
          catchThrowableOfType(
              PortException.class, () -> send(server, form, Duration.ofSeconds(30)));
      assertThat(trouble == null ? "" : trouble.detail()).doesNotContain("hunter2");
      return trouble;
    }
  }

  @ParameterizedTest
  @CsvSource({"413, REFUSED", "400, REFUSED", "429,", "503,", "302,"})
  void aConnectorsOkWithAnErrorOfTeamsIsThatError(int error, Reason reason) {
    PortException trouble =
        trouble(
            200,
            "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP"
                + " error "
                + error
                + " with ContextId tcid=0,server=hunter2",
            new TeamsCard(WRITER));
    assertThat(trouble.reason()).isEqualTo(reason);
    assertThat(trouble.detail())
        .isEqualTo(
            "answered 200, but: Webhook message delivery failed with error: Microsoft Teams"
                + " endpoint returned HTTP error "
                + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "", "accepted", "{\"error\": null}"})
  void anyOtherOkOfTeamsIsOne(String body) {
    assertThat(trouble(202, body, new TeamsCard(WRITER))).isNull();
  }

  @Test
  void aWorkflowsCodeIsTold() {
    assertThat(
            trouble(
                    400,
                    "{\"error\":{\"code\":\"WorkflowTriggerIsNotEnabled\",\"message\":\"hunter2\"}}",
                    new TeamsCard(WRITER))
                .detail())
        .isEqualTo("answered 400, WorkflowTriggerIsNotEnabled");
  }

  @ParameterizedTest
  @CsvSource({
    "404, no_service, 'answered 404, no_service'",
    "403, action_prohibited, 'answered 403, action_prohibited'",
    "410, channel_is_archived, 'answered 410, channel_is_archived'",
    "500, rollup_error, 'answered 500, rollup_error'",
    "400, hunter2, answered 400",
    "400, https://hooks.slack.com/services/T0/B0/hunter2, answered 400",
  })
  void slacksWordIsTold(int status, String body, String told) {
    assertThat(trouble(status, body, new SlackBlocks(WRITER)).detail()).isEqualTo(told);
  }

  @Test
  void aBodyThatNeverEndsHoldsNobodyLongerThanTheTimeThatThereIs() throws PortException {
    try (StubServer server =
        StubServer.answering(
            exchange -> {
              exchange.getResponseHeaders().set("X-Stub-Hangs", "yes");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('a');
              exchange.getResponseBody().flush();
            })) {
      long before = System.nanoTime();
      send(server, new TeamsCard(WRITER), Duration.ofMillis(500));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aBodyIsReadNoFurtherThanItsFirstKilobyte() {
    String late = "x".repeat(1024) + "Webhook message delivery failed with error";
    assertThat(trouble(200, late, new TeamsCard(WRITER))).isNull();
    assertThat(trouble(200, late.substring(982), new TeamsCard(WRITER)).detail())
        .isEqualTo("answered 200, but: Webhook message delivery failed with error");
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.azurewebsites.net, shop.azurewebsites.net",
    "http://localhost:7071, localhost",
    ",",
  })
  void anEventSaysWhereItComesFrom(String site, String origin) throws PortException {
    SummaryWriter writer = new SummaryWriter(WRITER.places(), site);
    try (StubServer server = StubServer.answering(json(200, ""))) {
      send(server, new CaptureEvent("/shop", writer), Duration.ofSeconds(30));
      assertThat(server.requests().get(0).headers().getFirst("WebHook-Request-Origin"))
          .isEqualTo(origin);
    }
  }
}
