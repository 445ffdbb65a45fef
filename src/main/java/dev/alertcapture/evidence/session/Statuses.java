package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Columns;

/**
 * The HTTP status codes of each connection's answers. A 401 that the connection's next answer takes
 * back is how a client finds out how to log in (RFC 9110, 11.6), and isn't counted.
 */
final class Statuses {
  private static final int UNAUTHORIZED = 401;

  /** Answers with 400 and above: code and frame. */
  final Records errors;

  private final FlowLog log;
  private final Shorts last = new Shorts(1, 0);
  private final Ints lastIn = new Ints(1, 0);
  private final Ints seen = new Ints(1, 0);
  private final Ints answers = new Ints(1, 0);

  Statuses(Context context) {
    log = context.log();
    errors = new Records(context, 2);
    for (Columns each : new Columns[] {last, lastIn, seen}) {
      context.tables().flows.add(each);
    }
    log.add(answers);
  }

  void add(int flow, int code, int frame) {
    settle(flow, code);
    last.set(flow, code);
    lastIn.at[flow] = frame;
  }

  /** Counts the answer before, now that it is known what follows it. */
  private void settle(int flow, int next) {
    int code = last.get(flow);
    boolean login = code == UNAUTHORIZED && next != 0 && next != UNAUTHORIZED;
    if (code < 200 || login) {
      return;
    }
    seen.at[flow]++;
    if (code >= 400) {
      errors.add(flow, code, lastIn.at[flow]);
    }
  }

  /** The flow's last status was of the kind that another one follows. */
  boolean isInterim(int flow) {
    return last.get(flow) < 200;
  }

  void closed(int flow) {
    settle(flow, 0);
    last.set(flow, 0);
    errors.closed(flow);
    if (log.row() != FlowLog.NONE) {
      answers.at[log.row()] = seen.at[flow];
    }
  }

  /** Answers with a final status that count. */
  int answers(int row) {
    return answers.at[row];
  }
}
