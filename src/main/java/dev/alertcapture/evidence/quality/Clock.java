package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.flow.Timeline;
import dev.alertcapture.evidence.packet.Packet;
import java.util.List;

/** Q-CLOCK: times that go back, jump, make no sense or are missing. */
final class Clock implements Analyser, Check {
  private static final int SOME = 1;
  private static final int MANY = 50;

  private final Timeline timeline;
  private final Sample bad = new Sample();
  private final Sample jumps = new Sample();
  private long untimed;
  private int piece;

  Clock(Tables tables) {
    timeline = tables.timeline;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (!p.timed || p.badFraction) {
      bad.add(p);
      untimed += p.timed ? 0 : 1;
    }
    if (timeline.piece() != piece) {
      piece = timeline.piece();
      jumps.add(p);
    }
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    long back = timeline.backwards();
    if (back > 0) {
      String say =
          "Times go back by over 1 ms at "
              + Say.of(back, end.frames())
              + " packets: the clock was set back, or files were merged.";
      quality.add(new Reason("Q-CLOCK", say, back, List.of((int) timeline.firstBackwards())));
    }
    if (bad.count() > 0) {
      String say =
          "There is no time"
              + (untimed == bad.count() ? "" : " that can be right")
              + " for "
              + Say.of(bad.count(), end.frames())
              + " packets.";
      quality.add(new Reason("Q-CLOCK", say, bad.count(), bad.frames()));
    }
    if (jumps.count() > 0) {
      String say =
          "The file is "
              + Say.count(jumps.count() + 1, "piece")
              + " with over a minute between: rates count the pieces only.";
      quality.add(new Reason("Q-CLOCK", say, jumps.count(), jumps.frames()));
      quality.timing(Trust.WITH_CARE, "the file has gaps in time");
    }
    trust(quality, back + bad.count(), end.frames());
  }

  private static void trust(Quality quality, long wrong, long frames) {
    String because = "the packets' times can't be right";
    if (wrong > 0) {
      quality.timing(Trust.WITH_CARE, because);
    }
    if (Share.over(wrong, frames, SOME)) {
      quality.loss(Trust.WITH_CARE, because);
    }
    if (Share.over(wrong, frames, MANY)) {
      quality.timing(Trust.NOT_TRUSTWORTHY, because);
      quality.loss(Trust.NOT_TRUSTWORTHY, because);
    }
  }
}
