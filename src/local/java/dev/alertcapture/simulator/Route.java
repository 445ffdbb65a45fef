package dev.alertcapture.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One call of Azure's that the simulator knows: a method, a path pattern, and what answers. */
record Route(String method, Pattern path, Handler handler) {
  private static final String NAME = "([^/]+)";

  /** Answers a call whose path has matched. */
  interface Handler {
    Answer answer(Call call, Matcher path);
  }

  /**
   * @param template a path with {@code *} for each name; letter case does not matter in ARM paths
   */
  static Route of(String method, String template, Handler handler) {
    return new Route(
        method, Pattern.compile(template.replace("*", NAME), Pattern.CASE_INSENSITIVE), handler);
  }
}
