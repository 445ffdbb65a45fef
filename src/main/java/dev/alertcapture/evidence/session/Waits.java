package dev.alertcapture.evidence.session;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Groups.Group;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long one service's clients wait for its answers. */
final class Waits {
  private static final int[] ROUND_LIMITS = {5_000_000, 20_000_000, 30_000_000};

  /** Slow requests by how they ended, as {@link SlowRequests} numbers that. */
  final int[] ended = new int[4];

  /** The longest wait of each kind, in microseconds. */
  final int[] longest = new int[4];

  final Cited cited = new Cited();

  /** Rows with a slow request. */
  final List<Integer> rows = new ArrayList<>();

  /** The last frame of each request that was slow, and the wait, in the order of rows. */
  final List<int[]> slow = new ArrayList<>();

  private final Requests requests;
  private final List<Integer> accepts = new ArrayList<>();
  private int turns;
  private int errors;
  private int lookups;
  private int lookup = NameTable.NONE;
  private int leastRoundTrip = -1;

  Waits(Requests requests, FlowLog log, Group group) {
    this.requests = requests;
    for (int row : group.rows()) {
      int trip = requests.roundTrip(row);
      if (trip >= 0 && (leastRoundTrip < 0 || trip < leastRoundTrip)) {
        leastRoundTrip = trip;
      }
    }
    boolean answers = group.rows().stream().anyMatch(this::isAnswered);
    List<Integer> doubtful = new ArrayList<>();
    for (int row : group.rows()) {
      boolean talks = requests.is(row, Requests.HTTP) || requests.is(row, Requests.TLS) || answers;
      if (requests.is(row, Requests.SILENT) || !talks || requests.turns(row) == 0) {
        continue;
      }
      if (log.isFromStart(row) || requests.is(row, Requests.HTTP)) {
        add(row, log.leg(row, Parties.SERVER));
      } else if (isSteady(row)) {
        if (requests.slow.last(row) != Records.NONE && isUnanswered(row)) {
          doubtful.add(row);
        } else {
          add(row, -1);
        }
      }
    }
    if (doubtful.size() >= Thresholds.SLOW_FLOWS) {
      doubtful.forEach(row -> add(row, -1));
    }
  }

  private boolean isAnswered(int row) {
    return requests.is(row, Requests.ANSWERED_ONCE);
  }

  /** In the middle of a connection, only a row of quick turns shows who asks and who answers. */
  private boolean isSteady(int row) {
    int quick = requests.quick(row);
    return quick >= Thresholds.STEADY_TURNS && 2 * quick >= requests.turns(row);
  }

  private boolean isUnanswered(int row) {
    for (int e = requests.slow.last(row); e != Records.NONE; e = requests.slow.before(e)) {
      if (kind(e) == SlowRequests.ANSWERED) {
        return false;
      }
    }
    return true;
  }

  private int kind(int event) {
    return requests.slow.ended(event) & 3;
  }

  private void add(int row, int accept) {
    turns += requests.turns(row);
    if (accept >= 0) {
      accepts.add(accept);
    }
    int before = slow.size();
    for (int e = requests.slow.last(row); e != Records.NONE; e = requests.slow.before(e)) {
      boolean first = (requests.slow.ended(e) & SlowRequests.FIRST) != 0;
      int wait = requests.slow.waited(e);
      if ((requests.is(row, Requests.LOOSE) && !first) || wait <= 10L * leastRoundTrip) {
        continue;
      }
      int kind = kind(e);
      ended[kind]++;
      longest[kind] = Math.max(longest[kind], wait);
      if (requests.slow.lookup(e) != NameTable.NONE) {
        lookups++;
        lookup = requests.slow.lookup(e);
      }
      errors += (requests.slow.ended(e) & SlowRequests.ERROR) != 0 ? 1 : 0;
      cited.add(requests.slow.frame(e), row, wait);
      slow.add(new int[] {requests.slow.frame(e), wait});
    }
    if (slow.size() > before) {
      rows.add(row);
    }
  }

  /** Exchanges that count. */
  int turns() {
    return turns;
  }

  /** Connections with a slow one. */
  int flows() {
    return rows.size();
  }

  /** A name whose lookup takes over a second of every slow request, or {@link NameTable#NONE}. */
  int lookup() {
    return lookups == slow.size() ? lookup : NameTable.NONE;
  }

  /** Slow requests that no answer came to. */
  int unanswered() {
    return slow.size() - ended[SlowRequests.ANSWERED];
  }

  /** The 95th percentile of all waits in microseconds, or -1 where that is no slow one. */
  int p95() {
    int[] sorted = slow.stream().mapToInt(each -> each[1]).sorted().toArray();
    int rank = (int) Math.ceil(0.95 * turns) - 1 - (turns - sorted.length);
    return rank < 0 || sorted.length == 0 ? -1 : sorted[Math.min(rank, sorted.length - 1)];
  }

  /** The median time in which the server accepts, in microseconds, or -1. */
  int accept() {
    int[] sorted = accepts.stream().mapToInt(each -> each).sorted().toArray();
    return sorted.length == 0 ? -1 : sorted[sorted.length / 2];
  }

  /** The wait that all slow ones have, for they seem to be meant so, in microseconds; or -1. */
  int design() {
    int[] sorted = slow.stream().mapToInt(each -> each[1]).sorted().toArray();
    if (sorted.length == 0 || errors > 0 || unanswered() > 0) {
      return -1;
    }
    int middle = sorted[sorted.length / 2];
    if (isNear(sorted, middle)) {
      return middle;
    }
    return Arrays.stream(ROUND_LIMITS)
        .filter(limit -> isNear(sorted, limit))
        .findFirst()
        .orElse(-1);
  }

  private static boolean isNear(int[] sorted, int value) {
    long off = value / 20;
    return sorted[0] >= value - off && sorted[sorted.length - 1] <= value + off;
  }
}
