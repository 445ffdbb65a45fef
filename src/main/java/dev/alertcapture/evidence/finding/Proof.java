package dev.alertcapture.evidence.finding;

import java.util.List;

/**
 * What a finding rests on.
 *
 * @param count how many of what is counted
 * @param of the denominator, 0 for none
 * @param frames at most five, ascending, as Wireshark numbers them
 * @param filter a display filter that finds all of the evidence, by addresses, ports and flags
 * @param superset the filter finds more than the evidence, for no filter can say it
 */
public record Proof(long count, long of, List<Integer> frames, String filter, boolean superset) {
  /** {@code frame.number in {12, 90}}. */
  public String framesFilter() {
    StringBuilder out = new StringBuilder("frame.number in {");
    for (int i = 0; i < frames.size(); i++) {
      out.append(i == 0 ? "" : ", ").append(frames.get(i));
    }
    return out.append('}').toString();
  }
}
