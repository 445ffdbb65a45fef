package dev.alertcapture.news;

import dev.alertcapture.alert.Alert;
import dev.alertcapture.capture.Capture;
import dev.alertcapture.capture.CaptureState;
import dev.alertcapture.capture.EndReason;
import dev.alertcapture.capture.Reason;
import dev.alertcapture.capture.Reason.About;
import dev.alertcapture.capture.Session;
import dev.alertcapture.news.Summary.Fact;
import dev.alertcapture.news.Summary.Mood;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Puts a capture's news into words, the same for every channel.
 *
 * @param places the ways to files
 * @param site the app's own address, without a slash at the end; null where it is not known
 */
public record SummaryWriter(FileLocator places, String site) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_HEADLINE = 150;
  private static final int MAX_TEXT = 1200;
  private static final int MAX_FACT = 400;
  private static final int MAX_NAME = 60;
  private static final String CORRECT_THE_RULE =
      "Correct the custom properties of the alert rule. One of its alerts, posted to"
          + " /api/alerts?dryRun=true, says whether they can be used.";

  /** The news of a capture's entering a state, however far it has come by now. */
  public Summary news(Capture c, CaptureState about) {
    List<Fact> facts = new ArrayList<>();
    if (about == CaptureState.RUNNING) {
      addCommon(facts, c);
      String limit = Phrases.time(c.options().timeLimit());
      // It may be told late, so it says since when.
      String what =
          "Packets are captured from "
              + since(c)
              + " on, for "
              + limit
              + " at most."
              + notAsAsked(c);
      return new Summary(Mood.GOOD, headline(c, "started"), what, null, null, facts);
    }
    addDetail(facts, c);
    addCaptured(facts, c);
    addCommon(facts, c);
    return about == CaptureState.COMPLETED ? completed(c, facts) : ended(c, about, facts);
  }

  private Summary completed(Capture c, List<Fact> facts) {
    Ending seen = Ending.of(c);
    Ending ending = seen == null ? new Ending("It has ended.", null) : seen;
    if (FileLocation.isProbablyEmpty(c.file())) {
      return probablyEmpty(c, ending, facts);
    }
    boolean asAsked = c.options().unused().isEmpty();
    String remedy = ending.remedy() != null || asAsked ? ending.remedy() : CORRECT_THE_RULE;
    Mood mood = remedy == null ? Mood.GOOD : Mood.DOUBTFUL;
    return news(c, mood, headline(c, "completed"), ending.words() + notAsAsked(c), remedy, facts);
  }

  private Summary ended(Capture c, CaptureState about, List<Fact> facts) {
    Reason reason = c.cause().reason();
    Ending ending = Ending.of(c);
    boolean says = ending != null && reason != Reason.SESSION_LOST;
    boolean knows = reason == Reason.SESSION_FAILED && ending != null && ending.remedy() != null;
    return news(
        c,
        Mood.BAD,
        headline(c, about == CaptureState.FAILED ? "failed" : "rejected"),
        reason.message() + (says ? " " + ending.words() : ""),
        knows ? ending.remedy() : reason.remedy(About.of(c.target(), c.region()).at(site)),
        facts);
  }

  private Summary news(
      Capture c, Mood mood, String headline, String what, String remedy, List<Fact> facts) {
    String todo = remedy == null ? null : Phrases.clean(remedy, MAX_TEXT);
    return new Summary(
        mood, headline, Phrases.clean(what, MAX_TEXT), todo, places.place(c.file()), facts);
  }

  /** What the alert's author has to know first: it is not the capture that was asked for. */
  private static String notAsAsked(Capture c) {
    String names =
        c.options().unused().stream()
            .map(line -> Phrases.clean(line.replaceAll(":.*", ""), MAX_NAME))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : " It is not the capture that the alert rule asks for: its options "
            + names
            + " could not be used, and the settings held.";
  }

  private static String since(Capture c) {
    Session s = c.session();
    Instant since = s == null || s.runningSince() == null ? c.stateSince() : s.runningSince();
    return TIME.format(since) + " UTC";
  }

  private Summary probablyEmpty(Capture c, Ending ending, List<Fact> facts) {
    boolean filtered = !c.options().filters().isEmpty();
    String what =
        ending.words()
            + notAsAsked(c)
            + " Its file is probably empty: the header alone takes 24 bytes. "
            + (filtered
                ? "Only what passed its filters was kept: " + Phrases.filters(c.options().filters())
                : "No packet came to the machine or left it in that time, or the agent saw none.");
    String remedy =
        filtered
            ? "Compare the filters with the traffic that you expect, local being the machine's own"
                + " side; or capture for longer."
            : "Capture for longer (CAPTURE_TIME_LIMIT).";
    return news(
        c,
        Mood.DOUBTFUL,
        headline(c, "completed, but its file is probably empty"),
        what,
        remedy,
        facts);
  }

  private static String headline(Capture c, String what) {
    // The rule comes last, so that it alone is cut.
    String text = "Packet capture on " + c.target().shortName() + " " + what + ": ";
    return Phrases.clean(text + c.alert().rule(), MAX_HEADLINE);
  }

  private static void addDetail(List<Fact> facts, Capture c) {
    if (c.cause() != null && c.cause().detail() != null) {
      boolean slots = c.cause().reason() == Reason.LIMIT_REACHED;
      String detail = Phrases.clean(c.cause().detail(), MAX_TEXT);
      facts.add(new Fact(slots ? "Slots held by" : "Detail", detail));
    }
  }

  private static void addCaptured(List<Fact> facts, Capture c) {
    Session s = c.session();
    if (s == null || s.runningSince() == null || s.ending() == null) {
      return;
    }
    String size =
        FileLocation.bytes(c.file()) < 0 ? "" : ", " + Phrases.bytes(FileLocation.bytes(c.file()));
    if (s.ending().meaning() == EndReason.TIME_LIMIT) {
      add(facts, "Captured", Phrases.time(c.options().timeLimit()) + size);
    } else {
      // Nobody tells when it really ended; we see it when we look.
      Instant start = s.putAt() == null ? s.runningSince() : s.putAt();
      Duration most = Duration.between(start, c.entered(CaptureState.COLLECTING));
      add(facts, "Captured", "at most " + Phrases.time(most) + size);
    }
  }

  private void addCommon(List<Fact> facts, Capture c) {
    Alert.Details alert = c.alert();
    add(facts, "Alert", alert.rule() + (alert.severity() == null ? "" : ", " + alert.severity()));
    if (alert.description() != null) {
      add(facts, "Described as", alert.description());
    }
    if (!alert.conditions().isEmpty()) {
      String all =
          alert.conditions().stream().map(Measurement::inWords).collect(Collectors.joining("; "));
      facts.add(new Fact("Measured", Phrases.clean(all, MAX_TEXT)));
    }
    if (!c.options().unused().isEmpty()) {
      String lines = String.join("; ", c.options().unused());
      facts.add(new Fact("Options not used", Phrases.clean(lines, MAX_TEXT)));
    }
    if (alert.firedAt() != null) {
      add(facts, "Fired", alert.firedAt().toString());
    }
    String region = c.region() == null ? "" : ", " + c.region();
    add(facts, "Machine", c.target().id() + region);
    addOthers(facts, c);
    add(facts, "Capture", site == null ? c.id() : site + "/api/captures/" + c.id());
  }

  private static void addOthers(List<Fact> facts, Capture c) {
    List<String> others = new ArrayList<>();
    if (c.joins().count() > 0) {
      others.add(count(c.joins().count(), "more alert") + " joined this capture");
    }
    if (c.heldBack() > 0) {
      others.add(
          count(c.heldBack(), "alert")
              + " came in the cool-down before it and started nothing (CAPTURE_COOLDOWN)");
    }
    if (!others.isEmpty()) {
      add(facts, "Also", String.join("; ", others));
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static void add(List<Fact> facts, String label, String text) {
    facts.add(new Fact(label, Phrases.clean(text, MAX_FACT)));
  }
}
