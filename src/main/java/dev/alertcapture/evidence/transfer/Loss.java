package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import java.util.List;

/** What was lost between two addresses in one way, of one or more kinds of {@link Tally}. */
final class Loss {
  private final Pair pair;
  private final int[] kinds;

  Loss(Pair pair, int... kinds) {
    this.pair = pair;
    this.kinds = kinds;
  }

  Pair pair() {
    return pair;
  }

  void cite(Cited cited) {
    pair.cite(cited, kinds);
  }

  long times() {
    return pair.times(kinds);
  }

  long bytes() {
    return pair.bytes(kinds);
  }

  /** Thousandths of what was sent. */
  long share() {
    return pair.payload() == 0 ? 0 : Math.min(1000, bytes() * 1000 / pair.payload());
  }

  Severity severity() {
    if (pair.isOfLittle()) {
      return Severity.INFO;
    }
    if (share() >= Thresholds.LOSS_BAD && times() >= Thresholds.LOSS_BAD_TIMES) {
      return Severity.BAD;
    }
    boolean some = share() >= Thresholds.LOSS_NOTABLE && times() >= Thresholds.LOSS_TIMES;
    return some ? Severity.NOTABLE : Severity.INFO;
  }

  /** Half or more of it is of one of these kinds. */
  boolean isMostly(int... some) {
    return 2 * pair.times(some) >= times();
  }

  /** So many peers that lose the same share lose it in what they have in common. */
  static boolean areAlike(List<Loss> losses) {
    long least = losses.stream().mapToLong(Loss::share).min().orElse(0);
    long most = losses.stream().mapToLong(Loss::share).max().orElse(0);
    return losses.size() >= Thresholds.LOSS_ALIKE && most <= 2 * least;
  }
}
