package dev.alertcapture.evidence.self;

/**
 * Where nothing in the file says which machine it is, the machine is the end that is near; and what
 * else sends from its MAC is its own too.
 */
final class HandshakeRule {
  /** A MAC with more addresses is a router's. */
  private static final int MOST_SOURCES = 8;

  private static final int OWN = 1;

  private final Macs macs;
  private final Votes votes = new Votes();
  private final Flags flags = new Flags();

  HandshakeRule(Macs macs) {
    this.macs = macs;
  }

  /** One end of a handshake is near and the other is not; addresses by number. */
  void vote(int near, int far) {
    if (near != far) {
      votes.aye(near);
      votes.no(far);
    }
  }

  /** After the last packet, with so many addresses. */
  void end(int addresses) {
    for (int address = 0; address < addresses; address++) {
      if (votes.isNear(address)) {
        flags.raise(address, OWN);
      }
    }
    macs.neighbours(flags, OWN, MOST_SOURCES);
  }

  boolean isOwn(int address) {
    return flags.of(address, OWN) != 0 && (votes.isNear(address) || !votes.isJudged(address));
  }
}
