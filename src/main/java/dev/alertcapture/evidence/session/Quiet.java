package dev.alertcapture.evidence.session;

import java.util.Arrays;

/** Sides that have sent twice and heard nothing since: few at a time, so at most 32,768. */
final class Quiet {
  static final int SINCE = 0;
  static final int FRAME = 1;
  static final int AGAIN = 2;
  static final int SMALLEST = 3;
  static final int SENDS = 4;
  private static final int UNTIL = 5;
  private static final int SECOND = 6;
  private static final int WIDTH = 7;

  /** So many sends over so long are a silence. */
  private static final int ENOUGH = 3;

  private static final int LEAST = 2 * Ticks.SECOND;
  private static final int MAX = 32_768;

  private static final int NONE = Silences.NONE;

  private int[] values = {};
  private int used;

  /** The first free slot, each of which has the next in place of its first value; or NONE. */
  private int free = NONE;

  /** A slot for a side that sent first then; NONE where there is no room. */
  int take(int since) {
    int at = free;
    if (at != NONE) {
      free = get(at, SINCE);
    } else if (used < MAX) {
      at = used++;
      if (values.length < used * WIDTH) {
        values = Arrays.copyOf(values, Math.max(256, 2 * at) * WIDTH);
      }
    } else {
      return NONE;
    }
    Arrays.fill(values, at * WIDTH, (at + 1) * WIDTH, 0);
    set(at, SINCE, since);
    set(at, SMALLEST, Integer.MAX_VALUE);
    set(at, SENDS, 1);
    return at;
  }

  void free(int at) {
    set(at, SINCE, free);
    free = at;
  }

  void add(int at, int now, int frame, int bytes, boolean again) {
    set(at, SENDS, get(at, SENDS) + 1);
    set(at, UNTIL, now);
    set(at, SECOND, get(at, SENDS) == 2 ? now : get(at, SECOND));
    set(at, FRAME, frame);
    set(at, SMALLEST, Math.min(get(at, SMALLEST), bytes));
    set(at, AGAIN, get(at, AGAIN) + (again ? 1 : 0));
  }

  boolean isSilence(int at) {
    return get(at, SENDS) >= ENOUGH && get(at, UNTIL) - get(at, SINCE) >= LEAST;
  }

  /** Tries may lie before the file: they would have come at shorter and shorter intervals. */
  boolean isDoubtful(int at) {
    return 2L * get(at, SINCE) <= get(at, SECOND) - get(at, SINCE);
  }

  int get(int at, int what) {
    return values[at * WIDTH + what];
  }

  private void set(int at, int what, int value) {
    values[at * WIDTH + what] = value;
  }
}
