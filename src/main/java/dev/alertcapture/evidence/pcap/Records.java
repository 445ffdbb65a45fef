package dev.alertcapture.evidence.pcap;

import java.io.IOException;

/** The records of one file format. */
interface Records {
  /**
   * Reads the next record.
   *
   * @return null where there is one, else how the file ends
   */
  Ending next(CaptureRecord record) throws IOException;
}
