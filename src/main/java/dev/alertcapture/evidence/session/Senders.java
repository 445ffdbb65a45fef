package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.flow.Analyser;
import dev.alertcapture.evidence.flow.Analysis;
import dev.alertcapture.evidence.packet.Packet;
import java.util.List;

/**
 * What tells a peer from a box on the way that resets in its name: the TTL of its segments with
 * data, and how soon it ever answers.
 */
final class Senders implements Analyser {
  /** As many segments, and as many times, say what is usual. */
  private static final int ENOUGH = 3;

  private static final int MAX_TTL_SPREAD = 1;
  private static final int MAX_TTL_CHANGE = 3;

  /** Shorter round trips vary too much to compare with. */
  private static final int LEAST_ROUND_TRIP = 1_000;

  private static final int TTL = 255;

  private final FlowLog log;
  private final Resets resets;

  // Of segments with data, by side and by end: the lowest TTL, the highest, how many.
  private final Ints low = new Ints(2, TTL);
  private final Ints high = new Ints(2, 0);
  private final Ints count = new Ints(2, 0);
  private final Ints lowest = new Ints(2, TTL);
  private final Ints highest = new Ints(2, 0);
  private final Ints segments = new Ints(2, 0);
  private final Ints trips = new Ints(2, -1);
  private final Context context;

  Senders(Context context, Resets resets) {
    this.context = context;
    this.resets = resets;
    log = context.log();
    for (Ints each : new Ints[] {low, high, count}) {
      context.tables().flows.add(each);
    }
    for (Ints each : new Ints[] {lowest, highest, segments, trips}) {
      log.add(each);
    }
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow != Analysis.NONE && !a.copy && p.transport == Packet.TCP && p.payloadLength > 0) {
      int i = 2 * a.flow + a.side;
      low.at[i] = Math.min(low.at[i], p.ttl);
      high.at[i] = Math.max(high.at[i], p.ttl);
      count.at[i]++;
    }
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    for (int end = 0; end < 2; end++) {
      int side = end == Parties.CLIENT ? log.clientSide(row) : 1 - log.clientSide(row);
      lowest.at[2 * row + end] = low.at[2 * flow + side];
      highest.at[2 * row + end] = high.at[2 * flow + side];
      segments.at[2 * row + end] = count.at[2 * flow + side];
      trips.at[2 * row + end] = context.tables().acknowledgments.roundTrip(flow, side);
    }
  }

  /** Whether all these resets, by an end of these rows with one address, come from another box. */
  boolean areForeign(List<Integer> rows, int end) {
    int address = address(rows.get(0), end);
    int min = TTL;
    int max = 0;
    long data = 0;
    int quickest = Integer.MAX_VALUE;
    int answers = 0;
    for (int row = 0; row < log.size(); row++) {
      for (int i = 0; i < 2; i++) {
        if (!log.isTcp(row) || log.isAttempt(row) || address(row, i) != address) {
          continue;
        }
        min = Math.min(min, lowest.at[2 * row + i]);
        max = Math.max(max, highest.at[2 * row + i]);
        data += segments.at[2 * row + i];
        int trip = trips.at[2 * row + i];
        answers += trip >= 0 ? 1 : 0;
        quickest = trip >= 0 ? Math.min(quickest, trip) : quickest;
      }
    }
    boolean steady = data >= ENOUGH && max - min <= MAX_TTL_SPREAD;
    boolean otherTtl = steady;
    boolean tooSoon = answers >= ENOUGH && quickest >= LEAST_ROUND_TRIP && rows.size() >= ENOUGH;
    for (int row : rows) {
      int ttl = resets.ttl(row);
      int took = resets.reaction(row);
      otherTtl &= ttl < min - MAX_TTL_CHANGE || ttl > max + MAX_TTL_CHANGE;
      tooSoon &= took >= 0 && 3L * took < quickest;
    }
    return otherTtl || tooSoon;
  }

  private int address(int row, int end) {
    return end == Parties.CLIENT ? log.client(row) : log.server(row);
  }
}
