package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.Context;
import dev.alertcapture.evidence.finding.Finding;
import dev.alertcapture.evidence.finding.Findings;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Id;
import dev.alertcapture.evidence.finding.Rule;
import dev.alertcapture.evidence.finding.Say;
import dev.alertcapture.evidence.finding.Severity;
import dev.alertcapture.evidence.finding.Subject;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.finding.Verdict;
import dev.alertcapture.evidence.finding.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** W-ZERO: an application does not read what its kernel has received for it. */
final class StoppedReaders implements Rule {
  private static final long SECOND = 1_000_000_000L;

  private final FlowLog log;
  private final Words words;
  private final ZeroWindows windows;

  /** Who stopped reading: an end of a row. */
  private record Reader(int row, int end) {}

  StoppedReaders(Context context, ZeroWindows windows) {
    this.windows = windows;
    log = context.log();
    words = context.words();
  }

  @Override
  public void tell(Findings findings) {
    // By the reader's address, the service's port, and which of the two ends reads.
    Map<String, List<Reader>> readers = new TreeMap<>();
    int stalled = 0;
    int connections = 0;
    for (int row = 0; row < log.size(); row++) {
      connections += log.isTcp(row) && log.payload(row, 0) + log.payload(row, 1) > 0 ? 1 : 0;
      for (int end = 0; end < 2; end++) {
        ZeroWindow window = windows.of(row, end);
        if (window != null && isLong(window, windows.secondsOfOther(row, end))) {
          String key = address(row, end) + " " + log.serverPort(row) + " " + end;
          readers.computeIfAbsent(key, any -> new ArrayList<>()).add(new Reader(row, end));
          stalled++;
        }
      }
    }
    List<List<Reader>> groups = new ArrayList<>(readers.values());
    if (groups.size() > Thresholds.FOLD) {
      findings.add(folded(groups, stalled));
      return;
    }
    groups.forEach(group -> findings.add(one(group)));
    if (connections > 0) {
      findings.clean(
          Id.W_ZERO,
          "0 of " + Say.count(connections, "connection") + " with a reader that stopped");
    }
  }

  private int address(int row, int end) {
    return end == 0 ? log.client(row) : log.server(row);
  }

  private static boolean isLong(ZeroWindow window, int seconds) {
    return window.total() >= Thresholds.ZERO_WINDOW
        || (window.total() >= Thresholds.ZERO_WINDOW_SHORT
            && window.total() * Thresholds.ZERO_WINDOW_PART >= Math.max(1, seconds) * SECOND);
  }

  private Finding one(List<Reader> group) {
    Reader first = group.get(0);
    boolean serves = first.end == 1;
    byte direction = log.direction(first.row);
    boolean known = direction != FlowLog.OTHER;
    boolean own = known && direction != (serves ? FlowLog.OUT : FlowLog.IN);
    long total = total(group);
    int port = log.serverPort(first.row);
    String reader = reader(first, own, serves);
    String say =
        reader
            + " stopped reading for "
            + Say.nanos(total)
            + " in all"
            + (group.size() > 1 ? ", on " + Say.count(group.size(), "connection") : "")
            + (isStillClosed(group) ? ", and had not gone on at the end." : ".");
    Subject subject =
        own && serves
            ? Subject.of(null, port, "tcp", null)
            : Subject.of(
                words.address(serves == own ? log.client(first.row) : log.server(first.row)),
                port,
                "tcp",
                own ? null : name(first));
    Finding finding = new Finding(Id.W_ZERO, Severity.NOTABLE, say).about(subject);
    finding.blames(!known ? Verdict.CANNOT_SAY : own ? Verdict.MACHINE : Verdict.PEER);
    finding.next(
        "Find out why "
            + reader.substring(0, 1).toLowerCase(java.util.Locale.ROOT)
            + reader.substring(1)
            + " does not read: a thread dump or its log at that time.");
    return proof(finding, group, filter(first));
  }

  private String name(Reader reader) {
    return reader.end == 1 ? words.name(log.name(reader.row)) : null;
  }

  private String reader(Reader of, boolean own, boolean serves) {
    int port = log.serverPort(of.row);
    if (own) {
      return serves
          ? "The application on :" + port
          : "What on "
              + words.machine()
              + " reads from "
              + words.service(log.server(of.row), port, log.name(of.row));
    }
    return serves
        ? words.service(log.server(of.row), port, log.name(of.row))
        : words.address(log.client(of.row)) + " as a client of :" + port;
  }

  private Finding folded(List<List<Reader>> groups, int stalled) {
    List<Reader> all = groups.stream().flatMap(List::stream).toList();
    TreeSet<Integer> ports = new TreeSet<>();
    boolean own = true;
    boolean peer = true;
    for (Reader each : all) {
      ports.add(log.serverPort(each.row));
      byte direction = log.direction(each.row);
      boolean known = direction != FlowLog.OTHER;
      boolean itsOwn = known && direction != (each.end == 1 ? FlowLog.OUT : FlowLog.IN);
      own &= itsOwn;
      peer &= known && !itsOwn;
    }
    String say =
        Say.count(groups.size(), "reader")
            + " stopped reading on "
            + Say.count(stalled, "connection")
            + " for "
            + Say.nanos(total(all))
            + " in all"
            + (ports.size() == 1 ? ", all with port " + ports.first() : "")
            + ".";
    Finding finding = new Finding(Id.W_ZERO, Severity.NOTABLE, say);
    finding.about(Subject.of(null, ports.size() == 1 ? ports.first() : 0, "tcp", null));
    finding.blames(own ? Verdict.MACHINE : peer ? Verdict.PEER : Verdict.CANNOT_SAY);
    return proof(finding, all, "tcp.analysis.zero_window");
  }

  private Finding proof(Finding finding, List<Reader> readers, String filter) {
    Cited cited = new Cited();
    long spans = 0;
    for (Reader each : readers) {
      ZeroWindow window = windows.of(each.row, each.end);
      cited.add(window.firstFrame(), each.row, 0);
      cited.add(window.longestFrame(), each.row, window.total());
      cited.add(window.lastFrame(), each.row, 0);
      spans += window.spans();
    }
    return finding
        .number("nanos", total(readers))
        .number("times", spans)
        .number("connections", readers.size())
        .threshold(Thresholds.ZERO.says(), Thresholds.ZERO.why())
        .proof(spans, 0, cited, filter, true);
  }

  private String filter(Reader reader) {
    String port =
        (reader.end == 1 ? "tcp.srcport == " : "tcp.dstport == ") + log.serverPort(reader.row);
    return words.is("src", address(reader.row, reader.end))
        + " && "
        + port
        + " && tcp.analysis.zero_window";
  }

  private long total(List<Reader> readers) {
    return readers.stream().mapToLong(each -> windows.of(each.row, each.end).total()).sum();
  }

  private boolean isStillClosed(List<Reader> readers) {
    return readers.stream().anyMatch(each -> windows.of(each.row, each.end).isStillClosed());
  }
}
