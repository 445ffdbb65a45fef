package dev.alertcapture.news;

import dev.alertcapture.alert.Alert;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What an alert measured, as people say it: {@code Network Out Total 12.3 GB in 5 minutes (41
 * MB/s), threshold 3 GB}. Alerts name no unit, but for classic ones; it is told by the metric's
 * name, and where that says nothing, numbers stand without one.
 */
final class Measurement {
  private static final int MAX_CHARS = 200;
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final List<String> BYTES = List.of(" B", " kB", " MB", " GB", " TB", " PB");

  private Measurement() {}

  private enum Unit {
    BYTES,
    BYTES_PER_SECOND,
    PERCENT,
    PER_SECOND,
    SECONDS,
    MILLISECONDS,
    NONE
  }

  /** One criterion in words. */
  static String inWords(Alert.Condition c) {
    Unit unit = unit(c);
    StringBuilder words = new StringBuilder(c.metric() == null ? "the metric" : clean(c.metric()));
    if (c.value() != null) {
      words.append(' ').append(amount(c.value(), unit)).append(span(c)).append(rate(c, unit));
    }
    if (c.threshold() != null) {
      words
          .append(", threshold ")
          .append(operator(c.operator()))
          .append(amount(c.threshold(), unit));
    }
    return words.toString();
  }

  private static Unit unit(Alert.Condition c) {
    if ("Count".equalsIgnoreCase(c.aggregation())) {
      // So many samples, whatever they are of.
      return Unit.NONE;
    }
    Unit named = named(c.unit() == null ? "" : c.unit());
    return named == Unit.NONE && c.metric() != null ? byName(c.metric()) : named;
  }

  private static Unit named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "bytes" -> Unit.BYTES;
      case "bytespersecond" -> Unit.BYTES_PER_SECOND;
      case "percent" -> Unit.PERCENT;
      case "countpersecond" -> Unit.PER_SECOND;
      case "seconds" -> Unit.SECONDS;
      case "milliseconds" -> Unit.MILLISECONDS;
      default -> Unit.NONE;
    };
  }

  /** As the platform and the guest's agent name their metrics. */
  private static Unit byName(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    boolean rate = name.contains("/sec") || name.contains("per second");
    if (name.contains("percent") || name.contains("%")) {
      return Unit.PERCENT;
    }
    if (name.contains("bytes") || name.startsWith("network in") || name.startsWith("network out")) {
      return rate ? Unit.BYTES_PER_SECOND : Unit.BYTES;
    }
    return rate ? Unit.PER_SECOND : Unit.NONE;
  }

  private static String amount(String text, Unit unit) {
    BigDecimal number = number(text);
    if (number == null) {
      return clean(text);
    }
    return switch (unit) {
      case BYTES -> bytes(number);
      case BYTES_PER_SECOND -> bytes(number) + "/s";
      case PERCENT -> plain(number) + "%";
      case PER_SECOND -> plain(number) + "/s";
      case SECONDS -> plain(number) + " s";
      case MILLISECONDS -> plain(number) + " ms";
      case NONE -> plain(number);
    };
  }

  /** Null for what is no number, or none that is worth its digits. */
  private static BigDecimal number(String text) {
    boolean number = text != null && text.matches("-?\\d{1,20}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");
    BigDecimal value = number ? new BigDecimal(text) : null;
    return value == null || value.precision() - value.scale() > 20 ? null : value;
  }

  private static String bytes(BigDecimal number) {
    BigDecimal rest = number.round(THREE_DIGITS);
    int unit = 0;
    while (rest.abs().compareTo(THOUSAND) >= 0 && unit < BYTES.size() - 1) {
      rest = rest.divide(THOUSAND);
      unit++;
    }
    return digits(rest) + BYTES.get(unit);
  }

  private static String plain(BigDecimal number) {
    return number.abs().compareTo(THOUSAND) < 0
        ? digits(number.round(THREE_DIGITS))
        : String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String digits(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String span(Alert.Condition c) {
    String window = c.window() == null ? "" : Phrases.time(c.window());
    String in = window.isEmpty() ? "" : " in " + window;
    String word = c.aggregation() == null ? "" : c.aggregation().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "average" -> " on average" + (window.isEmpty() ? "" : " over " + window);
      case "maximum" -> " at its highest" + in;
      case "minimum" -> " at its lowest" + in;
      case "count" -> " counted" + in;
      default -> in;
    };
  }

  /** Of a sum of bytes alone: only a sum over its window is a rate. */
  private static String rate(Alert.Condition c, Unit unit) {
    BigDecimal sum = number(c.value());
    boolean total = "Total".equalsIgnoreCase(c.aggregation()) && unit == Unit.BYTES;
    Duration window = c.window();
    if (!total || sum == null || window == null || window.toSeconds() < 2) {
      return "";
    }
    BigDecimal rate = sum.divide(BigDecimal.valueOf(window.toSeconds()), MathContext.DECIMAL64);
    return " (" + bytes(rate) + "/s)";
  }

  private static String operator(String word) {
    String operator = word == null ? "" : word.replace(" ", "").toLowerCase(Locale.ROOT);
    return switch (operator) {
      case "", "greaterthan" -> "";
      case "greaterthanorequal", "greaterthanorequalto" -> "at least ";
      case "lessthan", "lowerthan" -> "below ";
      case "lessthanorequal", "lessthanorequalto" -> "at most ";
      case "equal", "equals", "equalto" -> "equal to ";
      default -> clean(word) + " ";
    };
  }

  private static String clean(String text) {
    return Phrases.clean(text, MAX_CHARS);
  }
}
