package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Marks;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/** Q-MISSED: bytes that were acknowledged, so they arrived, and that the file does not have. */
final class Missed implements Analyser, Check {
  private static final int SOME = 1;
  private static final int SOME_PLACES = 3;

  /** Here a peer's losses can't be told from the capture's own. */
  private static final int MUCH = 10;

  /** Zeek's {@code too_much_loss}. */
  private static final int TOO_MUCH = 100;

  private final Tables tables;
  private final Sample frames = new Sample();
  private long missed;
  private long places;
  private long payload;

  Missed(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if ((a.marks & Marks.ACK_LOST_SEGMENT) != 0 && !a.copy && !a.nonsenseAck) {
      frames.add(p);
    }
  }

  @Override
  public void closed(int flow) {
    boolean both = tables.traffic.frames(flow, 0) > 0 && tables.traffic.frames(flow, 1) > 0;
    if (tables.flows.protocol(flow) != Packet.TCP || !both) {
      return;
    }
    for (int side = 0; side < 2; side++) {
      long below = tables.sequences.missed(flow, side);
      int above = tables.sequences.missedAbove(flow, side);
      boolean finSeen = (tables.handshakes.sent(flow, side) & Handshakes.FIN) != 0;
      above -= finSeen || above == 0 ? 0 : 1;
      missed += below + above;
      places += below > 0 ? Math.max(1, tables.sequences.gaps(flow, side)) : 0;
      places += above > 0 ? 1 : 0;
      payload += tables.traffic.payload(flow, side);
    }
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    long all = payload + missed;
    boolean scattered = places >= SOME_PLACES && Share.atLeast(missed, all, SOME);
    if (!scattered && !Share.atLeast(missed, all, MUCH)) {
      return;
    }
    String share = Say.percent(missed, all);
    String say =
        "The capture missed "
            + Say.bytes(missed)
            + " of "
            + Say.bytes(all)
            + " ("
            + share
            + "): they were acknowledged, and the file does not have them.";
    quality.add(new Reason("Q-MISSED", say, missed, frames.frames()));
    String because = "the capture itself missed " + share + " of the bytes";
    boolean tooMuch = Share.atLeast(missed, all, TOO_MUCH);
    Completeness.trust(quality, Trust.WITH_CARE, because);
    if (tooMuch) {
      quality.loss(Trust.NOT_TRUSTWORTHY, because);
    } else if (Share.atLeast(missed, all, MUCH)) {
      quality.deny(Need.LOSS_BY_PEER, because);
    }
  }
}
