package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Trust;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The capture's quality in one sentence. */
final class Trusts {
  private Trusts() {}

  static String say(Quality quality, String cut) {
    Map<Trust, List<String>> by = new EnumMap<>(Trust.class);
    by.computeIfAbsent(quality.loss(), any -> new ArrayList<>()).add("loss");
    by.computeIfAbsent(quality.timing(), any -> new ArrayList<>()).add("timing");
    by.computeIfAbsent(quality.volume(), any -> new ArrayList<>()).add("volume");
    List<String> parts = new ArrayList<>();
    by.forEach((trust, what) -> parts.add(list(what) + " " + trust.words()));
    StringBuilder out = new StringBuilder(String.join("; ", parts));
    out.setCharAt(0, Character.toUpperCase(out.charAt(0)));
    if (cut != null) {
      out.append("; ").append(cut);
    }
    out.append('.');
    for (Quality.Reason reason : quality.reasons()) {
      out.append(' ').append(reason.say());
    }
    return out.toString();
  }

  private static String list(List<String> what) {
    int last = what.size() - 1;
    return last == 0
        ? what.get(0)
        : String.join(", ", what.subList(0, last)) + " and " + what.get(last);
  }
}
