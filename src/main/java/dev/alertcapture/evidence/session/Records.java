package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import java.util.Arrays;

/**
 * Things that happen in few flows and are kept one by one, so that other flows need no memory for
 * them: up to 65,536, each of a type and with some numbers, in a list for each flow and, once it
 * ended, for its row of the log. The last one comes first.
 */
final class Records {
  static final int NONE = -1;
  private static final int MAX = 65_536;

  private final FlowLog log;
  private final int width;
  private final Ints ofFlow = new Ints(1, NONE);
  private final Ints ofRow = new Ints(1, NONE);
  private int[] values = {};
  private byte[] types = {};
  private int[] next = {};
  private int count;

  /**
   * @param width how many numbers each has, at most
   */
  Records(Context context, int width) {
    this.width = width;
    log = context.log();
    context.tables().flows.add(ofFlow);
    log.add(ofRow);
  }

  /** Adds one with these numbers; without room it is left out. */
  void add(int flow, int type, int... numbers) {
    if (count == MAX) {
      return;
    }
    if (count == next.length) {
      int size = Math.min(MAX, Math.max(256, 2 * count));
      next = Arrays.copyOf(next, size);
      types = Arrays.copyOf(types, size);
      values = Arrays.copyOf(values, width * size);
    }
    next[count] = ofFlow.at[flow];
    ofFlow.at[flow] = count;
    types[count] = (byte) type;
    set(count++, numbers);
  }

  /** Adds one, or writes over the one of that type that the flow has. */
  void put(int flow, int type, int... numbers) {
    int old = ofType(ofFlow.at[flow], type);
    if (old == NONE) {
      add(flow, type, numbers);
    } else {
      set(old, numbers);
    }
  }

  void set(int record, int... numbers) {
    System.arraycopy(numbers, 0, values, width * record, numbers.length);
  }

  /** Some may have been left out: what is counted is the least that there was. */
  boolean isFull() {
    return count == MAX;
  }

  /** A flow ends: from now on its row has its records. */
  void closed(int flow) {
    if (log.row() != FlowLog.NONE) {
      ofRow.at[log.row()] = ofFlow.at[flow];
    }
  }

  /** A live flow's last record of a type, or {@link #NONE}. */
  int lastOf(int flow, int type) {
    return ofType(ofFlow.at[flow], type);
  }

  /** A row's last record of a type, or {@link #NONE}. */
  int last(int row, int type) {
    return ofType(ofRow.at[row], type);
  }

  /** The one of the same type before it, or {@link #NONE}. */
  int before(int record) {
    return ofType(next[record], types[record]);
  }

  private int ofType(int from, int type) {
    int at = from;
    while (at != NONE && types[at] != type) {
      at = next[at];
    }
    return at;
  }

  int get(int record, int number) {
    return values[width * record + number];
  }
}
