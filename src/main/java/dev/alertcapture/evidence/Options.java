package dev.alertcapture.evidence;

import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.self.OwnSide;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param format one of {@link #FORMATS}
 * @param out the file to write to, or null
 * @param files what to read, one or more
 */
record Options(String format, String out, Question question, List<String> files) {
  static final Set<String> FORMATS = Set.of("text", "json", "marks", "names", "totals");

  static final String USAGE =
      "usage: Explain [--format text|json|marks|names|totals] [--out FILE] [--machine NAME]"
          + " [--self ADDRESS,...] [--account HOST,...] [--metric NAME] [--threshold NUMBER]"
          + " [--value NUMBER] [--aggregation NAME] [--window PT5M] [--fired TIME] FILE...";

  private static final Set<String> NAMES =
      Set.of(
          "format",
          "out",
          "machine",
          "self",
          "account",
          "metric",
          "threshold",
          "value",
          "aggregation",
          "window",
          "fired");

  /**
   * Reads the arguments; an option without a value is as good as none.
   *
   * @throws IllegalArgumentException for a wrong call; the message says what is wrong
   */
  static Options parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("--")) {
        files.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("there is no option " + argument);
      }
      if (equals < 0 && i + 1 == arguments.length) {
        throw new IllegalArgumentException(argument + " needs a value");
      }
      String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      if (!value.isBlank()) {
        given.put(name, value.trim());
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file is given");
    }
    String format = given.getOrDefault("format", "text");
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException("there is no format " + format);
    }
    return new Options(format, given.get("out"), question(given), List.copyOf(files));
  }

  private static Question question(Map<String, String> given) {
    List<String> self = list(given.get("self"));
    if (!self.isEmpty()) {
      // Says at once what is no address.
      OwnSide.given(self);
    }
    return new Question(
        given.get("machine"),
        self,
        list(given.get("account")).stream().map(host -> host.toLowerCase(Locale.ROOT)).toList(),
        given.get("metric"),
        number("threshold", given.get("threshold")),
        number("value", given.get("value")),
        given.get("aggregation"),
        null,
        window(given.get("window")),
        fired(given.get("fired")),
        false,
        false);
  }

  private static List<String> list(String value) {
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::trim).filter(one -> !one.isEmpty()).toList();
  }

  private static Double number(String name, String value) {
    try {
      return value == null ? null : Double.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + " takes a number, not " + value, e);
    }
  }

  private static Duration window(String value) {
    try {
      return value == null ? null : Duration.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--window takes an ISO 8601 duration such as PT5M, not " + value, e);
    }
  }

  private static Instant fired(String value) {
    try {
      return value == null ? null : Instant.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--fired takes a time such as 2026-03-01T02:00:00Z, not " + value, e);
    }
  }
}
