package dev.alertcapture.evidence.pcap;

import java.io.IOException;

/**
 * Classic pcap in microseconds, nanoseconds, or with the longer record headers of Linux 2.2's
 * modified libpcap, in either byte order.
 */
final class PcapRecords implements Records {
  static final int MICROSECONDS = 0xA1B2C3D4;
  static final int NANOSECONDS = 0xA1B23C4D;
  static final int MODIFIED = 0xA1B2CD34;
  static final int FILE_HEADER = 24;
  static final int LARGEST = 262_144;

  private final Buffer buffer;
  private final int header;
  private final int fractionsPerSecond;
  private final int minor;
  private final int link;
  private boolean begun;

  /** Takes the file header, of which the buffer holds as many bytes as there are. */
  PcapRecords(Buffer buffer, int magic, CaptureFacts facts) throws IOException {
    this.buffer = buffer;
    header = magic == MODIFIED ? 24 : 16;
    fractionsPerSecond = magic == NANOSECONDS ? 1_000_000_000 : 1_000_000;
    begun = buffer.need(FILE_HEADER);
    minor = begun ? buffer.u16(buffer.at + 6) : 4;
    link = begun ? buffer.s32(buffer.at + 20) & 0x03FF_FFFF : 0;
    facts.format = magic == MODIFIED ? "pcap-modified" : magic == NANOSECONDS ? "pcap-ns" : "pcap";
    facts.interfaces = 1;
    if (begun) {
      facts.snapLength = (int) Math.min(Integer.MAX_VALUE, buffer.u32(buffer.at + 16));
      buffer.at += FILE_HEADER;
    }
  }

  @Override
  public Ending next(CaptureRecord record) throws IOException {
    if (!begun) {
      return Ending.CUT;
    }
    if (!buffer.need(header)) {
      return buffer.left() == 0 ? Ending.WHOLE : Ending.CUT;
    }
    int at = buffer.at;
    long captured = buffer.u32(at + 8);
    long length = buffer.u32(at + 12);
    // Before version 2.3 the lengths stood the other way round, and some writers of 2.3 differ.
    if (minor < 3 || (minor == 3 && captured > length)) {
      long other = captured;
      captured = length;
      length = other;
    }
    if (captured > LARGEST) {
      return Ending.DAMAGED;
    }
    record.offset = buffer.offset();
    if (!buffer.need(header + (int) captured)) {
      return Ending.CUT;
    }
    at = buffer.at;
    long fraction = buffer.u32(at + 4);
    record.time = buffer.u32(at) * 1_000_000_000L + fraction * (1_000_000_000 / fractionsPerSecond);
    record.timed = true;
    record.badFraction = fraction >= fractionsPerSecond;
    record.data = buffer.bytes;
    record.from = at + header;
    record.captured = (int) captured;
    record.length = (int) Math.min(Integer.MAX_VALUE, length);
    record.link = link;
    record.interfaceId = 0;
    record.packet = true;
    buffer.at = at + header + (int) captured;
    return null;
  }
}
