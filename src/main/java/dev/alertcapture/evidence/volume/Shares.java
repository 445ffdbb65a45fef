package dev.alertcapture.evidence.volume;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.FlowLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/** Parts an amount among peers: who has most of it, and with which flows. */
final class Shares {
  /** One peer's part. */
  static final class Share {
    final int peer;
    final List<Integer> rows = new ArrayList<>();
    long amount;

    private Share(int peer) {
      this.peer = peer;
    }

    /** The row with most of the amount, the first of equals. */
    int topRow(IntToLongFunction of) {
      return rows.stream()
          .max(Comparator.<Integer>comparingLong(of::applyAsLong).thenComparing(row -> -row))
          .orElseThrow();
    }
  }

  final List<Share> shares;
  final long whole;

  private Shares(List<Share> shares, long whole) {
    this.shares = shares;
    this.whole = whole;
  }

  /**
   * By peer, most first.
   *
   * @param counted which rows
   * @param amount how much each has
   */
  static Shares of(Context context, IntPredicate counted, IntToLongFunction amount) {
    FlowLog log = context.log();
    Map<Integer, Share> byPeer = new HashMap<>();
    List<Share> shares = new ArrayList<>();
    long whole = 0;
    for (int row = 0; row < log.size(); row++) {
      if (counted.test(row) && amount.applyAsLong(row) > 0) {
        int peer = log.peer(row);
        Share share = byPeer.get(peer);
        if (share == null) {
          share = new Share(peer);
          byPeer.put(peer, share);
          shares.add(share);
        }
        share.rows.add(row);
        share.amount += amount.applyAsLong(row);
        whole += amount.applyAsLong(row);
      }
    }
    shares.sort(
        Comparator.<Share>comparingLong(share -> -share.amount)
            .thenComparingInt(share -> log.firstFrame(share.rows.get(0))));
    return new Shares(shares, whole);
  }

  /** The first peer, if it has half or more; else null. */
  Share one() {
    return shares.isEmpty() || shares.get(0).amount * 2 < whole ? null : shares.get(0);
  }
}
