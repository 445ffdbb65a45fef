package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Question;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Timeline;
import dev.alertcapture.evidence.pcap.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Q-FILTER, Q-SHORT and Q-LATE: what was let through, for how long, and how late. */
final class Session implements Check {
  private static final long SECOND = 1_000_000_000L;
  private static final int FEW_PACKETS = 100;
  private static final long FEW_SECONDS = 5;

  /** After so long what the metric saw is another time's. */
  private static final Duration LATE = Duration.ofMinutes(15);

  private final Context context;

  Session(Context context) {
    this.context = context;
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    if (!context.ownKnown()) {
      quality.deny(Need.OWN_SIDE, "it is not known which addresses are the machine's own");
    }
    filter(quality);
    if (end.frames() > 0) {
      length(quality, end);
      late(quality);
    } else if (end.ending() == Ending.WHOLE) {
      nothing(quality);
    }
  }

  private void filter(Quality quality) {
    Question asked = context.question();
    if (!asked.filtered() && !asked.byteLimit()) {
      return;
    }
    String say =
        asked.filtered()
            ? "The session had filters: amounts are of what they let through."
            : "The session ended at its limit of bytes: amounts are of the time before.";
    quality.add(new Reason("Q-FILTER", say, 1, List.of()));
    String because =
        asked.filtered() ? "the session had filters" : "the session ended at its limit of bytes";
    quality.volume(Trust.WITH_CARE, because);
    quality.deny(Need.NO_FILTER, because);
  }

  private void nothing(Quality quality) {
    String because =
        context.question().filtered()
            ? "the file has no packets: its filters let none through"
            : "the file has no packets";
    quality.add(new Reason("Q-SHORT", "T" + because.substring(1) + ".", 0, List.of()));
    Completeness.trust(quality, Trust.NOT_TRUSTWORTHY, because);
    for (Need need : Need.values()) {
      quality.deny(need, because);
    }
  }

  private void length(Quality quality, FileEnd end) {
    Timeline time = context.tables().timeline;
    long nanos = time.now() - time.start() - time.jumped();
    boolean few = end.frames() < FEW_PACKETS && nanos < FEW_SECONDS * SECOND;
    if (nanos >= SECOND && !few) {
      return;
    }
    String say =
        "The capture is short: "
            + Say.count(end.frames(), "packet")
            + " in "
            + Say.nanos(nanos)
            + ", so it is told in counts.";
    quality.add(new Reason("Q-SHORT", say, end.frames(), List.of()));
    quality.deny(Need.LENGTH, "the capture is too short");
  }

  private void late(Quality quality) {
    Instant fired = context.question().fired();
    if (fired == null) {
      return;
    }
    long start = context.tables().timeline.start();
    Instant began =
        Instant.ofEpochSecond(Math.floorDiv(start, SECOND), Math.floorMod(start, SECOND));
    Duration lag = Duration.between(fired, began);
    String by = Say.micros(Math.min(lag.abs().toSeconds(), Integer.MAX_VALUE) * 1_000_000L);
    String say =
        "The capture begins "
            + by
            + (lag.isNegative() ? " before" : " after")
            + " the alert was raised.";
    quality.add(new Reason("Q-LATE", say, Math.max(0, lag.toSeconds()), List.of()));
    if (lag.compareTo(LATE) > 0) {
      quality.volume(
          Trust.NOT_TRUSTWORTHY, "the capture began " + by + " after the alert was raised");
    }
  }
}
