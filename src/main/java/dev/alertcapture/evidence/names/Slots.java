package dev.alertcapture.evidence.names;

import java.util.Arrays;

/**
 * Gives each key a slot from 0 to {@code size - 1}, which its owner uses as the index of arrays.
 * Slots are given out in turn: when all are taken, the one given out first is taken back.
 */
final class Slots {
  static final int NONE = -1;

  private static final int NEVER = -2;

  private final int[] buckets;
  private final long[] keys;

  /** The next slot of the same bucket, or {@link #NONE}; {@link #NEVER} while the slot is free. */
  private final int[] next;

  private int turn;

  Slots(int size) {
    buckets = new int[2 * size];
    keys = new long[size];
    next = new int[size];
    Arrays.fill(buckets, NONE);
    Arrays.fill(next, NEVER);
  }

  /** The slot of this key, or {@link #NONE}. */
  int find(long key) {
    int slot = buckets[bucket(key)];
    while (slot != NONE && keys[slot] != key) {
      slot = next[slot];
    }
    return slot;
  }

  /** A slot for this key, which must have none. Another key loses it if all slots are taken. */
  int take(long key) {
    int slot = turn;
    turn = (turn + 1) % keys.length;
    free(slot);
    int bucket = bucket(key);
    keys[slot] = key;
    next[slot] = buckets[bucket];
    buckets[bucket] = slot;
    return slot;
  }

  /** Takes the slot back, if it is taken. */
  void free(int slot) {
    if (next[slot] == NEVER) {
      return;
    }
    int bucket = bucket(keys[slot]);
    if (buckets[bucket] == slot) {
      buckets[bucket] = next[slot];
    } else {
      int before = buckets[bucket];
      while (next[before] != slot) {
        before = next[before];
      }
      next[before] = next[slot];
    }
    next[slot] = NEVER;
  }

  private int bucket(long key) {
    return Hash.mix(key) % buckets.length;
  }
}
