package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.pcap.CaptureFacts;
import dev.alertcapture.evidence.pcap.Ending;
import java.util.List;

/** Whether the file has all that it should: Q-CUT and Q-DROPS. */
final class Completeness implements Check {
  /** From more dropped packets than these thousandths on, nothing can be counted. */
  private static final int MANY_DROPS = 10;

  @Override
  public void judge(Quality quality, FileEnd end) {
    cut(quality, end);
    drops(quality, end.facts(), end.frames());
  }

  private static void cut(Quality quality, FileEnd end) {
    Ending how = end.ending();
    if (how == Ending.WHOLE) {
      return;
    }
    List<Integer> last = end.frames() == 0 ? List.of() : List.of((int) end.frames());
    if (end.frames() == 0) {
      String because = "no packet of the file can be read";
      quality.add(
          new Reason("Q-CUT", "The file is cut or damaged before its first packet.", 1, last));
      trust(quality, Trust.NOT_TRUSTWORTHY, because);
      for (Need need : Need.values()) {
        quality.deny(need, because);
      }
      return;
    }
    String say =
        how == Ending.CUT
            ? "The file ends inside the record after frame "
            : how == Ending.DAMAGED
                ? "The file is damaged after frame "
                : "Reading was stopped after frame ";
    quality.add(new Reason("Q-CUT", say + Say.count(end.frames()) + ".", 1, last));
    trust(quality, Trust.WITH_CARE, "the file is cut");
  }

  private static void drops(Quality quality, CaptureFacts facts, long frames) {
    if (facts.dropped <= 0) {
      return;
    }
    long all = Math.max(facts.received, frames + facts.dropped);
    quality.add(
        new Reason(
            "Q-DROPS",
            "The capture dropped "
                + Say.of(facts.dropped, all)
                + " packets ("
                + Say.percent(facts.dropped, all)
                + ").",
            facts.dropped,
            List.of()));
    boolean many = Share.over(facts.dropped, all, MANY_DROPS);
    trust(
        quality,
        many ? Trust.NOT_TRUSTWORTHY : Trust.WITH_CARE,
        "the capture dropped " + Say.percent(facts.dropped, all) + " of the packets");
  }

  /** Lowers the trust in everything. */
  static void trust(Quality quality, Trust trust, String because) {
    quality.loss(trust, because);
    quality.timing(trust, because);
    quality.volume(trust, because);
  }
}
