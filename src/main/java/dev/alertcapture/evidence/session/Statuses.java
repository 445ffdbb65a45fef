package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;

/**
 * The HTTP status codes of each connection's answers. A 401 that the connection's next answer takes
 * back is how a client finds out how to log in (RFC 9110, 11.6), and isn't counted.
 */
final class Statuses {
  private static final int UNAUTHORIZED = 401;
  private static final int NO_ERROR = 0;

  private final FlowLog log;

  /** Answers with 400 and above: code and frame. */
  private final Records records;

  private final Shorts last = new Shorts(1, 0);
  private final Shorts seen = new Shorts(1, 0);
  private final Shorts answers = new Shorts(1, 0);

  Statuses(Context context, Records records) {
    log = context.log();
    this.records = records;
    context.tables().flows.add(last);
    context.tables().flows.add(seen);
    log.add(answers);
  }

  /** An answer with this status begins in a frame. */
  void add(int flow, int code, int frame) {
    int before = last.get(flow);
    last.set(flow, code);
    if (code < 200) {
      return;
    }
    if (before == UNAUTHORIZED && code != UNAUTHORIZED) {
      int record = records.lastOf(flow, Sessions.STATUS);
      if (record != Records.NONE && records.get(record, 0) == UNAUTHORIZED) {
        records.set(record, NO_ERROR, records.get(record, 1));
        seen.set(flow, seen.get(flow) - 1);
      }
    }
    seen.increment(flow);
    if (code >= 400) {
      records.add(flow, Sessions.STATUS, code, frame);
    }
  }

  /** The flow's last status was of the kind that another one follows. */
  boolean isInterim(int flow) {
    return last.get(flow) < 200;
  }

  void closed(int flow) {
    if (log.row() != FlowLog.NONE) {
      answers.set(log.row(), seen.get(flow));
    }
  }

  /** Answers with a final status that count. */
  int answers(int row) {
    return answers.get(row);
  }

  /** A row's last error, or {@link Records#NONE}; of those that were taken back the code is 0. */
  int lastError(int row) {
    return records.last(row, Sessions.STATUS);
  }

  /** There may be more errors than are told. */
  boolean isFull() {
    return records.isFull();
  }

  int before(int error) {
    return records.before(error);
  }

  int code(int error) {
    return records.get(error, 0);
  }

  int frame(int error) {
    return records.get(error, 1);
  }
}
