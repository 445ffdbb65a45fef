package dev.alertcapture.evidence.session;

/** What a connection's first reset did to it; the first that fits, in this order. */
enum ResetClass {
  /** No reset, or one that says nothing: it answers a SYN, follows a FIN, or gives up. */
  NONE(null),
  /** After a minute or more without a packet, or on a connection that rested before the file. */
  STALE("on first use after long idle"),
  /** The server's, after a request. */
  INSTEAD("instead of an answer"),
  /** Other data was on its way. */
  CUT("in the middle of data"),
  /** The server's, right after the handshake. */
  AT_ONCE("right after the handshake"),
  /** A request crossed with the server's close. */
  CROSSED("on a request that crossed with its close"),
  /** All was acknowledged: a way to close, and harmless. */
  CLOSE("to close, with all data acknowledged");

  private final String words;

  ResetClass(String words) {
    this.words = words;
  }

  /** Follows a number: "31 instead of an answer". */
  String words() {
    return words;
  }
}
