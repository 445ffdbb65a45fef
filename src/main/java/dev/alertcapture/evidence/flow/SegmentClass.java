package dev.alertcapture.evidence.flow;

/** What a TCP segment is against the bytes that its side sent before. */
public enum SegmentClass {
  /** Nothing to compare: no payload, SYN or FIN, a reset, a copy, or an unknown length. */
  NONE,
  /** At or above the highest byte. */
  NEW,
  /** Below it, and half or more of the bytes there were seen before. */
  AGAIN,
  /** Below it, and most of the bytes there were not seen: it fills a gap. */
  GAP,
  /** Below the first byte of a side whose SYN the file lacks. */
  BEFORE,
  /** A SYN, SYN-ACK or FIN without payload that was seen before. */
  CONTROL_AGAIN,
  /** At most one byte, just below the highest one (RFC 9293, 3.8.4); never a resend. */
  KEEP_ALIVE
}
