package dev.alertcapture.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Inbox inbox;

  @BeforeEach
  void open() throws IOException {
    inbox = Inbox.start((channel, message) -> heard.add(channel + " " + message));
  }

  @AfterEach
  void shut() {
    inbox.close();
  }

  @Test
  void eventThatNamesTheCaptureTellsItsEnd() throws Exception {
    assertThat(inbox.knowsTheEndOf("c1")).isFalse();
    assertThat(post("{\"type\":\"dev.alertcapture.completed\",\"data\":{\"id\":\"c1\"}}"))
        .isEqualTo(200);
    assertThat(inbox.knowsTheEndOf("c1")).isTrue();
    assertThat(inbox.knowsTheEndOf("c2")).isFalse();
    assertThat(heard).hasSize(1);
  }

  @Test
  void startOfACaptureIsNotItsEnd() throws Exception {
    post("{\"type\":\"dev.alertcapture.started\",\"data\":{\"id\":\"c1\"}}");
    assertThat(inbox.knowsTheEndOf("c1")).isFalse();
  }

  @Test
  void whatIsNoEventIsRefused() throws Exception {
    assertThat(post("c1")).isEqualTo(400);
    assertThat(post("[\"c1\"]")).isEqualTo(400);
    assertThat(heard).isEmpty();
  }

  @Test
  void eachChannelHasItsOwnUrlAndOnlyTheWebhookTellsTheEnd() throws Exception {
    assertThat(post("teams", "{\"type\":\"message\",\"id\":\"c1\"}")).isEqualTo(200);
    assertThat(post("slack", "{\"text\":\"c1\"}")).isEqualTo(200);
    assertThat(heard)
        .containsExactly("teams {\"type\":\"message\",\"id\":\"c1\"}", "slack {\"text\":\"c1\"}");
    assertThat(inbox.knowsTheEndOf("c1")).isFalse();
  }

  private int post(String body) throws Exception {
    return post("webhook", body);
  }

  private int post(String channel, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(inbox.uri(channel)).POST(BodyPublishers.ofString(body)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
