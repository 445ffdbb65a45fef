package dev.alertcapture.evidence.quality;

import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Need;
import dev.alertcapture.evidence.finding.Quality;
import dev.alertcapture.evidence.finding.Quality.Reason;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Trust;
import dev.alertcapture.evidence.flow.Handshakes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Q-ONESIDED and Q-MIDSTREAM: flows of which the file lacks one direction, or the beginning. */
final class Directions implements Check {
  private static final int SOME = 50;
  private static final int MOST = 500;

  /** One segment may be a stray; three that are never answered are one side of a connection. */
  private static final int SEGMENTS = 3;

  private static final int FRAMES = 5;

  private final FlowLog log;

  Directions(FlowLog log) {
    this.log = log;
  }

  @Override
  public void judge(Quality quality, FileEnd end) {
    BitSet heard = heard();
    long flows = 0;
    long all = 0;
    long oneSided = 0;
    long oneSidedBytes = 0;
    long midstream = 0;
    List<Integer> frames = new ArrayList<>();
    List<Integer> midstreamFrames = new ArrayList<>();
    for (int row = 0; row < log.size(); row++) {
      if (!log.isTcp(row)) {
        continue;
      }
      flows++;
      long bytes = log.bytes(row, 0) + log.bytes(row, 1);
      all += bytes;
      if (!log.isFromStart(row)) {
        midstream++;
        add(midstreamFrames, log.firstFrame(row));
      }
      if (isOneSided(row, heard)) {
        oneSided++;
        oneSidedBytes += bytes;
        add(frames, log.firstFrame(row));
      }
    }
    if (Share.over(oneSidedBytes, all, SOME)) {
      oneSided(
          quality,
          new Reason(
              "Q-ONESIDED", say(oneSided, flows, oneSidedBytes, all), oneSided, sorted(frames)),
          Share.over(oneSidedBytes, all, MOST));
    }
    if (midstream > 0) {
      String say =
          "Begun before the capture: "
              + Say.of(midstream, flows)
              + " TCP connections; their window scale is not assumed.";
      quality.add(new Reason("Q-MIDSTREAM", say, midstream, sorted(midstreamFrames)));
    }
  }

  private static String say(long flows, long of, long bytes, long all) {
    return "Of "
        + Say.of(flows, of)
        + " TCP connections, with "
        + Say.percent(bytes, all)
        + " of the bytes, the file has one direction only.";
  }

  private static void oneSided(Quality quality, Reason reason, boolean most) {
    quality.add(reason);
    String because = "the file has one direction only of most of the traffic";
    Completeness.trust(quality, Trust.WITH_CARE, because);
    if (most) {
      quality.loss(Trust.NOT_TRUSTWORTHY, because);
      quality.timing(Trust.NOT_TRUSTWORTHY, because);
      quality.deny(Need.BOTH_DIRECTIONS, because);
    }
  }

  /** The addresses that have sent a packet. */
  private BitSet heard() {
    BitSet heard = new BitSet();
    for (int row = 0; row < log.size(); row++) {
      if (log.client(row) >= 0 && log.frames(row, 0) > 0) {
        heard.set(log.client(row));
      }
      if (log.server(row) >= 0 && log.frames(row, 1) > 0) {
        heard.set(log.server(row));
      }
    }
    return heard;
  }

  /**
   * Of an older connection whose silent end sends on others, it is the connection that is dead and
   * not the capture that is deaf.
   */
  private boolean isOneSided(int row, BitSet heard) {
    int silent = log.frames(row, 0) == 0 ? 0 : 1;
    int address = silent == 0 ? log.client(row) : log.server(row);
    boolean dead = !log.isFromStart(row) && address >= 0 && heard.get(address);
    return log.frames(row, silent) == 0
        && (log.sent(row, 1 - silent) & Handshakes.ACK) != 0
        && log.frames(row, 1 - silent) - log.tries(row, 1 - silent) >= SEGMENTS
        && !dead;
  }

  private static void add(List<Integer> frames, int frame) {
    if (frames.size() < FRAMES) {
      frames.add(frame);
    }
  }

  private static List<Integer> sorted(List<Integer> frames) {
    return frames.stream().sorted().distinct().toList();
  }
}
