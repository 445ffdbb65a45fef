package dev.alertcapture.evidence.self;

import dev.alertcapture.evidence.packet.Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Addresses, or other pairs of longs, by number: 0, 1, 2, ... in the order of their coming. */
final class AddressIndex {
  private long[] high = new long[8];
  private long[] low = new long[8];

  /** Numbers plus 1, so that 0 is a free slot; open addressing. */
  private int[] slots = new int[32];

  private int count;

  int count() {
    return count;
  }

  long high(int number) {
    return high[number];
  }

  long low(int number) {
    return low[number];
  }

  /** The number of an address, or -1. */
  int find(long addressHigh, long addressLow) {
    return slots[slot(addressHigh, addressLow)] - 1;
  }

  /** The number of an address, the next one if it is new. */
  int add(long addressHigh, long addressLow) {
    int slot = slot(addressHigh, addressLow);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (count == high.length) {
      grow();
      slot = slot(addressHigh, addressLow);
    }
    high[count] = addressHigh;
    low[count] = addressLow;
    slots[slot] = ++count;
    return count - 1;
  }

  private void grow() {
    high = Arrays.copyOf(high, 2 * count);
    low = Arrays.copyOf(low, 2 * count);
    slots = new int[8 * count];
    for (int i = 0; i < count; i++) {
      slots[slot(high[i], low[i])] = i + 1;
    }
  }

  /** The slot of an address, or the free one where it belongs. */
  private int slot(long addressHigh, long addressLow) {
    long mixed = (addressHigh * 0x9E37_79B9_7F4A_7C15L + addressLow) * 0xD6E8_FEB8_6659_FD93L;
    int slot = (int) (mixed >>> 32) & slots.length - 1;
    while (slots[slot] != 0
        && (low[slots[slot] - 1] != addressLow || high[slots[slot] - 1] != addressHigh)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  /** All addresses as text. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(Address.text(high[i], low[i]));
    }
    return List.copyOf(texts);
  }
}
