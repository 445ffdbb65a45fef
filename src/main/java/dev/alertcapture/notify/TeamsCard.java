package dev.alertcapture.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.news.Summary;
import dev.alertcapture.news.SummaryWriter;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A summary as an Adaptive Card 1.2 in the message that a Teams workflow takes ("When a Teams
 * webhook request is received"). All text stands in text runs, which know no markdown, so that
 * nothing an alert says becomes a link or a mention. A message may have 28 KB.
 */
public record TeamsCard(SummaryWriter writer) implements Message {
  private static final String WEIGHT = "weight";
  private static final String BOLDER = "Bolder";
  private static final Pattern FAILED =
      Pattern.compile(
          "Webhook message delivery failed with error"
              + "(?:: Microsoft Teams endpoint returned HTTP error (\\d{3}))?");
  private static final Pattern CODE =
      Pattern.compile("\"code\"\\s*:\\s*\"([A-Z][a-z]+(?:[A-Z][a-z]+){1,8})\"");

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String json(Capture capture, CaptureState about) {
    ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", "message");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .putNull("contentUrl")
        .set("content", card(writer.news(capture, about)));
    return message.toString();
  }

  /**
   * A connector answers 200 also where Teams refused the card, and says so in the body alone; a
   * workflow that refuses has a code of its own, such as {@code WorkflowTriggerIsNotEnabled}.
   */
  @Override
  public Meaning meaning(int status, Supplier<String> start) {
    if (status >= 300) {
      Matcher code = status < 400 ? null : CODE.matcher(start.get());
      return new Meaning(status, code != null && code.find() ? code.group(1) : "");
    }
    String body = start.get();
    Matcher error = FAILED.matcher(body);
    if (!error.find()) {
      return new Meaning(status, "");
    }
    int meant = error.group(1) == null ? 502 : Integer.parseInt(error.group(1));
    return new Meaning(meant < 400 ? 502 : meant, error.group());
  }

  static ObjectNode card(Summary news) {
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.2");
    card.putObject("msteams").put("width", "Full");
    ArrayNode body = card.putArray("body");
    ObjectNode title = body.addObject().put("type", "Container").put("bleed", true);
    title.put("style", style(news.mood()));
    run(block(title.putArray("items")), news.headline()).put("size", "Medium").put(WEIGHT, BOLDER);
    run(block(body), news.what());
    if (news.remedy() != null) {
      labelled(body, "What to do", news.remedy());
    }
    if (news.file() != null) {
      labelled(body, "File", news.file().path());
      for (String command : news.file().commands()) {
        run(block(body), command).put("fontType", "Monospace");
      }
    }
    for (Summary.Fact fact : news.facts()) {
      labelled(body, fact.label(), fact.text()).put("spacing", "Small");
    }
    if (news.file() != null && news.file().portal() != null) {
      card.putArray("actions")
          .addObject()
          .put("type", "Action.OpenUrl")
          .put("title", "Open the storage account")
          .put("url", news.file().portal());
    }
    return card;
  }

  private static String style(Summary.Mood mood) {
    return switch (mood) {
      case GOOD -> "good";
      case DOUBTFUL -> "warning";
      case BAD -> "attention";
    };
  }

  private static ObjectNode labelled(ArrayNode body, String label, String text) {
    ObjectNode block = block(body);
    run(block, label + ": ").put(WEIGHT, BOLDER);
    run(block, text);
    return block;
  }

  private static ObjectNode block(ArrayNode into) {
    ObjectNode block = into.addObject().put("type", "RichTextBlock");
    block.putArray("inlines");
    return block;
  }

  private static ObjectNode run(ObjectNode block, String text) {
    return block.withArray("inlines").addObject().put("type", "TextRun").put("text", text);
  }
}
