package dev.alertcapture.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSON object of an alert, read leniently: property names in any letter case, numbers as texts,
 * and whatever is missing, null or of the wrong type as absent (docs/design/alerts.md, "Targets"
 * and "Values").
 */
final class Fields {
  private static final int MAX_CHARS = 1024;
  private static final int MAX_MEMBERS = 20;

  private final JsonNode node;

  Fields(JsonNode node) {
    this.node = node;
  }

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\r\t]]");

  private JsonNode get(String name) {
    if (!node.isObject()) {
      return MissingNode.getInstance();
    }
    JsonNode exact = node.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (property.getKey().equalsIgnoreCase(name)) {
        return property.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  boolean has(String name) {
    return !get(name).isMissingNode() && !get(name).isNull();
  }

  /** Whether there is nothing of that name, or null, or an empty text. */
  boolean lacks(String name) {
    return !has(name) || (get(name).isTextual() && get(name).asText().isBlank());
  }

  /** The object of that name, without any property where there is none. */
  Fields in(String name) {
    return new Fields(get(name));
  }

  boolean isObject() {
    return node.isObject();
  }

  /** The members of the array of that name, the first {@value #MAX_MEMBERS} of them. */
  List<Fields> each(String name) {
    List<Fields> members = new ArrayList<>();
    JsonNode array = get(name);
    for (int i = 0; array.isArray() && i < Math.min(array.size(), MAX_MEMBERS); i++) {
      members.add(new Fields(array.get(i)));
    }
    return members;
  }

  /**
   * The texts whose names begin with a prefix, by what follows it; objects and arrays as their
   * JSON. The first {@value #MAX_MEMBERS} of them.
   */
  Map<String, String> startingWith(String prefix) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!node.isObject()) {
      return texts;
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      String name = property.getKey();
      boolean named = name.regionMatches(true, 0, prefix, 0, prefix.length());
      JsonNode value = property.getValue();
      String text = value.isContainerNode() ? value.toString() : value.asText().strip();
      if (named && !value.isNull() && !text.isEmpty() && texts.size() < MAX_MEMBERS) {
        texts.putIfAbsent(cut(name.substring(prefix.length()), MAX_CHARS), encodable(text));
      }
    }
    return texts;
  }

  /** A text of bounded length, or null; numbers and truth values count as texts. */
  String text(String name) {
    return text(get(name));
  }

  /** The same, of another length at most. */
  String shortText(String name, int most) {
    return text(get(name), most);
  }

  private static String text(JsonNode value) {
    return text(value, MAX_CHARS);
  }

  private static String text(JsonNode value, int most) {
    if (!value.isValueNode() || value.isNull()) {
      return null;
    }
    String text = value.asText().strip();
    return text.isEmpty() ? null : cut(text, most);
  }

  private static String cut(String text, int most) {
    String bounded = text.substring(0, Math.min(text.length(), most));
    // Each takes six characters in JSON, and none means anything in an alert.
    return encodable(CONTROL.matcher(bounded).replaceAll("\uFFFD"));
  }

  // Half a surrogate pair, sent as such or left by the cut, would break whoever writes UTF-8.
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /** The texts of the array of that name, or the one text that stands in its place. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    JsonNode value = get(name);
    if (value.isValueNode()) {
      add(texts, value);
    }
    if (value.isArray()) {
      value.forEach(each -> add(texts, each));
    }
    return texts;
  }

  private static void add(List<String> texts, JsonNode value) {
    String text = text(value);
    if (text != null) {
      texts.add(text);
    }
  }
}
