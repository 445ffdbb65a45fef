package dev.alertcapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.spy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.alert.AlertReader;
import dev.alertcapture.alert.NotAnAlert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.functions.Calls.Said;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.settings.BadSettings;
import dev.alertcapture.simulator.Fault;
import dev.alertcapture.store.CaptureStore;
import dev.alertcapture.store.MemoryCaptureStore;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of everything that Azure Monitor sends, and of what others send in its place. */
class CorpusTest {
  @ParameterizedTest
  @MethodSource("dev.alertcapture.Corpus#samples")
  void eachIsAnsweredAsItShouldBe(Corpus.Sample sample) throws BadSettings {
    try (World world = new World()) {
      Said said = world.http("alerts", sample.body());

      assertThat(said.status()).as("%s", said.body()).isEqualTo(sample.status());
      assertThat(world.captures())
          .extracting(c -> c.target().shortName())
          .containsExactlyInAnyOrderElementsOf(sample.captures());
      assertThat(reason(said.body())).contains(sample.why());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.alertcapture.Corpus#samples")
  void eachIsReadInItsSchemaAndState(Corpus.Sample sample) {
    String schema = "none";
    String state = "none";
    try {
      Alert alert = new AlertReader().read(sample.body());
      schema = alert.what().schema();
      state = alert.state().name().toLowerCase(Locale.ROOT);
    } catch (NotAnAlert e) {
      // None.
    }
    assertThat(schema).isEqualTo(sample.schema());
    assertThat(state).isEqualTo(sample.state());
  }

  private static String reason(JsonNode body) {
    return body.has("reason") ? body.path("reason").asText() : body.path("detail").asText();
  }

  @Test
  void everyBodyHasItsLine() throws IOException {
    Set<String> lines = Corpus.samples().map(Corpus.Sample::file).collect(Collectors.toSet());

    assertThat(new TreeSet<>(lines))
        .hasSizeGreaterThan(60)
        .isEqualTo(Corpus.files().collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "ActivityLog, common-activity-log.json, web-01",
    "ActivityLog, common-activity-log-in-one-word.json, web-01",
    "ActivityLog, activity-log-administrative.json, web-01",
    "ResourceHealth, common-resource-health.json, web-01",
    "ResourceHealth, activity-log-resource-health.json, web-01",
    "Other, autoscale.json, web-vmss",
    "Other, classic-event.json, web-01"
  })
  void otherKindsStartACaptureOnceTheyAreSwitchedOn(String kind, String file, String target)
      throws BadSettings {
    try (World world = new World().with("CAPTURE_ALERT_KINDS", kind)) {
      assertThat(world.http("alerts", Corpus.body(file)).status()).isEqualTo(202);
      assertThat(world.captures()).extracting(c -> c.target().shortName()).containsExactly(target);
      assertThat(
              world
                  .http("alerts", Corpus.body("common-metric-fired.json"))
                  .body()
                  .path("reason")
                  .asText())
          .contains("CAPTURE_ALERT_KINDS");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "common-resource-health-that-is-over.json",
    "activity-log-resource-health-that-is-over.json"
  })
  void anEventThatTellsOfAnEndStartsNothing(String file) throws BadSettings {
    try (World world = new World().with("CAPTURE_ALERT_KINDS", "ResourceHealth,ActivityLog")) {
      assertThat(world.http("alerts", Corpus.body(file)).body().path("reason").asText())
          .isEqualTo("resolved");
      assertThat(world.captures()).isEmpty();
    }
  }

  @Test
  void anInstanceIsCapturedAloneAndItsSetWhole() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-scale-set-split-by-machine.json"));
      world.http("alerts", Corpus.body("common-scale-set.json"));

      assertThat(
              world.azure.requests().stream()
                  .filter(request -> request.method().equals("PUT"))
                  .map(request -> request.body()))
          .hasSize(2)
          .satisfiesExactly(
              one -> assertThat(one).contains("AzureVMSS").contains("\"include\":[\"2\"]"),
              all -> assertThat(all).contains("AzureVMSS").doesNotContain("include"));
    }
  }

  @Test
  void optionsOfAnAlertThatJoinsAreSaidNotToBeUsed() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-metric-fired.json"));
      world.http("alerts", Corpus.body("common-options-of-the-rule.json"));
      world.http("alerts", Corpus.body("common-time-without-fraction.json"));

