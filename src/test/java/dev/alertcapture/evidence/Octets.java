package dev.alertcapture.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes for tests, appended in network order. */
public final class Octets {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static Octets octets() {
    return new Octets();
  }

  public Octets u8(int value) {
    out.write(value);
    return this;
  }

  public Octets u16(int value) {
    return u8(value >> 8).u8(value);
  }

  public Octets u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  public Octets u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  public Octets hex(String digits) {
    return bytes(HexFormat.of().parseHex(digits.replace(" ", "")));
  }

  public Octets text(String ascii) {
    return bytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Octets bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public Octets zeros(int count) {
    return bytes(new byte[count]);
  }

  public byte[] get() {
    return out.toByteArray();
  }
}
