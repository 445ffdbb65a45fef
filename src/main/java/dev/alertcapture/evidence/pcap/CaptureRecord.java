package dev.alertcapture.evidence.pcap;

/**
 * One record of a capture file, reused for all: its fields, and the bytes in {@link #data}, hold
 * until the next call of {@link CaptureReader#next}.
 */
public final class CaptureRecord {
  /** The file's bytes; this record's are at {@link #from}, {@link #captured} of them. */
  public byte[] data;

  /** Where in {@link #data} the packet begins. */
  public int from;

  /** How many bytes of the packet the file has, at most 262,144. */
  public int captured;

  /** How long the packet was on the wire; a damaged file may claim less than it captured. */
  public int length;

  /** From 1, as Wireshark numbers frames: pcapng's custom blocks count. */
  public long frame;

  /** Where the record's header begins in the file, or in what a gzip file holds. */
  public long offset;

  /** Nanoseconds since 1970; meaningless unless {@link #timed}. */
  public long time;

  /** Whether the file has a time for this record; pcapng's simple packet blocks have none. */
  public boolean timed;

  /** The fraction of a second is one second or more: the clock or the file is wrong. */
  public boolean badFraction;

  /** The link type's number in the registry of tcpdump.org; see {@link LinkTypes}. */
  public int link;

  /** pcapng's interface, counted over all sections; 0 in pcap. */
  public int interfaceId;

  /** False for a custom block, which is counted and has no packet. */
  public boolean packet;
}
