package dev.alertcapture.evidence.pcap;

import java.io.IOException;
import java.io.InputStream;

/** A window that moves over a stream, read in pieces of whatever size the stream gives. */
final class Buffer {
  /** Holds the largest record with its options, and few enough bytes for a core's cache. */
  static final int SIZE = 1 << 19;

  final byte[] bytes = new byte[SIZE];

  /** The next byte that was not used yet. */
  int at;

  boolean bigEndian;

  private final InputStream in;
  private final long limit;
  private int end;
  private long base;
  private boolean ended;

  Buffer(InputStream in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /** Where {@link #at} is in the stream. */
  long offset() {
    return base + at;
  }

  /** Whether the limit, and not the stream's end, is why there are no more bytes. */
  boolean limited() {
    return base + end >= limit;
  }

  /** How many bytes can be had without reading on. */
  int left() {
    return end - at;
  }

  /** Makes at least so many bytes readable from {@link #at}; false where the stream has fewer. */
  boolean need(int count) throws IOException {
    return end - at >= count || fill(count);
  }

  private boolean fill(int count) throws IOException {
    if (count > SIZE) {
      return false;
    }
    System.arraycopy(bytes, at, bytes, 0, end - at);
    base += at;
    end -= at;
    at = 0;
    while (end < count && !ended) {
      int room = (int) Math.min(SIZE - end, limit - base - end);
      int read = room <= 0 ? -1 : in.read(bytes, end, room);
      ended = read < 0;
      end += Math.max(0, read);
    }
    return end >= count;
  }

  /** Passes over so many bytes; false where the stream has fewer. */
  boolean skip(long count) throws IOException {
    long rest = count;
    while (rest > left()) {
      rest -= left();
      at = end;
      if (!need(1)) {
        return false;
      }
    }
    at += (int) rest;
    return true;
  }

  int u8(int index) {
    return bytes[index] & 0xFF;
  }

  int u16(int index) {
    int first = u8(index);
    int second = u8(index + 1);
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  int s32(int index) {
    int first = u16(index);
    int second = u16(index + 2);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  long u32(int index) {
    return s32(index) & 0xFFFFFFFFL;
  }

  long s64(int index) {
    long first = u32(index);
    long second = u32(index + 4);
    return bigEndian ? first << 32 | second : second << 32 | first;
  }
}
