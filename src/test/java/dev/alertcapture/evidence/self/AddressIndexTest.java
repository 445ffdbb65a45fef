package dev.alertcapture.evidence.self;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressIndexTest {
  private final AddressIndex index = new AddressIndex();

  @Test
  void numbersAddressesInTheOrderOfTheirComing() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(index.find(i % 7, i)).isEqualTo(-1);
      assertThat(index.add(i % 7, i)).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(index.add(i % 7, i)).isEqualTo(i);
      assertThat(index.find(i % 7, i)).isEqualTo(i);
      assertThat(index.high(i)).isEqualTo(i % 7);
      assertThat(index.low(i)).isEqualTo(i);
    }
    assertThat(index.count()).isEqualTo(10_000);
  }

  @Test
  void tellsApartWhatDiffersInOneHalf() {
    index.add(1, 2);
    assertThat(index.find(2, 1)).isEqualTo(-1);
    assertThat(index.find(1, 1)).isEqualTo(-1);
    assertThat(index.find(2, 2)).isEqualTo(-1);
  }
}
