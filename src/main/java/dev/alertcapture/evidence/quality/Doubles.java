package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Columns;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;
import java.util.Arrays;

/**
 * Q-COPIES: packets that the file has twice, and packets that go in circles. Where the receiver
 * reports the bytes of a copy as duplicates (D-SACK, RFC 2883), it got them twice, too.
 */
final class Doubles implements Analyser, Columns, Check {
  private static final int SHARE = 10;
  private static final int LEAST = 10;

  /** From more TCP packets than these on, in thousandths, copies can't be told from packets. */
  private static final int ALIKE = 400;

  private final Sample copies = new Sample();
  private final Sample loops = new Sample();
  private long dataCopies;
  private long reported;
  private long segments;
  private long alike;
  private int[] from = {};
  private int[] to = {};

  Doubles(Tables tables) {
    tables.flows.add(this);
  }

  @Override
  public void grow(int flows) {
    from = Arrays.copyOf(from, 2 * flows);
    to = Arrays.copyOf(to, 2 * flows);
  }

  @Override
  public void clear(int flow) {
    for (int i = 2 * flow; i <= 2 * flow + 1; i++) {
      from[i] = to[i] = 0;
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.loop) {
      loops.add(p);
    }
    if (a.copy) {
      copies.add(p);
    }
    if (p.transport != Packet.TCP || a.flow == Analysis.NONE) {
      return;
    }
    segments++;
    alike += p.payloadLength == 0 && p.ipId == 0 ? 1 : 0;
    int i = 2 * a.flow + a.side;
    if (a.copy && p.payloadLength > 0) {
      dataCopies++;
      from[i] = p.sequence;
      to[i] = p.sequence + p.payloadLength;
    } else if (!a.copy && p.options.blocks > 0) {
      report(2 * a.flow + 1 - a.side, p);
    }
  }

  /** The first block of a D-SACK lies in the copy that came last; it is counted once. */
  private void report(int i, Packet p) {
    int begin = p.options.blockFrom[0];
    int end = p.options.blockTo[0];
    if (from[i] != to[i]
        && begin - from[i] >= 0
        && end - to[i] <= 0
        && end - p.acknowledgment <= 0) {
      reported++;
      from[i] = to[i];
    }
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    if (loops.count() > 0) {
      String say =
          Say.count(loops.count(), "packet")
              + " pass here a third time with a smaller TTL: they go in circles.";
      quality.add(new Reason("Q-COPIES", say, loops.count(), loops.frames()));
    }
    if (copies.count() < LEAST || !Share.atLeast(copies.count(), end.frames(), SHARE)) {
      return;
    }
    boolean delivered = dataCopies > 0 && 2 * reported >= dataCopies;
    String share = Say.of(copies.count(), end.frames());
    String say =
        delivered
            ? share
                + " packets came twice, and their receivers say so: the network delivers packets twice."
            : "The capture sees " + share + " packets twice; the second ones are not counted.";
    quality.add(new Reason("Q-COPIES", say, copies.count(), copies.frames()));
    Completeness.trust(quality, Trust.WITH_CARE, "the file has packets twice");
    if (Share.over(alike, segments, ALIKE)) {
      quality.loss(
          Trust.NOT_TRUSTWORTHY,
          "the file has packets twice, and acknowledgments have no id to tell them by");
    }
  }
}
