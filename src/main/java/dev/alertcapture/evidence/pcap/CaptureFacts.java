package dev.alertcapture.evidence.pcap;

/** What a file says about itself. Strings are the writer's: hostile until escaped. */
public final class CaptureFacts {
  /** For example {@code pcap}, {@code pcap-ns}, {@code pcapng}; {@code +gzip} where packed. */
  public String format = "";

  /** The largest snap length that any interface tells, 0 where none does. */
  public int snapLength;

  /** The writing machine's operating system, as pcapng tells it, else empty. */
  public String system = "";

  /** The program that wrote the file, as pcapng tells it, else empty. */
  public String application = "";

  /** How many interfaces there are, over all sections. */
  public int interfaces;

  /** Sections of a pcapng file. */
  public int sections;

  /** Packets that the last counters of all interfaces call received, -1 where there are none. */
  public long received = -1;

  /** Packets that interfaces and systems dropped by those counters, -1 where there are none. */
  public long dropped = -1;

  /** Records without a packet that are counted as frames (custom blocks). */
  public long customBlocks;
}
