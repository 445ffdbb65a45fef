package dev.alertcapture.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * App settings as texts, read one by one; what is wrong is collected, so that it can be said all at
 * once. Blank means absent. No message repeats a value of unbounded length.
 */
final class Environment {
  private static final int MAX_QUOTED = 80;

  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  Environment(Map<String, String> values) {
    this.values = values;
  }

  List<String> problems() {
    return problems;
  }

  void problem(String key, String what) {
    problems.add(key + ": " + what);
  }

  /** The value, or null where it is absent or blank. */
  String text(String key) {
    String value = values.get(key);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether the key is there, blank or not. */
  boolean has(String key) {
    return values.get(key) != null;
  }

  /** The value of a key in any letter case, where the key itself has none. */
  String textInAnyCase(String key) {
    String exact = text(key);
    return exact != null
        ? exact
        : values.keySet().stream()
            .filter(key::equalsIgnoreCase)
            .sorted()
            .map(this::text)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private <T> T read(String key, T otherwise, String right, Function<String, T> parse) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    try {
      T value = parse.apply(text);
      if (value != null) {
        return value;
      }
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      // Said below, in our words.
    }
    String quoted = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
    problem(key, "\"" + quoted + "\" is not " + right);
    return otherwise;
  }

  /** An ISO 8601 duration in whole seconds. */
  Duration duration(String key, Duration otherwise, Duration least, Duration most) {
    return read(
        key,
        otherwise,
        "an ISO 8601 duration in whole seconds from "
            + least
            + " to "
            + most
            + ", such as "
            + otherwise,
        text -> {
          Duration value = Duration.parse(text);
          boolean fits =
              value.compareTo(least) >= 0
                  && value.compareTo(most) <= 0
                  && value.equals(value.truncatedTo(ChronoUnit.SECONDS));
          return fits ? value : null;
        });
  }

  long number(String key, long otherwise, long least, long most) {
    return read(
        key,
        otherwise,
        "a whole number from " + least + " to " + most,
        text -> {
          long value = Long.parseLong(text);
          return value >= least && value <= most ? value : null;
        });
  }

  String matching(String key, String otherwise, Pattern pattern, String right) {
    return read(key, otherwise, right, text -> pattern.matcher(text).matches() ? text : null);
  }

  /** One of several words, in any letter case. */
  <T> T choice(String key, T otherwise, Map<String, T> choices) {
    return read(
        key,
        otherwise,
        "one of " + String.join(", ", choices.keySet()),
        text -> find(choices, text));
  }

  /** Some of several words, separated by commas, in any letter case. */
  <T> List<T> choices(String key, List<T> otherwise, Map<String, T> choices) {
    return read(
        key,
        otherwise,
        "a list, separated by commas, of " + String.join(", ", choices.keySet()),
        text -> {
          List<T> all = new ArrayList<>();
          for (String word : text.split(",", -1)) {
            T choice = find(choices, word.strip());
            if (choice == null) {
              return null;
            }
            all.add(choice);
          }
          return List.copyOf(all);
        });
  }

  private static <T> T find(Map<String, T> choices, String word) {
    return choices.entrySet().stream()
        .filter(choice -> choice.getKey().equalsIgnoreCase(word))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
