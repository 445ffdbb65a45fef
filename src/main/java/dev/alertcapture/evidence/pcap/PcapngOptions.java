package dev.alertcapture.evidence.pcap;

import java.nio.charset.StandardCharsets;

/** The few options of pcapng's blocks that a report tells. */
final class PcapngOptions {
  private static final int LONGEST_TEXT = 255;

  private final Buffer buffer;
  private final CaptureFacts facts;

  /** The value of the option that {@link #next} found. */
  private int value;

  private int size;

  PcapngOptions(Buffer buffer, CaptureFacts facts) {
    this.buffer = buffer;
    this.facts = facts;
  }

  boolean section(int from, int end) {
    for (int at = from, code; (code = next(at, end)) != 0; at = value + (size + 3 & ~3)) {
      if (code == 3) {
        facts.system = text();
      } else if (code == 4) {
        facts.application = text();
      }
    }
    return true;
  }

  void interfaceOptions(Interface owner, int from, int end) {
    for (int at = from, code; (code = next(at, end)) != 0; at = value + (size + 3 & ~3)) {
      if (code == 9 && size == 1) {
        owner.resolution(buffer.u8(value));
      } else if (code == 14 && size == 8) {
        owner.offsetSeconds = buffer.s64(value);
      } else if (code == 12 && facts.system.isEmpty()) {
        facts.system = text();
      }
    }
  }

  /** Counters run on, so an interface's last ones are kept, and the sum over all told. */
  boolean statistics(Interface owner, int from, int end) {
    if (owner == null) {
      return true;
    }
    long received = -1;
    long dropped = -1;
    for (int at = from, code; (code = next(at, end)) != 0; at = value + (size + 3 & ~3)) {
      if (size != 8) {
        continue;
      }
      long count = Math.max(0, buffer.s64(value));
      if (code == 4) {
        received = count;
      } else if (code == 5 || code == 7) {
        dropped = Math.max(0, dropped) + count;
      }
    }
    facts.received = instead(facts.received, owner.received, received);
    facts.dropped = instead(facts.dropped, owner.dropped, dropped);
    owner.received = received < 0 ? owner.received : received;
    owner.dropped = dropped < 0 ? owner.dropped : dropped;
    return true;
  }

  /** A sum in which one part is replaced; -1 is none. */
  private static long instead(long sum, long before, long now) {
    return now < 0 ? sum : Math.max(0, sum) - Math.max(0, before) + now;
  }

  /** The code of the option at an index, 0 where there is none; sets its value and size. */
  private int next(int at, int end) {
    if (at + 4 > end) {
      return 0;
    }
    size = buffer.u16(at + 2);
    value = at + 4;
    return value + size > end ? 0 : buffer.u16(at);
  }

  private String text() {
    int length = Math.min(size, LONGEST_TEXT);
    while (length > 0 && buffer.u8(value + length - 1) == 0) {
      length--;
    }
    return new String(buffer.bytes, value, length, StandardCharsets.UTF_8);
  }
}
