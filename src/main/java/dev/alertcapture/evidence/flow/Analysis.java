package dev.alertcapture.evidence.flow;

/** What the {@link Tracker} found out about the packet that came last. Reused. */
public final class Analysis {
  /** For {@link #flow} and {@link #attempt}. */
  public static final int NONE = -1;

  /** The packet's flow, an index into {@link Flows}, or {@link #NONE}. */
  public int flow;

  /** Which side of the flow, or of the attempt, sent the packet: 0 or 1. */
  public int side;

  /**
   * The packet's attempt, an index into {@link HalfOpen}, where it is a SYN of a connection of
   * which nothing else was seen; then there is no flow.
   */
  public int attempt;

  /** This packet is the first of its flow, or of its attempt. */
  public boolean first;

  /** The packet is a SYN with an initial sequence number that its sender had not used here. */
  public boolean newAttempt;

  /** The capture has the packet twice, and this is not the first of them. */
  public boolean copy;

  /** The frame that the packet is a copy of, or with which its loop began; else 0. */
  public int original;

  /** The same packet for the third time or more, its TTL falling: it goes in circles. */
  public boolean loop;

  /** tshark's marks, bits of {@link Marks}; they count copies in, as tshark does. */
  public int marks;

  /** What the segment is against what its side sent before. */
  public SegmentClass segment;

  /** Payload bytes that the file shows for the first time. */
  public int newBytes;

  /** Payload bytes that the file showed before. */
  public int againBytes;

  /** Of a {@link SegmentClass#GAP}: it was sent again, rather than overtaken. */
  public boolean late;

  /** Of a {@link SegmentClass#GAP}: nanoseconds since the first byte above it was seen. */
  public long holeAge;

  /** The segment acknowledges bytes that no acknowledgment of its side covered before. */
  public boolean advances;

  /**
   * The segment acknowledges more than its sender's window lets anybody send: it is not believed.
   */
  public boolean nonsenseAck;

  /** This is the ACK that completes a handshake; both legs are in {@link Handshakes} now. */
  public boolean connected;

  /** The flow that an ICMP error is about, or {@link #NONE}. */
  public int quotedFlow;

  /** The attempt that an ICMP error is about, or {@link #NONE}. */
  public int quotedAttempt;

  /** Which side of that flow or attempt has sent what the error quotes. */
  public int quotedSide;

  void clear() {
    flow = NONE;
    side = 0;
    attempt = NONE;
    first = false;
    newAttempt = false;
    copy = false;
    original = 0;
    loop = false;
    marks = 0;
    segment = SegmentClass.NONE;
    newBytes = 0;
    againBytes = 0;
    late = false;
    holeAge = 0;
    advances = false;
    nonsenseAck = false;
    connected = false;
    quotedFlow = NONE;
    quotedAttempt = NONE;
    quotedSide = 0;
  }
}
