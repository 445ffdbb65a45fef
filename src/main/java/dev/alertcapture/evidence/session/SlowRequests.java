package dev.alertcapture.evidence.session;

/**
 * Requests that waited over a second, how that ended, and what the machine waited for meanwhile.
 */
final class SlowRequests {
  // How a slow request ended, with what is added to it.
  static final int ANSWERED = 0;
  static final int GIVEN_UP = 1;
  static final int CLOSED = 2;
  static final int STILL_WAITING = 3;

  /** Added to the kind: it was the flow's first request. */
  static final int FIRST = 4;

  /** Added to the kind: the answer is an HTTP error. */
  static final int ERROR = 8;

  private final Records records;
  private final SlowLookups lookups;

  SlowRequests(Records records, SlowLookups lookups) {
    this.records = records;
    this.lookups = lookups;
  }

  /**
   * @param since when its last segment came, in ticks
   * @param frame that segment's
   */
  void add(int flow, int how, int since, int wait, int frame) {
    int name = lookups.inside(since, since + wait);
    records.add(flow, Sessions.SLOW, how, Ticks.micros(wait), frame, name);
  }

  /** A row's last slow request, or {@link Records#NONE}. */
  int last(int row) {
    return records.last(row, Sessions.SLOW);
  }

  /** The number of a name whose lookup took over a second of the wait, or NameTable.NONE. */
  int lookup(int slow) {
    return records.get(slow, 3);
  }

  /** There may be more slow requests than are told. */
  boolean isFull() {
    return records.isFull();
  }

  int before(int slow) {
    return records.before(slow);
  }

  /** How a slow request ended, {@link #FIRST} and {@link #ERROR} with it. */
  int ended(int slow) {
    return records.get(slow, 0);
  }

  /** How long it waited, in microseconds. */
  int waited(int slow) {
    return records.get(slow, 1);
  }

  int frame(int slow) {
    return records.get(slow, 2);
  }
}
