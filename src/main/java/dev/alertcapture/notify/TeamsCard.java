package dev.alertcapture.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.news.Summary;
import dev.alertcapture.news.SummaryWriter;

/**
 * A summary as an Adaptive Card 1.2 in the message that a Teams workflow takes ("When a Teams
 * webhook request is received"). All text stands in text runs, which know no markdown, so that
 * nothing an alert says becomes a link or a mention. A message may have 28 KB.
 */
public record TeamsCard(SummaryWriter writer) implements Message {
  private static final String WEIGHT = "weight";
  private static final String BOLDER = "Bolder";

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
