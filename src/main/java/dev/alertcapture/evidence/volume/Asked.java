package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Lens;
import dev.alertcapture.evidence.finding.Question;
import java.util.Locale;

/**
 * What the alert asked: its lens, and its threshold as a rate or a level that packets can be held
 * against. Azure keeps these metrics by minute (grain PT1M), so an average of bytes is of a minute.
 */
final class Asked {
  private static final long MINUTE = 60;

  /** Times thousand, so that small thresholds stay whole numbers. */
  private static final int MILLI = 1000;

  final Question question;
  final Lens lens;

  /** A thousandth of a byte or flow a second, or of a flow for levels; -1 unknown. */
  private final long thresholdMilli;

  Asked(Question question) {
    this.question = question;
    lens = Lens.of(question.metric());
    thresholdMilli = threshold();
  }

  private long threshold() {
    Double threshold = question.threshold();
    if (threshold == null || question.aggregation() == null || !isUpward()) {
      return -1;
    }
    double rate = perSecond(threshold, question.aggregation().toLowerCase(Locale.ROOT));
    return rate > 0 && rate < 1e15 ? Math.max(1, Math.round(rate * MILLI)) : -1;
  }

  /** Not "less than" and "equals", which no multiple means anything for. */
  private boolean isUpward() {
    return question.operator() == null || question.operator().startsWith("Greater");
  }

  private double perSecond(double threshold, String aggregation) {
    if (aggregation.equals("count")) {
      return -1;
    }
    if (!lens.countsBytes()) {
      return lens.isOfNetwork() ? threshold : -1;
    }
    if (!aggregation.equals("total")) {
      return threshold / MINUTE;
    }
    boolean known = question.window() != null && question.window().toSeconds() > 0;
    return known ? threshold / question.window().toSeconds() : -1;
  }

  boolean hasThreshold() {
    return thresholdMilli >= 0;
  }

  /** Whether so much a second, or at once, is at or over the threshold. */
  boolean isReached(long rate) {
    return rate >= thresholdMilli / MILLI && rate * MILLI >= thresholdMilli;
  }

  /** The threshold as a whole number of bytes or flows a second, or of flows. */
  long threshold(int roundedUp) {
    return (thresholdMilli + roundedUp) / MILLI;
  }

  /** How many thousandths of the threshold so much is. */
  long timesMilli(long rate) {
    return (long) (rate * 1000.0 * MILLI / thresholdMilli);
  }
}
