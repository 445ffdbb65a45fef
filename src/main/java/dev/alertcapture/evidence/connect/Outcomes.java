package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups;
import dev.alertcapture.evidence.flow.Handshakes;
import dev.alertcapture.evidence.flow.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** How each attempt of the log ended. */
final class Outcomes {
  /** No attempt, or one that something other than SYN-ACK or reset answered. */
  static final byte NONE = 0;

  /** Nothing answered, and it is too early to say that nothing will; or its retry is missing. */
  static final byte OPEN = 1;

  static final byte UNANSWERED = 2;
  static final byte ACCEPTED = 3;
  static final byte REFUSED = 4;

  private static final long SECOND = 1_000_000_000L;

  /** Systems send a SYN again after 1, 3 and 7 s, Linux since 6.5 after 1, 2, 3, 4 and 5 s. */
  static final long JUDGEABLE = 3_200_000_000L;

  /** Earlier tries of what is seen once so early may lie before the file. */
  private static final long HEAD = 10 * SECOND;

  private static final int SILENT_ATTEMPTS = 5;

  private final FlowLog log;
  private final Timeline timeline;
  private final byte[] outcomes;
  private final List<Groups.Group> services;

  Outcomes(Context context, Syns syns) {
    log = context.log();
    timeline = context.tables().timeline;
    outcomes = new byte[log.size()];
    services = Groups.byService(log, log::isTcp);
    for (Groups.Group service : services) {
      judge(service, syns);
    }
  }

  private void judge(Groups.Group service, Syns syns) {
    int silent = 0;
    boolean heard = false;
    for (int row : service.rows()) {
      heard |= log.frames(row, 1) > 0;
      silent += syns.tries[row] > 0 && isSilent(row) && isJudgeable(row) ? 1 : 0;
    }
    boolean deadService = !heard && silent >= SILENT_ATTEMPTS;
    for (int row : service.rows()) {
      if (syns.tries[row] > 0) {
        outcomes[row] = outcome(row, syns, deadService);
      }
    }
  }

  private byte outcome(int row, Syns syns, boolean deadService) {
    if ((syns.facts[row] & Syns.ACCEPTED) != 0) {
      return ACCEPTED;
    } else if ((syns.facts[row] & Syns.REFUSED) != 0) {
      return REFUSED;
    } else if (!isSilent(row)) {
      return NONE;
    }
    boolean sure = syns.tries[row] > 1 || deadService || sinceStart(row) < HEAD;
    return isJudgeable(row) && sure ? UNANSWERED : OPEN;
  }

  /** Nothing came back; a client that acknowledges was answered, though the file has no answer. */
  boolean isSilent(int row) {
    return log.frames(row, 1) == 0 && (log.sent(row, 0) & Handshakes.ACK) == 0;
  }

  /** Whether so much of the file follows an attempt that its second SYN would be there. */
  boolean isJudgeable(int row) {
    return follows(timeline, log.began(row)) >= JUDGEABLE;
  }

  /** Nanoseconds of the file that follow a time, up to a jump. */
  static long follows(Timeline timeline, long time) {
    return timeline.pieceEnd(piece(timeline, time)) - time;
  }

  private long sinceStart(int row) {
    int piece = piece(timeline, log.began(row));
    return log.began(row) - (piece == 0 ? timeline.start() : timeline.pieceStart(piece));
  }

  private static int piece(Timeline timeline, long time) {
    int low = 0;
    int high = timeline.piece();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (timeline.pieceStart(middle) <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  byte of(int row) {
    return outcomes[row];
  }

  /** Whether nothing answered this attempt, which came in to this machine or did not. */
  boolean isUnanswered(int row, boolean in) {
    return outcomes[row] == UNANSWERED && (log.direction(row) == FlowLog.IN) == in;
  }

  /** There are attempts, and it is too early to judge any of them. */
  boolean allOpen() {
    boolean any = false;
    for (byte each : outcomes) {
      if (each != NONE && each != OPEN) {
        return false;
      }
      any |= each == OPEN;
    }
    return any;
  }

  /**
   * Services by direction, peer and port with one row at least that fits, in the order of first
   * frames. They have all of their rows, not all of which are attempts.
   */
  List<Groups.Group> services(IntPredicate fits) {
    List<Groups.Group> found = new ArrayList<>();
    for (Groups.Group service : services) {
      if (any(service.rows(), fits)) {
        found.add(service);
      }
    }
    return found;
  }

  private static boolean any(List<Integer> rows, IntPredicate fits) {
    for (int row : rows) {
      if (fits.test(row)) {
        return true;
      }
    }
    return false;
  }

  /** How many attempts were accepted, of those that fit. */
  long accepted(IntPredicate fits) {
    long count = 0;
    for (int row = 0; row < outcomes.length; row++) {
      count += outcomes[row] == ACCEPTED && fits.test(row) ? 1 : 0;
    }
    return count;
  }
}
