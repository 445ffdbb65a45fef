package dev.alertcapture.evidence.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlatRateTest {
  private final FlatRate rate = new FlatRate();

  private void seconds(int from, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      rate.add(from + i, bytes[i], false);
      rate.add(from + i, 0, true);
    }
  }

  @Test
  void fiveSecondsWithLossAndTheSameBytesAreFlat() {
    seconds(0, 7, 100_000, 105_000, 108_000, 101_000, 106_000, 9);
    assertThat(rate.bytesPerSecond()).isEqualTo(104_000);
  }

  @Test
  void fourSecondsAreNotEnough() {
    seconds(0, 7, 100_000, 105_000, 108_000, 101_000, 9);
    assertThat(rate.bytesPerSecond()).isZero();
  }

  @Test
  void bytesThatDifferByATenthAreNotFlat() {
    seconds(0, 7, 100_000, 105_000, 112_000, 101_000, 106_000, 9);
    assertThat(rate.bytesPerSecond()).isZero();
  }

  @Test
  void aSecondWithoutLossEndsIt() {
    seconds(0, 7, 100_000, 100_000, 100_000);
    rate.add(4, 100_000, false);
    seconds(5, 100_000, 100_000, 9);
    assertThat(rate.bytesPerSecond()).isZero();
  }

  @Test
  void aSecondThatIsMissingEndsIt() {
    seconds(0, 7, 100_000, 100_000, 100_000);
    seconds(5, 100_000, 100_000, 9);
    assertThat(rate.bytesPerSecond()).isZero();
  }
}
