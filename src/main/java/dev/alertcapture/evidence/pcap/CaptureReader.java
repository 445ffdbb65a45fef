package dev.alertcapture.evidence.pcap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * Reads a capture file record by record, told apart by its first bytes and never by its name:
 *
 * <pre>{@code
 * CaptureReader reader = new CaptureReader(in);
 * while (reader.next()) {
 *   use(reader.record());
 * }
 * }</pre>
 *
 * <p>A file of another kind has a {@link #refusal} and no records. A cut or damaged one is read up
 * to there. Only what the stream itself throws is thrown. Memory is one buffer of 512 KiB, and one
 * small object for each interface. Not for use by several threads.
 */
public final class CaptureReader {
  private static final int LONGEST_MAGIC = 76;

  private final CaptureRecord record = new CaptureRecord();
  private final CaptureFacts facts = new CaptureFacts();
  private final Buffer buffer;
  private final GzipInput unpacking;
  private Records records;
  private Refusal refusal;
  private Ending ending;

  /** Reads the file's first bytes. */
  public CaptureReader(InputStream in) throws IOException {
    this(in, Long.MAX_VALUE);
  }

  /** Reads at most so many bytes, unpacked. */
  public CaptureReader(InputStream in, long limit) throws IOException {
    byte[] start = in.readNBytes(2);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
    boolean packed = start.length == 2 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B;
    unpacking = packed ? new GzipInput(whole) : null;
    buffer = new Buffer(packed ? unpacking : whole, limit);
    open();
    if (packed && records != null) {
      facts.format += "+gzip";
    }
  }

  private void open() throws IOException {
    buffer.need(LONGEST_MAGIC);
    int magic = buffer.left() < 4 ? 0 : buffer.s32(0);
    if (isPcap(magic)) {
      records = new PcapRecords(buffer, magic, facts);
    } else if (isPcap(Integer.reverseBytes(magic))) {
      buffer.bigEndian = true;
      records = new PcapRecords(buffer, Integer.reverseBytes(magic), facts);
    } else if (magic == PcapngRecords.SECTION) {
      records = new PcapngRecords(buffer, facts);
    } else {
      byte[] first = Arrays.copyOfRange(buffer.bytes, 0, buffer.left());
      refusal = Kinds.refusal(first);
    }
  }

  private static boolean isPcap(int magic) {
    return magic == PcapRecords.MICROSECONDS
        || magic == PcapRecords.NANOSECONDS
        || magic == PcapRecords.MODIFIED;
  }

  /** Reads the next record into {@link #record}; false at the end, of which there is an ending. */
  public boolean next() throws IOException {
    if (ending != null || refusal != null) {
      return false;
    }
    ending = records.next(record);
    if (ending == null) {
      record.frame++;
      return true;
    }
    if (ending != Ending.DAMAGED && buffer.limited()) {
      ending = Ending.LIMIT;
    } else if (ending == Ending.WHOLE && unpacking != null && unpacking.damaged()) {
      ending = Ending.CUT;
    }
    return false;
  }

  /** The record that was read last. */
  public CaptureRecord record() {
    return record;
  }

  /** Why this file is not read, or null. */
  public Refusal refusal() {
    return refusal;
  }

  /** How the file ended; null before {@link #next} was false, and for a refused file. */
  public Ending ending() {
    return ending;
  }

  /** What the file has told about itself so far. */
  public CaptureFacts facts() {
    return facts;
  }

  /** Bytes used so far, unpacked: where the next record would begin. */
  public long offset() {
    return buffer.offset();
  }
}
