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

  private static final int MAX_TTL = 255;
  private static final int NONE = 0;

  private final Context context;
  private final FlowLog log;
  private final Resets resets;

  // Of segments with data: how many up to 3, the highest TTL, the lowest, a byte each.
  private final Ints seen = new Ints(2, NONE);
  private final Ints said = new Ints(2, NONE);
  private final Ints trips = new Ints(2, -1);

  Senders(Context context, Resets resets) {
    this.context = context;
    this.resets = resets;
    log = context.log();
    context.tables().flows.add(seen);
    log.add(said);
    log.add(trips);
  }

  @Override
  public void packet(Packet p, Analysis a) {
    if (a.flow != Analysis.NONE && !a.copy && p.transport == Packet.TCP && p.payloadLength > 0) {
      int i = 2 * a.flow + a.side;
      seen.at[i] = merged(seen.at[i], 1 << 16 | p.ttl << 8 | p.ttl);
    }
  }

  private static int merged(int one, int other) {
    if (one == NONE || other == NONE) {
      return one | other;
    }
    int count = Math.min(ENOUGH, count(one) + count(other));
    int high = Math.max(high(one), high(other));
    return count << 16 | high << 8 | Math.min(low(one), low(other));
  }

  private static int count(int seen) {
    return seen >>> 16;
  }

  private static int high(int seen) {
    return seen >>> 8 & MAX_TTL;
  }

  private static int low(int seen) {
    return seen & MAX_TTL;
  }

  @Override
  public void closed(int flow) {
    int row = log.row();
    if (row == FlowLog.NONE) {
      return;
    }
    for (int end = 0; end < 2; end++) {
      int side = end == Parties.CLIENT ? log.clientSide(row) : 1 - log.clientSide(row);
      said.at[2 * row + end] = seen.at[2 * flow + side];
      trips.at[2 * row + end] = context.tables().acknowledgments.roundTrip(flow, side);
    }
  }

  /** Whether all these resets, by an end of these rows with one address, come from another box. */
  boolean areForeign(List<Integer> rows, int end) {
    int address = address(rows.get(0), end);
    int data = NONE;
    int quickest = Integer.MAX_VALUE;
    int answers = 0;
    for (int row = 0; row < log.size(); row++) {
      for (int i = 0; i < 2; i++) {
        if (!log.isTcp(row) || log.isAttempt(row) || address(row, i) != address) {
          continue;
        }
        data = merged(data, said.at[2 * row + i]);
        int trip = trips.at[2 * row + i];
        answers += trip >= 0 ? 1 : 0;
        quickest = trip >= 0 ? Math.min(quickest, trip) : quickest;
      }
    }
    boolean otherTtl = count(data) >= ENOUGH && high(data) - low(data) <= MAX_TTL_SPREAD;
    boolean tooSoon = answers >= ENOUGH && quickest >= LEAST_ROUND_TRIP && rows.size() >= ENOUGH;
    for (int row : rows) {
      int ttl = resets.ttl(row);
      int took = resets.reaction(row);
      otherTtl &= ttl < low(data) - MAX_TTL_CHANGE || ttl > high(data) + MAX_TTL_CHANGE;
      tooSoon &= took >= 0 && 3L * took < quickest;
    }
    return otherTtl || tooSoon;
  }

  private int address(int row, int end) {
    return end == Parties.CLIENT ? log.client(row) : log.server(row);
  }
}
