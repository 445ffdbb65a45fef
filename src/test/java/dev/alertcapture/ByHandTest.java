package dev.alertcapture;

import static dev.alertcapture.World.vm;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alertcapture.functions.Calls.Said;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures that a person asks for, and where the app may take none. */
class ByHandTest {
  private final World world;

  ByHandTest() throws BadSettings {
    world = new World();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Said ask(String options) {
    return world.http(
        "captures", "{\"target\": \"%s\", \"options\": %s}".formatted(vm("web-01"), options));
  }

  private String asked() {
    return world.azure.requests().stream()
        .filter(request -> request.method().equals("PUT"))
        .map(request -> request.body())
        .reduce("", String::concat);
  }

  @Test
  void theOptionsOfTheRequestAreWhatIsAskedOfAzure() {
    Said said =
        ask(
            """
            {"timeLimit": "PT2M", "bytesPerPacket": 64, "bytesPerSession": "4096",
             "filters": [{"protocol": "udp", "remotePort": 53}]}
            """);

    assertThat(said.status()).isEqualTo(202);
    assertThat(asked())
        .contains("\"timeLimitInSeconds\":120", "\"bytesToCapturePerPacket\":64")
        .contains("\"totalBytesPerSession\":4096", "\"protocol\":\"UDP\"", "\"remotePort\":\"53\"");
  }

  @Test
  void optionsThatCannotBeUsedAreRefusedAllAtOnce() {
    Said said = ask("{\"timeLimit\": \"PT9H\", \"bytesPerPacket\": -1, \"storage\": \"mine\"}");

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.body().path("detail").asText())
        .contains("options.timeLimit: \"PT9H\" is not")
        .contains("options.bytesPerPacket: \"-1\" is not")
        .contains("options.storage: not an option");
    assertThat(world.captures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"target\": \"web-01\"}",
        "{\"target\": \"%s\", \"option\": {}}",
        "{\"target\": \"%s\", \"options\": []}",
        "{\"target\": \"%s\", \"options\": \"PT1M\"}",
        "{\"targets\": [\"%s\"]}",
        "[]",
        "17"
      })
  void whatIsNoRequestIsRefusedWithWhatWouldBeOne(String body) {
    Said said = world.http("captures", body.replace("%s", vm("web-01")));

    assertThat(said.status()).isEqualTo(400);
    assertThat(said.body().path("detail").asText()).contains("Send {\"target\": ID}");
    assertThat(world.captures()).isEmpty();
  }

  @Test
  void outsideTheScopesAPersonIsRefusedAndAnAlertIgnored() throws BadSettings {
    world.with(
        "CAPTURE_ALLOWED_SCOPES", "/subscriptions/" + World.SUBSCRIPTION + "/resourceGroups/shop");

    Said byHand = world.http("captures", "{\"target\": \"%s\"}".formatted(vm("web-01")));
    assertThat(byHand.status()).isEqualTo(403);
    assertThat(byHand.body().path("detail").asText()).contains("CAPTURE_ALLOWED_SCOPES");
    Said alert = world.http("alerts", World.fired(vm("web-01")));
    assertThat(alert.status()).isEqualTo(200);
    assertThat(alert.body().path("reason").asText()).contains("CAPTURE_ALLOWED_SCOPES");
    assertThat(world.captures()).isEmpty();
    assertThat(world.azure.requests()).isEmpty();
  }

  @Test
  void aDryRunOutsideTheScopesAsksAzureNothing() throws BadSettings {
    world.with("CAPTURE_ALLOWED_SCOPES", "/subscriptions/other");

    Said alert = world.http("alerts?dryRun=true", World.fired(vm("web-01")));
    assertThat(alert.body().path("targets").get(0).path("ignored").asText())
        .contains("CAPTURE_ALLOWED_SCOPES");
    assertThat(
            world
                .http("captures?dryRun=true", "{\"target\": \"%s\"}".formatted(vm("web-01")))
                .status())
        .isEqualTo(403);
    assertThat(world.azure.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?dryRun=",
        "?dryRun",
        "?DRYRUN=",
        "?dry%52un=",
        "?dryRun=yes",
        "?dryRun=true&dryRun=false",
        "?dryRun=true&dryRun=",
        "?code=key&dryRun"
      })
  void aDryRunThatIsNotSaidPlainlyIsRefusedAndStartsNothing(String query) {
    String target = "{\"target\": \"%s\"}".formatted(vm("web-01"));
    for (Said said :
        List.of(
            world.http("alerts" + query, World.fired(vm("web-01"))),
            world.http("captures" + query, target))) {
      assertThat(said.status()).isEqualTo(400);
      assertThat(said.body().path("detail").asText()).isEqualTo("dryRun is true or false");
    }
    assertThat(world.captures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?dryRun=TRUE", "?code=k&dryrun=true", "?dryRun=true&dryRun=true"})
  void aDryRunIsOneInAnyLetterCase(String query) {
    assertThat(world.http("alerts" + query, World.fired(vm("web-01"))).status()).isEqualTo(200);
    assertThat(world.captures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?dryRun=false", "?dryRuns=", "?x=dryRun"})
  void whatIsNoDryRunStartsACapture(String query) {
    assertThat(world.http("alerts" + query, World.fired(vm("web-01"))).status()).isEqualTo(202);
  }

  @Test
  void aBodyIsMeasuredInBytesAndNotInCharacters() {
    String fits = World.fired(vm("web-01"));
    String filled = fits + " ".repeat(1024 * 1024 - fits.length());
    assertThat(world.http("alerts", filled + " ").status()).isEqualTo(413);
    assertThat(world.http("alerts", filled).status()).isEqualTo(202);
    String wide = fits.replace("\"rule\"", "\"" + "\u4e16".repeat(400 * 1024) + "\"");
    assertThat(wide).hasSizeLessThan(1024 * 1024);
    assertThat(world.http("alerts", wide).status()).isEqualTo(413);
  }

  @Test
  void aDryRunOfManyTargetsTakesNoLongerThanAnAnswerMay() {
    world.azure.addFault(Fault.answering("GET", "virtualMachines", 503, "Busy").withRetryAfter(1));
    Instant before = world.clock.instant();
    String targets =
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> vm("web-" + i))
            .collect(Collectors.joining("\", \""));

    Said said = world.http("alerts?dryRun=true", World.fired(targets));

    assertThat(said.body().path("targets")).hasSize(40);
    assertThat(Duration.between(before, world.clock.instant())).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void ofAnAlertsTargetsOnlyThoseInsideTheScopesAreCaptured() throws BadSettings {
    world.with("CAPTURE_ALLOWED_SCOPES", World.GROUP);
    String outside = vm("web-02").replace("PacketCaptureRG", "shop");

    Said said = world.http("alerts", World.fired(vm("web-01") + "\", \"" + outside));

    assertThat(said.status()).isEqualTo(202);
    assertThat(said.body().path("captures")).hasSize(1);
    assertThat(said.body().path("ignored").get(0).path("target").asText()).isEqualTo(outside);
  }

  @Test
  void aDryRunSaysWhichOptionsOfARuleCannotBeUsed() {
    Said said =
        world.http("alerts?dryRun=true", Corpus.body("common-options-that-cannot-be-used.json"));

    assertThat(said.body().path("optionsNotUsed")).hasSize(3);
  }
}
