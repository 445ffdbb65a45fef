package dev.alertcapture.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.news.FileLocation;
import dev.alertcapture.news.Summary;
import dev.alertcapture.news.SummaryWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A summary as Slack's Block Kit, for an incoming webhook. What comes from outside stands in plain
 * text, which Slack shows as it is; where markup is needed, the three characters that could make a
 * link or a mention of it are escaped, and Slack is told to look for nothing else (verbatim).
 */
public record SlackBlocks(SummaryWriter writer) implements Message {
  private static final int MAX_PAIRS = 5;
  private static final int MAX_TEXT = 3000;
  private static final Pattern WORD = Pattern.compile("[a-z]+(?:_[a-z]+){1,6}");

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String json(Capture capture, CaptureState about) {
    return message(writer.news(capture, about)).toString();
  }

  /** A refusal says in a word what is wrong: {@code no_service}, {@code channel_is_archived} … */
  @Override
  public Meaning meaning(int status, Supplier<String> start) {
    String word = status < 400 ? "" : start.get().strip();
    return new Meaning(status, WORD.matcher(word).matches() ? word : "");
  }

  static ObjectNode message(Summary news) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    // What notifications show; Slack reads markup in it.
    message.put("text", escaped(sign(news.mood()) + news.headline()));
    ArrayNode blocks = message.putArray("blocks");
    ObjectNode header = blocks.addObject().put("type", "header");
    plain(header.putObject("text"), news.headline());
    section(blocks, sign(news.mood()) + news.what());
    if (news.remedy() != null) {
      section(blocks, "What to do: " + news.remedy());
    }
    if (news.file() != null) {
      file(blocks, news.file());
    }
    for (int i = 0; i < news.facts().size(); i += MAX_PAIRS) {
      int end = Math.min(i + MAX_PAIRS, news.facts().size());
      facts(blocks, news.facts().subList(i, end));
    }
    return message;
  }

  private static void file(ArrayNode blocks, FileLocation file) {
    section(blocks, "File: " + file.path());
    if (file.portal() != null) {
      markedUp(blocks, "<" + escaped(file.portal()) + "|Open the storage account in the portal>");
    }
    for (String command : file.commands()) {
      String code = "```" + escaped(command) + "```";
      // A backtick would end the code.
      if (command.contains("`") || code.length() > MAX_TEXT) {
        section(blocks, command);
      } else {
        markedUp(blocks, code);
      }
    }
  }

  private static void facts(ArrayNode blocks, List<Summary.Fact> facts) {
    ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
    for (Summary.Fact fact : facts) {
      markup(fields.addObject(), "*" + fact.label() + "*");
      plain(fields.addObject(), fact.text());
    }
  }

  private static void section(ArrayNode blocks, String text) {
    plain(blocks.addObject().put("type", "section").putObject("text"), text);
  }

  private static void plain(ObjectNode into, String text) {
    into.put("type", "plain_text").put("text", text).put("emoji", false);
  }

  private static void markedUp(ArrayNode blocks, String text) {
    markup(blocks.addObject().put("type", "section").putObject("text"), text);
  }

  private static void markup(ObjectNode into, String text) {
    into.put("type", "mrkdwn").put("text", text).put("verbatim", true);
  }

  private static String sign(Summary.Mood mood) {
    return switch (mood) {
      case GOOD -> "";
      case DOUBTFUL -> "⚠ ";
      case BAD -> "✖ ";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
