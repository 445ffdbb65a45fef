package dev.alertcapture.evidence.quality;

/** Compares a part of a whole with a threshold in thousandths. */
final class Share {
  private Share() {}

  static boolean atLeast(long part, long whole, int thousandths) {
    return whole > 0 && part * 1000.0 >= whole * (double) thousandths;
  }

  static boolean over(long part, long whole, int thousandths) {
    return whole > 0 && part * 1000.0 > whole * (double) thousandths;
  }
}
