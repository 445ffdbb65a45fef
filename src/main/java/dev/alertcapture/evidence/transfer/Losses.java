package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Thresholds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * L-OUT, L-BACK, L-IN and L-SPURIOUS: what was lost, on which side of the point of capture, and
 * what was sent again for nothing. What other findings explain is left to them.
 */
final class Losses implements Rule {
  private final Context context;
  private final Resends resends;
  private final LossWords words;

  Losses(Context context, Resends resends) {
    this.context = context;
    this.resends = resends;
    words = new LossWords(context, resends);
  }

  @Override
  public void tell(Findings findings) {
    Collection<Pair> pairs = pairs(findings).values();
    Map<Id, List<Loss>> losses = new EnumMap<>(Id.class);
    long segments = 0;
    for (Pair pair : pairs) {
      segments += pair.segments();
      pair.forgetOpen(context.tables().timeline.now());
      sort(pair, hasZeroWindow(findings, pair), losses);
      if (pair.mute() > 0) {
        findings.add(words.mute(pair));
      }
    }
    losses.forEach((id, all) -> tell(findings, id, all, pairs));
    clean(findings, segments);
  }

  private void clean(Findings findings, long segments) {
    if (segments == 0) {
      return;
    }
    String lost = "0 of " + Say.count(segments, "segment") + " lost ";
    String here = context.ownKnown() ? context.words().machine() : "the point of capture";
    findings.clean(Id.L_IN, lost + "before " + here);
    if (!findings.has(Id.P_BLACKHOLE) && !findings.has(Id.C_STALE) && !findings.has(Id.C_SILENT)) {
      findings.clean(Id.L_OUT, lost + "after " + here);
    }
  }

  private Map<Long, Pair> pairs(Findings findings) {
    FlowLog log = context.log();
    Map<Long, Pair> pairs = new TreeMap<>();
    for (int row = 0; row < log.size(); row++) {
      Id taker = findings.taker(row);
      boolean theirs = taker == Id.C_STALE || taker == Id.C_SILENT || taker == Id.P_BLACKHOLE;
      for (int end = 0; end < 2 && !theirs && log.isTcp(row); end++) {
        if (resends.segments(row, end) > 0) {
          add(pairs, row, end);
        }
      }
    }
    return pairs;
  }

  private void add(Map<Long, Pair> pairs, int row, int end) {
    FlowLog log = context.log();
    byte direction = log.direction(row);
    boolean stranger = direction == FlowLog.OTHER;
    boolean own = direction != (end == 0 ? FlowLog.IN : FlowLog.OUT);
    int from = end == 0 ? log.client(row) : log.server(row);
    int to = end == 0 ? log.server(row) : log.client(row);
    long key = (long) from << 32 | (to & 0xFFFF_FFFFL);
    pairs
        .computeIfAbsent(key, any -> new Pair(from, to, own, stranger))
        .add(log, row, end, resends);
  }

  /** A reader that stalls acknowledges late, so that what it gets is sent again for nothing. */
  private boolean hasZeroWindow(Findings findings, Pair pair) {
    String peer = context.words().address(pair.peer());
    return findings.of(Id.W_ZERO).stream().anyMatch(each -> peer.equals(each.subject().peer()));
  }

  private static void sort(Pair pair, boolean zeroWindow, Map<Id, List<Loss>> losses) {
    if (!pair.own) {
      Loss back =
          new Loss(
              pair, Tally.ACKNOWLEDGED, Tally.REPORTED, Tally.OVERTAKEN, Tally.HOLE, Tally.OPEN);
      put(losses, Id.L_BACK, back);
    } else if (pair.reportsAreSpread() && !zeroWindow) {
      put(
          losses,
          Id.L_OUT,
          new Loss(pair, Tally.REPORTED, Tally.OVERTAKEN, Tally.HOLE, Tally.OPEN));
      put(losses, Id.L_SPURIOUS, new Loss(pair, Tally.ACKNOWLEDGED));
    } else {
      put(losses, Id.L_OUT, new Loss(pair, Tally.HOLE, Tally.OPEN));
      put(
          losses,
          Id.L_SPURIOUS,
          new Loss(pair, Tally.ACKNOWLEDGED, Tally.REPORTED, Tally.OVERTAKEN));
    }
    if (!pair.own || pair.stranger) {
      put(losses, Id.L_IN, new Loss(pair, Tally.LATE_GAP));
    }
  }

  private static void put(Map<Id, List<Loss>> losses, Id id, Loss loss) {
    if (loss.times() > 0) {
      losses.computeIfAbsent(id, any -> new ArrayList<>()).add(loss);
    }
  }

  private void tell(Findings findings, Id id, List<Loss> all, Collection<Pair> pairs) {
    List<Loss> loud = new ArrayList<>();
    List<Loss> quiet = new ArrayList<>();
    for (Loss loss : all) {
      boolean isLoud = id != Id.L_SPURIOUS && loss.severity().isLoud();
      (isLoud ? loud : quiet).add(loss);
    }
    if (Loss.areAlike(loud)) {
      boolean own = loud.get(0).pair().own;
      long judged = pairs.stream().filter(pair -> pair.own == own && !pair.isOfLittle()).count();
      findings.add(words.alike(id, loud, judged));
    } else {
      each(findings, id, loud);
    }
    each(findings, id, quiet);
  }

  private void each(Findings findings, Id id, List<Loss> losses) {
    if (losses.size() > Thresholds.FOLD) {
      findings.add(words.folded(id, losses));
      return;
    }
    for (Loss loss : losses) {
      findings.add(words.one(id, id == Id.L_SPURIOUS ? Severity.INFO : loss.severity(), loss));
    }
  }
}
