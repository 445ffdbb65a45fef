package dev.alertcapture.evidence.packet;

/** The start of the packet that an ICMP error quotes. Reused with its {@link Packet}. */
public final class Quote {
  /** False where there is none, or less than its addresses; then the rest is nonsense. */
  public boolean present;

  public long sourceHigh;
  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;

  /** The protocol behind its IP headers. */
  public int protocol;

  /** Ports of TCP or UDP, an ICMP echo's id in both, else 0. */
  public int sourcePort;

  public int destinationPort;

  /** TCP's sequence number, 0 where it is not quoted. */
  public int sequence;

  public boolean hasSequence;

  /** Its IP total length. */
  public int ipLength;
}
