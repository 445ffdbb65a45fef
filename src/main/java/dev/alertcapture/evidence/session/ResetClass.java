package dev.alertcapture.evidence.session;

import java.util.List;

/** What a connection's first reset did to it; the first that fits, in this order. */
enum ResetClass {
  /** No reset, or one that says nothing: it answers a SYN, follows a FIN, or gives up. */
  NONE(0, null),
  /** After a minute or more without a packet, or on a connection that rested before the file. */
  STALE(1, "on first use after long idle"),
  /** The server's, after a request. */
  INSTEAD(2, "instead of an answer"),
  /** Other data was on its way. */
  CUT(3, "in the middle of data"),
  /** The server's, right after the handshake. */
  AT_ONCE(4, "right after the handshake"),
  /** A request crossed with the server's close. */
  CROSSED(5, "on a request that crossed with its close"),
  /** All was acknowledged: a way to close, and harmless. */
  CLOSE(6, "to close, with all data acknowledged");

  private static final List<ResetClass> ALL = List.of(values());

  /** How it is kept in columns; the worse, the lower. */
  final int code;

  private final String words;

  ResetClass(int code, String words) {
    this.code = code;
    this.words = words;
  }

  /** Follows a number: "31 instead of an answer". */
  String words() {
    return words;
  }

  static ResetClass of(int code) {
    return ALL.stream().filter(each -> each.code == code).findFirst().orElse(NONE);
  }
}
