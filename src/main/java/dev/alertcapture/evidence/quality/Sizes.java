package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.flow.Tables;
import dev.alertcapture.evidence.packet.Packet;

/** Q-SNAP and Q-OFFLOAD: packets that the file has in part, or as no wire ever had them. */
final class Sizes implements Analyser, Check {
  /** So many thousandths of TCP packets without a header are no accident. */
  private static final int SOME_HEADERS = 10;

  private static final int ETHERNET_MTU = 1500;

  private final Tables tables;
  private final Sample cut = new Sample();
  private final Sample headerless = new Sample();
  private final Sample large = new Sample();
  private long segments;
  private long optionless;
  private int longest;
  private int largest;

  Sizes(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void packet(Packet p, Analysis a) {
    boolean isCut = p.captured < p.wireLength;
    if (isCut) {
      cut.add(p);
      longest = Math.max(longest, p.captured);
    }
    if (p.protocol != Packet.TCP || p.version == 0 || p.fragment != Packet.WHOLE) {
      return;
    }
    segments++;
    if (isCut && !p.lengthKnown) {
      headerless.add(p);
    } else if (isCut && !p.options.whole) {
      optionless++;
    }
    if (p.lengthKnown && isLarge(p, a)) {
      large.add(p);
      largest = Math.max(largest, p.payloadLength);
    }
  }

  private boolean isLarge(Packet p, Analysis a) {
    int mss = 0;
    if (a.flow != Analysis.NONE) {
      int one = tables.handshakes.segmentSize(a.flow, 0);
      int other = tables.handshakes.segmentSize(a.flow, 1);
      mss = Math.min(one, other);
    }
    return mss > 0
        ? p.payloadLength > mss
        : p.outerCount == 0 && p.payloadLength > 0 && p.ipLength > ETHERNET_MTU;
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    if (cut.count() > 0) {
      snap(quality, end.frames());
    }
    if (large.count() > 0) {
      String say =
          Say.of(large.count(), end.frames())
              + " packets are larger than a segment may be (up to "
              + Say.bytes(largest)
              + "): the card's offload joins them, so numbers of packets are lower than on the wire.";
      quality.add(new Reason("Q-OFFLOAD", say, large.count(), large.frames()));
    }
  }

  private void snap(Quality quality, long frames) {
    String say = Say.of(cut.count(), frames) + " packets are cut to " + Say.count(longest, "byte");
    boolean headers = Share.atLeast(headerless.count(), segments, SOME_HEADERS);
    if (headers) {
      String because = "TCP headers are cut";
      quality.loss(Trust.NOT_TRUSTWORTHY, because);
      quality.timing(Trust.NOT_TRUSTWORTHY, because);
      say +=
          ", and "
              + Say.count(headerless.count(), "TCP header")
              + " with them: connections can't be followed.";
    } else if (Share.atLeast(optionless, segments, SOME_HEADERS)) {
      quality.loss(Trust.WITH_CARE, "TCP options are cut");
      say += ", through the TCP options: what receivers acknowledge selectively can't be read.";
    } else {
      say += ": headers are whole, names may be missing.";
    }
    Sample shown = headers ? headerless : cut;
    quality.add(new Reason("Q-SNAP", say, cut.count(), shown.frames()));
  }
}
