package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerNamesTest {
  private final PeerNames names = new PeerNames();

  @Test
  void theLastAnswerNamesAnAddress() {
    names.learn(0, 5, 0);
    names.learn(1, 5, 1);
    assertThat(names.nameOf(0, 5)).isZero();
    assertThat(names.nameOf(1, 5)).isEqualTo(1);
    names.learn(0, 5, 7);
    assertThat(names.nameOf(0, 5)).isEqualTo(7);
  }

  @Test
  void anAddressThatNoAnswerGaveHasNoName() {
    names.learn(0, 5, 0);
    assertThat(names.nameOf(0, 6)).isEqualTo(NameTable.NONE);
  }

  @Test
  void aNameWithoutANumberChangesNothing() {
    names.learn(0, 5, 3);
    names.learn(0, 5, NameTable.NONE);
    assertThat(names.nameOf(0, 5)).isEqualTo(3);
  }

  @Test
  void refusesAddressesBeyondItsBoundAndStillRenamesTheOthers() {
    for (int i = 0; i < PeerNames.MAX_ADDRESSES; i++) {
      names.learn(i, i, i);
    }
    names.learn(-1, -1, 1);
    assertThat(names.nameOf(-1, -1)).isEqualTo(NameTable.NONE);
    assertThat(names.refused()).isEqualTo(1);
    names.learn(9, 9, 10);
    assertThat(names.nameOf(9, 9)).isEqualTo(10);
    assertThat(names.nameOf(16_383, 16_383)).isEqualTo(16_383);
  }
}
