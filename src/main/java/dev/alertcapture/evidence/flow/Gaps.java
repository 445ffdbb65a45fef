package dev.alertcapture.evidence.flow;

import java.util.Arrays;

/**
 * Ranges of sequence numbers that the file has not shown, below the highest byte of a side: a pool
 * of nodes in lists, highest first. Almost every side has none.
 */
final class Gaps {
  static final int NONE = -1;

  private static final int MAX = 131_072;
  private static final int SMALLEST = 64;

  private int[] from = new int[SMALLEST];
  private int[] to = new int[SMALLEST];
  private int[] next = new int[SMALLEST];
  private long[] time = new long[SMALLEST];
  private short[] id = new short[SMALLEST];
  private int used;
  private int free = NONE;

  /** Bytes that {@link #fill} found missing before. */
  int filled;

  /** By how many nodes {@link #fill} made the list longer. */
  int nodes;

  /** When the first byte above the lowest gap that {@link #fill} touched came, and its IP id. */
  long aboveTime;

  int aboveId;

  /** Bytes of a gap that {@link #dropLowest} took, or for which {@link #fill} had no node. */
  int lost;

  /** A gap above all others of its list, or -1 where the pool is used up. */
  int add(int head, int begin, int end, long aboveTime, int aboveId) {
    int node = free;
    if (node != NONE) {
      free = next[node];
    } else if (used == MAX) {
      return NONE;
    } else {
      if (used == from.length) {
        grow();
      }
      node = used++;
    }
    from[node] = begin;
    to[node] = end;
    time[node] = aboveTime;
    id[node] = (short) aboveId;
    next[node] = head;
    return node;
  }

  private void grow() {
    int size = Math.min(MAX, 2 * used);
    from = Arrays.copyOf(from, size);
    to = Arrays.copyOf(to, size);
    next = Arrays.copyOf(next, size);
    time = Arrays.copyOf(time, size);
    id = Arrays.copyOf(id, size);
  }

  private void free(int node) {
    next[node] = free;
    free = node;
  }

  /** Frees a list. */
  void freeAll(int head) {
    for (int node = head, after; node != NONE; node = after) {
      after = next[node];
      free(node);
    }
  }

  /** Takes the lowest gap out of a list and returns the list's head. */
  int dropLowest(int head) {
    int before = NONE;
    int node = head;
    while (next[node] != NONE) {
      before = node;
      node = next[node];
    }
    lost = to[node] - from[node];
    free(node);
    if (before == NONE) {
      return NONE;
    }
    next[before] = NONE;
    return head;
  }

  /**
   * Takes a range of bytes out of a list of gaps.
   *
   * @return the list's head now
   */
  int fill(int head, int begin, int end, long now, int packetId) {
    filled = nodes = lost = 0;
    int first = head;
    int before = NONE;
    int node = head;
    while (node != NONE && to[node] - begin > 0) {
      int after = next[node];
      int low = from[node] - begin > 0 ? from[node] : begin;
      int high = to[node] - end < 0 ? to[node] : end;
      if (high - low > 0) {
        filled += high - low;
        aboveTime = time[node];
        aboveId = id[node];
        if (low == from[node] && high == to[node]) {
          free(node);
          nodes--;
          if (before == NONE) {
            first = after;
          } else {
            next[before] = after;
          }
          node = after;
          continue;
        }
        cut(node, low, high, now, packetId);
      }
      before = node;
      node = after;
    }
    return first;
  }

  /** Shortens a gap by a part of it, which may leave two. */
  private void cut(int node, int low, int high, long now, int packetId) {
    if (low == from[node]) {
      from[node] = high;
      return;
    }
    int lower = from[node];
    if (high == to[node]) {
      to[node] = low;
      time[node] = now;
      id[node] = (short) packetId;
      return;
    }
    from[node] = high;
    int added = add(next[node], lower, low, now, packetId);
    if (added == NONE) {
      lost = low - lower;
    } else {
      next[node] = added;
      nodes++;
    }
  }

  /** How many bytes of a list's gaps lie below a sequence number. */
  long below(int head, int limit) {
    long sum = 0;
    for (int node = head; node != NONE; node = next[node]) {
      int high = to[node] - limit < 0 ? to[node] : limit;
      sum += Math.max(0, high - from[node]);
    }
    return sum;
  }
}
