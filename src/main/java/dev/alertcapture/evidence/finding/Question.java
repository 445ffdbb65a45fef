package dev.alertcapture.evidence.finding;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who asks, and why: the alert and the session, as far as they are known. What is not known is
 * null, and a rule that needs it does without.
 *
 * @param machine what people call the machine, or null
 * @param self its addresses as text, empty where they are to be found out
 * @param account host names of the storage account that captures go to
 * @param metric Azure's name of the metric, as REST or the portal has it
 * @param threshold the metric's threshold, in its own unit
 * @param value what the metric was
 * @param aggregation {@code Total}, {@code Average}, {@code Minimum}, {@code Maximum} or {@code
 *     Count}
 * @param operator {@code GreaterThan} and the like
 * @param window what the metric was taken over
 * @param fired when the alert was raised
 * @param filtered the session had filters
 * @param byteLimit the session ended since it had as many bytes as it may
 */
public record Question(
    String machine,
    List<String> self,
    List<String> account,
    String metric,
    Double threshold,
    Double value,
    String aggregation,
    String operator,
    Duration window,
    Instant fired,
    boolean filtered,
    boolean byteLimit) {
  public static final Question NONE =
      new Question(
          null, List.of(), List.of(), null, null, null, null, null, null, null, false, false);
}
