package dev.alertcapture.evidence.transfer;

import dev.alertcapture.evidence.finding.Cited;
import dev.alertcapture.evidence.finding.FlowLog;
import dev.alertcapture.evidence.finding.Thresholds;
import dev.alertcapture.evidence.names.NameTable;
import java.util.ArrayList;
import java.util.List;

/** All that one address sent to another, and what of it was sent again or lost. */
final class Pair {
  private static final long SECOND = 1_000_000_000L;

  /** What one connection's sender had to send again. */
  private record Part(int row, Tally tally) {}

  final int from;
  final int to;

  /** The sender is the machine; also where it is not known who is. */
  final boolean own;

  /** Neither end is known to be the machine. */
  final boolean stranger;

  private final List<Part> parts = new ArrayList<>();
  private long payload;
  private long segments;
  private long mute;
  private long muteFlows;
  private int port = -1;
  private int name = NameTable.NONE;

  Pair(int from, int to, boolean own, boolean stranger) {
    this.from = from;
    this.to = to;
    this.own = own;
    this.stranger = stranger;
  }

  /** Adds what an end of a connection sent. */
  void add(FlowLog log, int row, int end, Resends resends) {
    payload += log.payload(row, end);
    segments += resends.segments(row, end);
    // The port and the name are the server's, so they are the other's only where that one serves.
    boolean serves = own ? end == 0 : end == 1;
    int itsPort = serves ? log.serverPort(row) : 0;
    port = port < 0 || port == itsPort ? itsPort : 0;
    name = serves && name == NameTable.NONE ? log.name(row) : name;
    Tally tally = resends.of(row, end);
    if (tally == null) {
      return;
    }
    if (log.frames(row, 1 - end) == 0) {
      long times = tally.times(Tally.BEYOND_WINDOW, Tally.OPEN);
      mute += times;
      muteFlows += times > 0 ? 1 : 0;
    } else {
      parts.add(new Part(row, tally));
    }
  }

  /** The number of the other's address: the receiver's where the machine sends. */
  int peer() {
    return own ? to : from;
  }

  /** The port that the other serves, 0 where there is not one. */
  int port() {
    return Math.max(0, port);
  }

  int name() {
    return name;
  }

  long payload() {
    return payload;
  }

  long segments() {
    return segments;
  }

  /** Too little was sent for a share to mean anything. */
  boolean isOfLittle() {
    return payload < Thresholds.LOSS_BYTES && segments < Thresholds.LOSS_SEGMENTS;
  }

  /** Resends on connections on which the receiver sends nothing in the file. */
  long mute() {
    return mute;
  }

  long muteFlows() {
    return muteFlows;
  }

  long bytes(int... kinds) {
    return parts.stream().mapToLong(part -> part.tally.bytes(kinds)).sum();
  }

  long times(int... kinds) {
    return parts.stream().mapToLong(part -> part.tally.times(kinds)).sum();
  }

  void cite(Cited cited, int... kinds) {
    parts.forEach(part -> part.tally.cite(cited, part.row, kinds));
  }

  /** Bytes a second at which it stands while losing, 0 where it does not. */
  long flatRate() {
    return parts.stream().mapToLong(part -> part.tally.rate.bytesPerSecond()).max().orElse(0);
  }

  /** Reports of duplicates come from over a second apart: not from one stall. */
  boolean reportsAreSpread() {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Part part : parts) {
      if (part.tally.times(Tally.REPORTED, Tally.OVERTAKEN) > 0) {
        first = Math.min(first, part.tally.reportedFirst());
        last = Math.max(last, part.tally.reportedLast());
      }
    }
    return last > first && last - first > SECOND;
  }

  /** Leaves out what a report may still be missing for at the file's end. */
  void forgetOpen(long end) {
    parts.forEach(part -> part.tally.forgetOpen(end));
  }
}
