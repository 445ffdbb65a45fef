package dev.alertcapture.evidence.pcap;

/** Why a file is not read at all. */
public enum Refusal {
  /** Not one byte. */
  EMPTY("the file is empty; capture again"),
  /** Network Monitor 2, {@code GMBU}. */
  NETMON("a Network Monitor capture; save it as pcap or pcapng"),
  /** Network Monitor 1, {@code RTSS}. */
  NETMON_1("an old Network Monitor capture; save it as pcap or pcapng"),
  /** Solaris, RFC 1761. */
  SNOOP("a snoop capture; save it as pcap or pcapng"),
  /** Event Tracing for Windows, as netsh trace and pktmon write it. */
  ETL("a Windows event trace (.etl); convert it with etl2pcapng"),
  /** Zstandard, RFC 8878. */
  ZSTD("compressed with zstd; unpack it, or use gzip"),
  /** What storage answers instead of a blob, or any other markup. */
  XML(
      "an XML document, perhaps an error of the storage account, and no capture; download it again"),
  /** Begins like nothing that is known here. */
  UNKNOWN("not a capture file: neither pcap nor pcapng; save it as one of them");

  private final String say;

  Refusal(String say) {
    this.say = say;
  }

  /** What the file is, for people: completes "not read: ". */
  public String say() {
    return say;
  }
}
