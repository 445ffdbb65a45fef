package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/** N-PAUSE: a busy file in which nothing at all happens for a while. */
final class Pauses implements Analyser, Rule {
  private static final long SECOND = 1_000_000_000L;
  private static final long TENTH = SECOND / 10;
  private static final long AROUND = 5 * SECOND;
  private static final int BINS = 64;
  private static final int KEPT = 11;

  /** The longest times between frames, the longest first. */
  private final Pause[] longest = new Pause[KEPT];

  /** Frames by tenth of a second, in a circle. */
  private final int[] bins = new int[BINS];

  private final Context context;
  private long bin;
  private long last;
  private long frames;

  Pauses(Context context) {
    this.context = context;
  }

  private static final class Pause {
    long from;
    long to;
    int lastFrame;
    int nextFrame;
    int before;
    int after;

    long length() {
      return to - from;
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    long now = context.tables().timeline.now();
    if (frames++ > 0 && now > last) {
      long shortest = longest[KEPT - 1] == null ? 0 : longest[KEPT - 1].length();
      if (now - last > shortest) {
        insert(now, (int) p.frame);
      }
    }
    for (int i = 0; i < KEPT && longest[i] != null && longest[i].length() >= SECOND; i++) {
      longest[i].after += now - longest[i].to <= AROUND ? 1 : 0;
    }
    count(now);
    last = now;
  }

  private void insert(long now, int frame) {
    Pause pause = longest[KEPT - 1] == null ? new Pause() : longest[KEPT - 1];
    pause.from = last;
    pause.to = now;
    pause.lastFrame = frame - 1;
    pause.nextFrame = frame;
    pause.after = 0;
    pause.before = now - last >= SECOND ? inBins() : 0;
    int at = KEPT - 1;
    while (at > 0 && (longest[at - 1] == null || longest[at - 1].length() < pause.length())) {
      longest[at] = longest[at - 1];
      at--;
    }
    longest[at] = pause;
  }

  private void count(long now) {
    long at = now / TENTH;
    if (at - bin >= BINS) {
      Arrays.fill(bins, 0);
      bin = at;
    }
    while (bin < at) {
      bins[(int) (++bin % BINS)] = 0;
    }
    bins[(int) (at % BINS)]++;
  }

  /** Frames of the last five seconds up to the last one. */
  private int inBins() {
    int sum = 0;
    for (int i = 0; i < AROUND / TENTH; i++) {
      sum += bins[(int) Math.floorMod(bin - i, (long) BINS)];
    }
    return sum;
  }

  @Override
  public void tell(Findings findings) {
    if (context.tables().timeline.jumped() > 0) {
      findings.notChecked(Id.N_PAUSE, "the file jumps in time");
    } else if (context.duration() < Thresholds.PAUSE_FILE_SECONDS * SECOND) {
      findings.notChecked(Id.N_PAUSE, "the file is too short");
    } else if (longest[0] != null && isPause(longest[0])) {
      findings.add(finding(longest[0]));
    } else {
      findings.clean(Id.N_PAUSE, "no pause of the whole machine");
    }
  }

  private boolean isPause(Pause pause) {
    long around = Thresholds.PAUSE_RATE * AROUND / SECOND;
    return pause.length() >= SECOND
        && pause.length() >= Thresholds.PAUSE_TIMES * medianOfOthers()
        && pause.before >= around
        && pause.after >= around;
  }

  private long medianOfOthers() {
    int count = 0;
    while (count < KEPT && longest[count] != null) {
      count++;
    }
    return count < 2 ? 0 : longest[1 + (count - 1) / 2].length();
  }

  private Finding finding(Pause pause) {
    boolean one = context.log().size() == 1;
    long rate = (pause.before + pause.after) / (2 * AROUND / SECOND);
    Cited cited = new Cited();
    cited.add(pause.lastFrame, 0, 1);
    cited.add(pause.nextFrame, 0, 0);
    String from = Say.second(context.sinceStart(pause.from));
    return new Finding(
            Id.N_PAUSE,
            Severity.NOTABLE,
            "Nothing at all from "
                + from
                + " to "
                + Say.seconds(context.sinceStart(pause.to))
                + ", with "
                + Say.count(rate, "packet")
                + "/s around it: "
                + (context.ownKnown() ? "the machine was frozen" : "a machine was frozen")
                + ", or the capture stalled"
                + (one ? ", or its path was dead" : "")
                + ".")
        .blames(one ? Verdict.NETWORK : context.ownKnown() ? Verdict.MACHINE : Verdict.CANNOT_SAY)
        .brief("everything paused for " + Say.nanos(pause.length()))
        .next(
            "Look for a freeze of "
                + context.words().machine()
                + " at that time: Azure's activity log and scheduled events, the hypervisor, its"
                + " own log.")
        .threshold(Thresholds.PAUSE, Thresholds.PAUSE_WHY)
        .number("micros", pause.length() / 1000)
        .number("packetsPerSecond", rate)
        .proof(
            1,
            0,
            cited,
            "frame.number == " + pause.lastFrame + " || frame.number == " + pause.nextFrame,
            false);
  }
}
