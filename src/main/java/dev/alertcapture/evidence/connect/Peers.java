package dev.alertcapture.evidence.connect;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Handshakes;
import java.util.BitSet;
import java.util.List;

/** What else the file shows of those who do not answer. */
final class Peers {
  private static final long MILLI = 1_000_000L;

  /** Each looks at the whole log. So many services are told in one sentence anyway. */
  private static final int MAX_ASKED = 100;

  private final Context context;
  private final FlowLog log;
  private final Syns syns;
  private final BitSet heard = new BitSet();
  private int asked;

  Peers(Context context, Syns syns) {
    this.context = context;
    this.log = context.log();
    this.syns = syns;
    for (int row = 0; row < log.size(); row++) {
      note(log.client(row), log.frames(row, 0));
      note(log.server(row), log.frames(row, 1));
    }
  }

  private void note(int address, int frames) {
    if (address >= 0 && frames > 0) {
      heard.set(address);
    }
  }

  /** Whether the file has a packet that this address sent. */
  boolean heard(int address) {
    return address < 0 || heard.get(address);
  }

  /** Connections that began before a time and whose server was heard after it. */
  int olderThatLive(List<Integer> rows, long time) {
    int count = 0;
    for (int row : rows) {
      boolean older = syns.tries[row] == 0 || log.began(row) < time;
      count += older && isConnection(row) && heardAfter(row, 1, time) ? 1 : 0;
    }
    return count;
  }

  /** Flows of a peer that both sides used before, and in which only the other side sent later. */
  int silentSince(int peer, long time) {
    int count = 0;
    if (asked++ >= MAX_ASKED) {
      return 0;
    }
    for (int row = 0; row < log.size(); row++) {
      int end = log.server(row) == peer ? 1 : 0;
      boolean its = log.server(row) == peer || log.client(row) == peer;
      boolean before = log.frames(row, 0) > 0 && log.frames(row, 1) > 0 && log.began(row) < time;
      boolean silent = !heardAfter(row, end, time) && heardAfter(row, 1 - end, time);
      count += its && before && silent ? 1 : 0;
    }
    return count;
  }

  /** More than SYNs came from both sides. */
  private boolean isConnection(int row) {
    int both = log.sent(row, 0) & log.sent(row, 1);
    return (both & Handshakes.ACK) != 0 || (log.sent(row, 1) & Handshakes.DATA) != 0;
  }

  private boolean heardAfter(int row, int end, long time) {
    return syns.heard[2 * row + end] > context.sinceStart(time) / MILLI;
  }
}
