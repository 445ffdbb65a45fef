package dev.alertcapture.news;

import java.util.ArrayList;
import java.util.List;

/**
 * What there is to say of a capture, in plain words for whoever was woken by it. Much of it comes
 * from alerts and from Azure's answers: it is free of control characters and bounded, so that what
 * a channel allows is never passed, and it is for the channel to keep it from being markup.
 *
 * @param headline the machine, what happened, and the alert rule; at most 150 characters
 * @param what what happened and why
 * @param remedy what to do about it, null where there is nothing to do
 * @param file where the packets are, null where there are none
 * @param facts all else, the most useful first
 */
public record Summary(
    Mood mood, String headline, String what, String remedy, FileLocation file, List<Fact> facts) {

  /** How much somebody has to care. */
  public enum Mood {
    /** As it should be. */
    GOOD,
    /** There is something to look at. */
    DOUBTFUL,
    /** Somebody has to do something. */
    BAD
  }

  /** A thing worth knowing, and what it is called, which is a word or two of ours. */
  public record Fact(String label, String text) {}

  /** The whole of it as lines of text. */
  public String text() {
    List<String> lines = new ArrayList<>(List.of(headline, what));
    if (remedy != null) {
      lines.add("What to do: " + remedy);
    }
    if (file != null) {
      lines.add("File: " + file.path());
      if (file.portal() != null) {
        lines.add("Portal: " + file.portal());
      }
      file.commands().forEach(command -> lines.add("Run: " + command));
    }
    facts.forEach(fact -> lines.add(fact.label() + ": " + fact.text()));
    return String.join("\n", lines);
  }
}
