package dev.alertcapture.options;

import dev.alertcapture.options.CaptureOptions.Filter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads capture options from texts: from settings, from an alert rule's custom properties, from a
 * capture by hand. What can't be used is said, with what would be right, and the default stays.
 * Ranges are Azure's own (docs/design/azure.md, "Model"), but that a time limit is a second at
 * least.
 */
public final class OptionReader {
  /** {@link CaptureOptions#timeLimit}, an ISO 8601 duration. */
  public static final String TIME_LIMIT = "timeLimit";

  /** {@link CaptureOptions#bytesPerPacket}. */
  public static final String BYTES_PER_PACKET = "bytesPerPacket";

  /** {@link CaptureOptions#bytesPerSession}. */
  public static final String BYTES_PER_SESSION = "bytesPerSession";

  /** {@link CaptureOptions#filters}, a list in JSON. */
  public static final String FILTERS = "filters";

  private static final List<String> ALL =
      List.of(TIME_LIMIT, BYTES_PER_PACKET, BYTES_PER_SESSION, FILTERS);
  private static final Duration MAX_TIME_LIMIT = Duration.ofHours(5);
  private static final long MAX_BYTES = 4294967295L;
  private static final int MAX_QUOTED = 80;

  private final Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Problem> problems = new ArrayList<>();

  private OptionReader(Map<String, String> texts) {
    this.texts.putAll(texts);
  }

  /** A text that can't be used: what was wrong, and what would be right. */
  public record Problem(String option, String what) {
    /** Both in one line; the option is called by its name after a prefix. */
    public String inWords(String prefix) {
      return prefix + option + ": " + what;
    }
  }

  /** What was read; the default where there was nothing or a problem. */
  public record Read(CaptureOptions options, List<Problem> problems) {}

  /**
   * Reads options.
   *
   * @param defaults what holds where nothing else is said
   * @param texts by option name, in any letter case
   */
  public static Read read(CaptureOptions defaults, Map<String, String> texts) {
    OptionReader reader = new OptionReader(texts);
    CaptureOptions options =
        new CaptureOptions(
            reader.timeLimit(defaults.timeLimit()),
            reader.bytes(BYTES_PER_PACKET, defaults.bytesPerPacket()),
            reader.bytes(BYTES_PER_SESSION, defaults.bytesPerSession()),
            reader.filters(defaults.filters()));
    for (String name : texts.keySet()) {
      if (ALL.stream().noneMatch(name::equalsIgnoreCase)) {
        reader.problem(quoted(name), "not an option; there are " + String.join(", ", ALL));
      }
    }
    return new Read(options, List.copyOf(reader.problems));
  }

  /** Problems in one line; each option is called by its name after a prefix. */
  public static String inWords(String prefix, List<Problem> problems) {
    return problems.stream()
        .map(problem -> problem.inWords(prefix))
        .collect(Collectors.joining("; "));
  }

  private void problem(String option, String what) {
    problems.add(new Problem(option, what));
  }

  private Duration timeLimit(Duration otherwise) {
    String text = texts.get(TIME_LIMIT);
    if (text == null) {
      return otherwise;
    }
    try {
      Duration value = Duration.parse(text);
      if (value.toSeconds() >= 1
          && value.compareTo(MAX_TIME_LIMIT) <= 0
          && value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
        return value;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below, in our words.
    }
    problem(
        TIME_LIMIT,
        "\""
            + quoted(text)
            + "\" is not an ISO 8601 duration in whole seconds from PT1S to PT5H, such as PT10S");
    return otherwise;
  }

  private long bytes(String option, long otherwise) {
    String text = texts.get(option);
    if (text == null) {
      return otherwise;
    }
    if (text.matches("\\d{1,10}") && Long.parseLong(text) <= MAX_BYTES) {
      return Long.parseLong(text);
    }
    problem(option, "\"" + quoted(text) + "\" is not a whole number from 0 to " + MAX_BYTES);
    return otherwise;
  }

  private List<Filter> filters(List<Filter> otherwise) {
    String text = texts.get(FILTERS);
    if (text == null) {
      return otherwise;
    }
    try {
      return FilterReader.read(text);
    } catch (FilterReader.BadFilter e) {
      problem(FILTERS, e.getMessage());
      return otherwise;
    }
  }

  /** A text that somebody sent, fit to be shown: one line of bounded length. */
  static String quoted(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\"]", " ");
    return line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + "…" : line;
  }
}
