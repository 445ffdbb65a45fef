package dev.alertcapture.simulator;

import static dev.alertcapture.simulator.SimulatedAzure.CAPTURES;
import static dev.alertcapture.simulator.SimulatedAzure.WEB_01;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.simulator.SimulatedAzure.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationUrlsTest {
  private static final Pattern SIGNED =
      Pattern.compile(
          "api-version=2024-05-01&t=(?<t>\\d{18})&c=(?<c>[\\w-]{2800})&s=(?<s>[\\w-]{342})&h=(?<h>[\\w-]{43})");

  private final SimulatedAzure azure = new SimulatedAzure();
  private String url;
  private String location;

  @BeforeEach
  void stop() {
    azure.capture("pc", WEB_01, "");
    Reply stopped = azure.post(CAPTURES + "/pc/stop").expect(202);
    url = stopped.header("Azure-AsyncOperation");
    location = stopped.header("Location");
  }

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void urlsAreSignedLikeArms() {
    Matcher status = SIGNED.matcher(URI.create(url).getRawQuery());
    Matcher result = SIGNED.matcher(URI.create(location).getRawQuery());
    assertThat(status.matches()).isTrue();
    assertThat(result.matches()).isTrue();
    for (String part : new String[] {"t", "s", "h"}) {
      assertThat(status.group(part)).as(part).isNotEqualTo(result.group(part));
    }
    assertThat(status.group("c")).isEqualTo(result.group("c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "c", "s", "h", "api-version"})
  void aUrlWithAnyPartChangedIsRefused(String part) {
    azure.follow(url).expect(200);
    Matcher value = Pattern.compile("[?&]" + part + "=(.)").matcher(url);
    assertThat(value.find()).isTrue();
    char other = value.group(1).equals("7") ? '8' : '7';
    String changed = url.substring(0, value.start(1)) + other + url.substring(value.end(1));
    assertThat(azure.follow(changed).expect(400).errorCode())
        .isEqualTo("SimulatorInvalidOperationSignature");
  }

  @Test
  void aUrlThatWasRebuiltOrCutIsRefused() {
    azure.follow(url.substring(0, url.indexOf("&t="))).expect(400);
    azure.follow(url.substring(0, url.length() - 1)).expect(400);
    azure.follow(url + "&x=1").expect(400);
    azure.follow(url.replace("/operations/", "/operationResults/")).expect(400);
  }

  @Test
  void aUrlNeedsTheTokenToo() {
    azure.send(HttpRequest.newBuilder(URI.create(url))).expect(401);
  }

  @Test
  void anotherSimulatorsUrlIsRefused() {
    try (SimulatedAzure other = new SimulatedAzure()) {
      other
          .follow(
              url.replace(
                  azure.simulator.uri().getAuthority(), other.simulator.uri().getAuthority()))
          .expect(400);
    }
  }

  @Test
  void urlsHaveTheAuthorityThatTheCallerUsed() {
    URI byName =
        URI.create(azure.arm(CAPTURES + "/pc/stop").toString().replace("127.0.0.1", "localhost"));
    Reply stopped = azure.send("POST", byName, "").expect(202);
    assertThat(stopped.header("Location")).startsWith("http://localhost:" + byName.getPort() + "/");
    azure.result(stopped).expect(202);
  }
}
