package dev.alertcapture.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The path and methods that one HTTP function answers to.
 *
 * @param segments literals, and parameters in braces
 * @param methods upper-case; empty means all
 */
record Route(List<String> segments, Set<String> methods) {

  static Route of(String prefix, String template, Set<String> methods) {
    List<String> segments = split(prefix + "/" + template);
    for (String segment : segments) {
      if (segment.contains("{") && !segment.matches("\\{\\w+}")) {
        throw new IllegalArgumentException(
            "Route "
                + template
                + ": the local host knows whole-segment parameters only, not "
                + segment);
      }
    }
    return new Route(segments, methods);
  }

  /** The route's parameters where it matches, decoded; empty where it does not. */
  Optional<Map<String, String>> match(String method, String rawPath) {
    List<String> path = split(rawPath);
    if (path.size() != segments.size() || !(methods.isEmpty() || methods.contains(method))) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      String value = decode(path.get(i));
      if (isParameter(segment)) {
        parameters.put(segment.substring(1, segment.length() - 1), value);
      } else if (!segment.equalsIgnoreCase(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /**
   * Sorts routes so that the first match is the right one: a literal beats a parameter, from the
   * left.
   */
  String precedence() {
    StringBuilder order = new StringBuilder();
    segments.forEach(segment -> order.append(isParameter(segment) ? '1' : '0'));
    return order.toString();
  }

  @Override
  public String toString() {
    return (methods.isEmpty() ? "*" : String.join(",", methods))
        + " /"
        + String.join("/", segments);
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return List.copyOf(segments);
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static Set<String> upperCase(List<String> methods) {
    Set<String> upper = new TreeSet<>();
    methods.forEach(method -> upper.add(method.toUpperCase(Locale.ROOT)));
    return upper;
  }
}
