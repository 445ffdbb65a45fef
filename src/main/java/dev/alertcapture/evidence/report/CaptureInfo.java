package dev.alertcapture.evidence.report;

import dev.alertcapture.evidence.pcap.CaptureFacts;
import dev.alertcapture.evidence.pcap.Ending;
import java.util.List;

/**
 * The file that was read.
 *
 * @param path as the caller names it, or null
 * @param bytes what was read, packed as it is
 * @param sha256 of that, in lower-case hexadecimal
 * @param facts what the file says of itself
 * @param ending how it ended; {@code null} where seconds or bytes ran out
 * @param links names of its link types
 * @param frames how many there are
 * @param first time of the first frame, in nanoseconds since 1970
 * @param last the highest time of a frame
 * @param nanos how long it lasts, without jumps
 */
public record CaptureInfo(
    String path,
    long bytes,
    String sha256,
    CaptureFacts facts,
    Ending ending,
    List<String> links,
    long frames,
    long first,
    long last,
    long nanos) {

  /** How far the file could be read, as a sentence's end; null for all of it. */
  public String cut() {
    if (ending == Ending.WHOLE) {
      return null;
    }
    return ending == null || ending == Ending.LIMIT
        ? "read up to frame " + frames
        : "the file is " + (ending == Ending.CUT ? "cut" : "damaged") + " after frame " + frames;
  }
}
