package dev.alertcapture.evidence.names;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes messages byte by byte: {@code new Octets().u16(3).text("abc").bytes()}. */
final class Octets {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Octets u8(int value) {
    out.write(value);
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

  Octets text(String value) {
    return add(value.getBytes(StandardCharsets.ISO_8859_1));
  }

  Octets hex(String value) {
    return add(HexFormat.of().parseHex(value));
  }

  Octets add(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  Octets zeros(int count) {
    return add(new byte[count]);
  }

  int size() {
    return out.size();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
