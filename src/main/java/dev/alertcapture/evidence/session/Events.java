package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import java.util.Arrays;

/**
 * Things that happened in flows and are rare enough to be kept one by one: up to 65,536 of them, in
 * a list for each row of the log, the last one first.
 */
final class Events {
  static final int NONE = -1;
  private static final int MAX = 65_536;

  private final FlowLog log;
  private final Ints ofFlow = new Ints(1, NONE);
  private final Ints ofRow = new Ints(1, NONE);
  private int[] kind = {};
  private int[] value = {};
  private int[] frame = {};
  private int[] next = {};
  private int count;
  private long left;

  Events(Context context) {
    log = context.log();
    context.tables().flows.add(ofFlow);
    log.add(ofRow);
  }

  void add(int flow, int itsKind, int itsValue, int itsFrame) {
    if (count == MAX) {
      left++;
      return;
    }
    if (count == kind.length) {
      int size = Math.min(MAX, Math.max(1024, 2 * count));
      kind = Arrays.copyOf(kind, size);
      value = Arrays.copyOf(value, size);
      frame = Arrays.copyOf(frame, size);
      next = Arrays.copyOf(next, size);
    }
    kind[count] = itsKind;
    value[count] = itsValue;
    frame[count] = itsFrame;
    next[count] = ofFlow.at[flow];
    ofFlow.at[flow] = count++;
  }

  /** A flow ends, and its row has its events from now on. */
  void closed(int flow) {
    if (log.row() != FlowLog.NONE) {
      ofRow.at[log.row()] = ofFlow.at[flow];
    }
  }

  /** A row's last event, or {@link #NONE}. */
  int last(int row) {
    return ofRow.at[row];
  }

  /** The one before, or {@link #NONE}. */
  int before(int event) {
    return next[event];
  }

  int kind(int event) {
    return kind[event];
  }

  int value(int event) {
    return value[event];
  }

  int frame(int event) {
    return frame[event];
  }

  /** How many there was no room for. */
  long left() {
    return left;
  }
}
