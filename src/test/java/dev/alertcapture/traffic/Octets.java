package dev.alertcapture.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making, in network byte order. */
final class Octets {
  private byte[] bytes;
  private int size;

  Octets() {
    this(64);
  }

  Octets(int room) {
    bytes = new byte[room];
  }

  Octets u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  Octets u16(int value) {
    return u8(value >> 8).u8(value);
  }

  Octets u24(int value) {
    return u8(value >> 16).u16(value);
  }

  Octets u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  Octets add(byte... more) {
    return add(more, 0, more.length);
  }

  Octets add(byte[] more, int from, int to) {
    room(to - from);
    System.arraycopy(more, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  Octets ascii(String text) {
    return add(text.getBytes(StandardCharsets.US_ASCII));
  }

  Octets fill(int value, int times) {
    room(times);
    Arrays.fill(bytes, size, size + times, (byte) value);
    size += times;
    return this;
  }

  /** Overwrites two bytes. */
  Octets set16(int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
    return this;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
