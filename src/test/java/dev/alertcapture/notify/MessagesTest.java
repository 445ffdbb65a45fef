package dev.alertcapture.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.Capture.Stop;
import dev.alertcapture.capture.CaptureFile;
import dev.alertcapture.capture.CaptureFile.Status;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Session;
import dev.alertcapture.news.Story;
import dev.alertcapture.news.Summary;
import dev.alertcapture.options.CaptureOptions;
import dev.alertcapture.target.Target;
import dev.alertcapture.testing.NodeProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All news in all three forms: as the forms' makers want them, and as harmless as their text. */
class MessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CHECKS_WITHIN = Duration.ofMinutes(1);
  private static final String HOSTILE =
      "<!channel> <@U1> <https://evil|x> [x](https://evil) **b** _i_ `c` ``` @here &amp; \u202e\n# h";
  private static final CaptureEvent WEBHOOK = new CaptureEvent("/shop", Story.WRITER);
  private static final TeamsCard TEAMS = new TeamsCard(Story.WRITER);
  private static final SlackBlocks SLACK = new SlackBlocks(Story.WRITER);

  @TempDir Path folder;

  /** Something to tell, and of which state. */
  record Told(Capture capture, CaptureState about) {
    JsonNode in(Message form) {
      try {
        return JSON.readTree(form.json(capture, about));
      } catch (com.fasterxml.jackson.core.JacksonException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String toString() {
      return about + " " + capture.cause() + " " + capture.alert().rule().substring(0, 5);
    }
  }

  static Stream<Told> all() {
    List<Told> all = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      all.add(told(Story.ended(reason, "Azure's own words")));
    }
    all.add(told(Story.completed()));
    all.add(new Told(Story.completed().told(), CaptureState.RUNNING));
    all.add(told(Story.completed().sized(24)));
    for (String each : List.of("&", "*", "%26", "'", "\u6f22")) {
      all.add(told(named(each.repeat(1150 / each.length()))));
    }
    all.add(told(hostile(HOSTILE)));
    all.add(told(hostile("\u6f22".repeat(2000))));
    all.add(told(hostile("\ud83d\ude00".repeat(1000))));
    all.add(told(hostile("\\\"\u0000".repeat(700))));
    return all.stream();
  }

  private static Told told(Story story) {
    return new Told(story.told(), story.state);
  }

  /** One whose files have that name. */
  private static Story named(String blob) {
    Story story = Story.completed();
    String path = Story.ROOT + "packets/" + blob;
    CaptureFile.Part part = new CaptureFile.Part(path, 300);
    story.file = new CaptureFile(Status.VERIFIED, path, 600, null, List.of(part, part));
    return story;
  }

  /** One in which all that comes from outside is that text. */
  private static Story hostile(String text) {
    Story story = Story.ended(Reason.SESSION_FAILED, text);
    story.alert =
        new Alert.Details(text, text, text, text, text, Story.T0, null)
            .measuring(
                Collections.nCopies(
                    5, new Alert.Condition(text, text, text, text, text, null, text)));
    story.target =
        Target.parse(
                "/subscriptions/s/resourceGroups/"
                    + "g".repeat(90)
                    + "/providers/Microsoft.Compute/virtualMachineScaleSets/"
                    + "n".repeat(90)
                    + "/virtualMachines/7")
            .orElseThrow();
    story.options =
        new CaptureOptions(
            Duration.ofHours(5),
            1,
            1,
            Collections.nCopies(50, new CaptureOptions.Filter(text, text, text, text, text)));
    story.joined = Integer.MAX_VALUE;
    story.heldBack = Integer.MAX_VALUE;
    story.ending = new Session.Ending(text, text);
    story.stop = new Stop(text, Story.T0, Story.T0);
    story.file =
        new CaptureFile(Status.UNVERIFIED, Story.ROOT + "packets/" + text, -1, text, List.of());
    return story;
  }

  @Test
  @Tag("node")
  void everyMessageIsAsThePublishersOfItsFormWantIt() throws Exception {
    NodeProgram program = NodeProgram.in("src/test/message-checks");
    ArrayNode messages = JSON.createArrayNode();
    for (Told told : all().toList()) {
      for (Message form : List.of(WEBHOOK, TEAMS, SLACK)) {
        messages.addObject().put("form", form.name()).set("body", told.in(form));
      }
    }
    Path file = Files.writeString(folder.resolve("messages.json"), messages.toString());

    Process check = program.start("check.mjs", file.toString());
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    check.waitFor(CHECKS_WITHIN.toSeconds(), TimeUnit.SECONDS);
    check.destroyForcibly();

    assertThat(said.strip()).isEqualTo("checked " + messages.size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFormSaysWhatHappenedAndWhatToDo(Told told) {
    Summary news = Story.WRITER.news(told.capture(), told.about());
    JsonNode data = told.in(WEBHOOK).path("data");
    assertThat(data.path("headline").asText()).isEqualTo(news.headline());
    assertThat(data.path("text").asText()).isEqualTo(news.text());
    for (JsonNode form : List.of(told.in(TEAMS), told.in(SLACK))) {
      List<String> texts = texts(form);
      assertThat(texts).contains(news.headline());
      assertThat(texts).anyMatch(text -> text.endsWith(news.what()));
      assertThat(texts).anyMatch(text -> news.remedy() == null || text.endsWith(news.remedy()));
      assertThat(texts).containsAll(news.facts().stream().map(Summary.Fact::text).toList());
      assertThat(texts).anyMatch(text -> news.file() == null || text.endsWith(news.file().path()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsLongerThanItsChannelAllows(Told told) {
    assertThat(told.in(TEAMS).toString().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(28 * 1024);
    JsonNode slack = told.in(SLACK);
    assertThat(slack.path("blocks")).hasSizeLessThanOrEqualTo(50);
    for (JsonNode block : slack.path("blocks")) {
      assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
      int most = block.path("type").asText().equals("header") ? 150 : 3000;
      assertThat(block.at("/text/text").asText().length()).isLessThanOrEqualTo(most);
      for (JsonNode field : block.path("fields")) {
        assertThat(field.path("text").asText().length()).isBetween(1, 2000);
      }
    }
    assertThat(slack.path("text").asText().length()).isLessThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @MethodSource("all")
  void teamsIsGivenNoTextThatIsReadAsMarkdown(Told told) {
    JsonNode card = told.in(TEAMS).at("/attachments/0/content");
    assertThat(card.findValuesAsText("type"))
        .isSubsetOf("AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl");
    assertThat(card.findValues("entities")).isEmpty();
    for (JsonNode url : card.findValues("url")) {
      assertThat(url.asText()).startsWith("https://portal.azure.com/#resource/");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void slackIsGivenNoMarkupThatIsNotOurs(Told told) {
    JsonNode message = told.in(SLACK);
    assertThat(message.path("text").asText()).doesNotContain("<", ">");
    for (JsonNode text : message.path("blocks").findParents("verbatim")) {
      assertThat(text.path("verbatim").asBoolean()).isTrue();
      String markup = text.path("text").asText();
      boolean ours = markup.startsWith("<https://portal.azure.com/#resource/");
      assertThat(ours ? markup.substring(1, markup.length() - 1) : markup).doesNotContain("<", ">");
      assertThat(markup.split("```", -1).length).isIn(1, 3);
    }
    assertThat(message.path("blocks").findValuesAsText("type"))
        .isSubsetOf("header", "section", "plain_text", "mrkdwn");
    assertThat(message.path("blocks").findParents("emoji"))
        .noneMatch(text -> text.path("emoji").asBoolean());
  }

  @Test
  void theMoodIsSeenAtAGlance() {
    Told bad = told(Story.ended(Reason.FORBIDDEN, "403"));
    assertThat(bad.in(TEAMS).at("/attachments/0/content/body/0/style").asText())
        .isEqualTo("attention");
    assertThat(bad.in(SLACK).path("text").asText()).startsWith("✖ Packet capture on web-01 failed");
    Told empty = told(Story.completed().sized(24));
    assertThat(empty.in(TEAMS).at("/attachments/0/content/body/0/style").asText())
        .isEqualTo("warning");
    Told good = told(Story.completed());
    assertThat(good.in(TEAMS).at("/attachments/0/content/body/0/style").asText()).isEqualTo("good");
    assertThat(good.in(SLACK).path("text").asText()).startsWith("Packet capture");
  }

  private static List<String> texts(JsonNode form) {
    List<String> texts = new ArrayList<>();
    JsonNode own = form.path("text");
    if (own.isTextual()) {
      texts.add(own.asText());
    }
    form.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
