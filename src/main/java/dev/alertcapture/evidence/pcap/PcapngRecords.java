package dev.alertcapture.evidence.pcap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * pcapng (draft-ietf-opsawg-pcapng): packets out of enhanced, simple and old packet blocks. Custom
 * blocks and journal entries have no packet and are counted, since Wireshark numbers them; all
 * other blocks are passed over.
 */
final class PcapngRecords implements Records {
  static final int SECTION = 0x0A0D0D0A;
  static final int BYTE_ORDER = 0x1A2B3C4D;

  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int STATISTICS = 5;
  private static final int ENHANCED_PACKET = 6;
  private static final int JOURNAL = 9;
  private static final int CUSTOM = 0xBAD;
  private static final int CUSTOM_NOT_COPIED = 0x40000BAD;

  /** As Wireshark has it. */
  private static final long LARGEST_BLOCK = 16 << 20;

  private static final int MAX_INTERFACES = 65_536;

  /** So much of a block is looked at for options. */
  private static final int OPTIONS = 1 << 16;

  private final Buffer buffer;
  private final CaptureFacts facts;
  private final PcapngOptions options;
  private final List<Interface> interfaces = new ArrayList<>();
  private int sectionStart;

  PcapngRecords(Buffer buffer, CaptureFacts facts) {
    this.buffer = buffer;
    this.facts = facts;
    options = new PcapngOptions(buffer, facts);
    facts.format = "pcapng";
  }

  @Override
  public Ending next(CaptureRecord record) throws IOException {
    while (true) {
      if (!buffer.need(12)) {
        return buffer.left() == 0 ? Ending.WHOLE : Ending.CUT;
      }
      int type = buffer.s32(buffer.at);
      if (type == SECTION && !section()) {
        return Ending.DAMAGED;
      }
      long length = buffer.u32(buffer.at + 4) + 3 & ~3L;
      if (length < 12 || length > LARGEST_BLOCK) {
        return Ending.DAMAGED;
      }
      record.offset = buffer.offset();
      Ending ending = block(type, length, record);
      boolean counted = type == CUSTOM || type == CUSTOM_NOT_COPIED || type == JOURNAL;
      if (ending != null || counted || isPacket(type)) {
        return ending;
      }
    }
  }

  private static boolean isPacket(int type) {
    return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OLD_PACKET;
  }

  /** Begins a section; false where its byte order is no byte order. */
  private boolean section() {
    buffer.bigEndian = false;
    int magic = buffer.s32(buffer.at + 8);
    buffer.bigEndian = magic == Integer.reverseBytes(BYTE_ORDER);
    sectionStart = interfaces.size();
    facts.sections++;
    return magic == BYTE_ORDER || buffer.bigEndian;
  }

  private Ending block(int type, long length, CaptureRecord record) throws IOException {
    boolean packet = isPacket(type);
    int wanted = (int) Math.min(length, packet ? Buffer.SIZE : OPTIONS);
    if (packet && length > Buffer.SIZE) {
      return Ending.DAMAGED;
    }
    if (!buffer.need(wanted)) {
      return Ending.CUT;
    }
    int at = buffer.at;
    int body = at + 8;
    int end = at + wanted - (wanted == length ? 4 : 0);
    // Both lengths of a block have to be the same.
    if (wanted == length && (buffer.u32(end) + 3 & ~3L) != length) {
      return Ending.DAMAGED;
    }
    boolean sound =
        switch (type) {
          case SECTION -> length >= 28 && options.section(body + 16, end);
          case INTERFACE -> length >= 20 && addInterface(body, end);
          case STATISTICS ->
              length >= 24 && options.statistics(known(buffer.u32(body)), body + 12, end);
          case ENHANCED_PACKET -> length >= 32 && enhanced(body, end, record);
          case OLD_PACKET -> length >= 32 && old(body, end, record);
          case SIMPLE_PACKET -> length >= 16 && simple(body, end, record);
          case CUSTOM, CUSTOM_NOT_COPIED, JOURNAL -> custom(body, end, (int) length, record);
          default -> true;
        };
    if (!sound) {
      return Ending.DAMAGED;
    }
    if (wanted == length) {
      buffer.at = at + wanted;
      return null;
    }
    return buffer.skip(length) ? null : Ending.CUT;
  }

  private boolean addInterface(int body, int end) {
    if (interfaces.size() == MAX_INTERFACES) {
      return false;
    }
    int snapLength = (int) Math.min(Integer.MAX_VALUE, buffer.u32(body + 4));
    Interface added = new Interface(buffer.u16(body), snapLength);
    options.interfaceOptions(added, body + 8, end);
    interfaces.add(added);
    facts.interfaces = interfaces.size();
    facts.snapLength = Math.max(facts.snapLength, snapLength);
    return true;
  }

  /** The interface of this section with a number, or null. */
  private Interface known(long number) {
    long id = sectionStart + number;
    return id < interfaces.size() ? interfaces.get((int) id) : null;
  }

  private boolean enhanced(int body, int end, CaptureRecord record) {
    long stamp = buffer.u32(body + 4) << 32 | buffer.u32(body + 8);
    return packet(buffer.u32(body), stamp, body + 12, end, record);
  }

  private boolean old(int body, int end, CaptureRecord record) {
    long stamp = buffer.u32(body + 4) << 32 | buffer.u32(body + 8);
    return packet(buffer.u16(body), stamp, body + 12, end, record);
  }

  /** The lengths are at an index, the bytes behind them. */
  private boolean packet(long number, long stamp, int lengths, int end, CaptureRecord record) {
    Interface source = known(number);
    long captured = buffer.u32(lengths);
    if (source == null || captured > Math.min(PcapRecords.LARGEST, end - lengths - 8)) {
      return false;
    }
    record.time = source.nanoseconds(stamp);
    record.timed = true;
    fill(source, (int) number, lengths + 8, (int) captured, buffer.u32(lengths + 4), record);
    return true;
  }

  private boolean simple(int body, int end, CaptureRecord record) {
    Interface source = known(0L);
    if (source == null) {
      return false;
    }
    long length = buffer.u32(body);
    long snapped =
        source.snapLength == 0 ? length : Math.min(length, Math.max(0, source.snapLength));
    if (snapped > Math.min(PcapRecords.LARGEST, end - body - 4)) {
      return false;
    }
    record.timed = false;
    fill(source, 0, body + 4, (int) snapped, length, record);
    return true;
  }

  private void fill(
      Interface source, int number, int from, int captured, long length, CaptureRecord record) {
    record.badFraction = false;
    record.data = buffer.bytes;
    record.from = from;
    record.captured = captured;
    record.length = (int) Math.min(Integer.MAX_VALUE, length);
    record.link = source.link;
    record.interfaceId = sectionStart + number;
    record.packet = true;
  }

  private boolean custom(int body, int end, int length, CaptureRecord record) {
    facts.customBlocks++;
    record.data = buffer.bytes;
    record.from = body;
    record.captured = Math.max(0, end - body);
    record.length = length;
    record.link = -1;
    record.timed = false;
    record.interfaceId = 0;
    record.badFraction = false;
    record.packet = false;
    return true;
  }
}
