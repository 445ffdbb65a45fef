package dev.alertcapture.evidence.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void theKeyThatCameFirstMakesRoom() {
    Slots slots = new Slots(2);
    assertThat(slots.take(10)).isZero();
    assertThat(slots.take(20)).isEqualTo(1);
    assertThat(slots.take(30)).isZero();
    assertThat(slots.find(10)).isEqualTo(Slots.NONE);
    assertThat(slots.find(20)).isEqualTo(1);
    assertThat(slots.find(30)).isZero();
  }

  @Test
  void aFreedSlotIsNotFoundAndMayBeFreedAgain() {
    Slots slots = new Slots(4);
    int slot = slots.take(10);
    slots.free(slot);
    slots.free(slot);
    assertThat(slots.find(10)).isEqualTo(Slots.NONE);
  }

  @Test
  void agreesWithAMapWhateverIsTakenAndFreed() {
    Slots slots = new Slots(50);
    Map<Integer, Long> keys = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextInt(200);
      int slot = slots.find(key);
      assertThat(slot != Slots.NONE).isEqualTo(keys.containsValue(key));
      if (slot == Slots.NONE) {
        keys.put(slots.take(key), key);
      } else {
        assertThat(keys).containsEntry(slot, key);
        if (random.nextBoolean()) {
          slots.free(slot);
          keys.remove(slot);
        }
      }
    }
  }
}
