package dev.alertcapture.evidence.pcap;

/** How the reading of a file came to its end. */
public enum Ending {
  /** After its last record. */
  WHOLE,
  /** The file ends inside a record, or its compression does. */
  CUT,
  /** A length or a field that can't be right follows the last record that was read. */
  DAMAGED,
  /** The reader's own limit of bytes was reached. */
  LIMIT
}