      Capture c = world.captures().get(0);
      assertThat(c.joins().count()).isEqualTo(2);
      assertThat(c.history())
          .extracting(Capture.Entry::note)
          .containsOnlyOnce("tcp segments low joined; its own options are not used");
    }
  }

  @Test
  void anAlertWithoutOptionsThatJoinsIsNotSaidToHaveAny() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-options-of-the-rule.json"));
      world.http("alerts", Corpus.body("common-time-without-fraction.json"));

      Capture c = world.captures().get(0);
      assertThat(c.joins().count()).isOne();
      assertThat(c.history())
          .extracting(Capture.Entry::note)
          .noneSatisfy(note -> assertThat(note).contains("its own options"));
    }
  }

  @Test
  void oneAlertStartsFiftyCapturesAtMost() throws BadSettings {
    try (World world = new World()) {
      String targets =
          IntStream.rangeClosed(1, 60)
              .mapToObj(i -> World.vm("web-" + i))
              .collect(Collectors.joining("\", \""));
      Said said = world.http("alerts", World.fired(targets));

      assertThat(said.body().path("captures")).hasSize(50);
      assertThat(said.body().path("ignored")).hasSize(10);
      assertThat(said.body().path("ignored").get(0).path("reason").asText())
          .isEqualTo("one alert is answered on 50 targets at most");
    }
  }

  @Test
  void oneResolvedAlertIsNotedOnFiftyTargetsAtMost() throws BadSettings {
    CaptureStore store = spy(new MemoryCaptureStore());
    try (World world = new World().on(store)) {
      String targets =
          IntStream.rangeClosed(1, 5000)
              .mapToObj(i -> World.vm("web-" + i))
              .collect(Collectors.joining("\", \""));
      Said said = world.http("alerts", World.body(targets, "many", "Resolved"));

      assertThat(said.status()).isEqualTo(200);
      assertThat(mockingDetails(store).getInvocations()).hasSizeLessThan(100);
    }
  }

  @Test
  void allFilesOfAScaleSetAreFound() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-scale-set.json"));

      Capture c = world.end(world.captures().get(0).id());
      assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
      assertThat(c.file().parts())
          .extracting(part -> part.path().replaceAll(".*/(web-vmss_\\d)_[^/]*", "$1"))
          .containsExactly("web-vmss_0", "web-vmss_1", "web-vmss_2");
      assertThat(c.file().bytes())
          .isEqualTo(c.file().parts().stream().mapToLong(CaptureFile.Part::bytes).sum())
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 503})
  void filesOfAScaleSetOnceSeenAreKeptWhenTheNextLookFails(int status) throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-scale-set.json"));
      String id = world.captures().get(0).id();
      world.tickUntil(() -> world.capture(id).file() != null);
      assertThat(world.capture(id).state()).isEqualTo(CaptureState.COLLECTING);
      world.azure.addFault(Fault.answering("GET", "network-watcher-logs", status, "Some"));

      Capture c = world.end(id);
      assertThat(c.state()).isEqualTo(CaptureState.COMPLETED);
      assertThat(c.file().parts()).hasSize(3);
    }
  }

  @Test
  void theOptionsOfTheRuleAreWhatIsAskedOfAzure() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-options-of-the-rule.json"));

      assertThat(
              world.azure.requests().stream()
                  .filter(request -> request.method().equals("PUT"))
                  .map(request -> request.body()))
          .singleElement()
          .asString()
          .contains("\"timeLimitInSeconds\":60", "\"bytesToCapturePerPacket\":96")
          .contains("\"protocol\":\"TCP\"", "\"remotePort\":\"443\"");
    }
  }

  @Test
  void theOptionsOfAnActionAreTakenToo() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-options-of-the-action.json"));

      CaptureOptions options = world.captures().get(0).options();
      assertThat(options.bytesPerSession()).isEqualTo(4096);
      assertThat(options.timeLimit()).as("the rule's own goes first").hasSeconds(60);
    }
  }

  @Test
  void optionsThatCannotBeUsedAreSaidOnTheCapture() throws BadSettings {
    try (World world = new World()) {
      world.http("alerts", Corpus.body("common-options-that-cannot-be-used.json"));

      Capture c = world.captures().get(0);
      assertThat(c.options().timeLimit()).hasSeconds(10);
      assertThat(c.history())
          .extracting(Capture.Entry::note)
          .anySatisfy(
              note ->
                  assertThat(note)
                      .contains("capture.timeLimit: \"PT9H\" is not")
                      .contains("capture.limit: not an option")
                      .contains("capture.storageAccount: not an option"));
      world.end(c.id());
      world.tick();
      assertThat(world.events.get(0))
          .contains("its options capture.", "could not be used, and the settings held.")
          .contains("Correct the custom properties of the alert rule.")
          .contains("Options not used: capture.");
    }
  }
}
