package dev.alertcapture.evidence.names;

import java.nio.charset.StandardCharsets;

/**
 * A name from the network in the only form that leaves this package: lower-cased ASCII 0x21 to
 * 0x7E, every other byte as {@code \xHH}, at most 255 characters. The rest of a longer name is
 * dropped; an escape is never cut in two. One object is reused for all names.
 */
final class NameText {
  static final int MAX_LENGTH = 255;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int ESCAPE_LENGTH = 4;

  private final byte[] text = new byte[MAX_LENGTH];
  private int length;
  private boolean full;

  void clear() {
    length = 0;
    full = false;
  }

  /** Appends one byte of the name as it came from the network. */
  void append(byte octet) {
    int c = octet & 0xFF;
    boolean plain = c > 0x20 && c < 0x7F;
    if (full || length + (plain ? 1 : ESCAPE_LENGTH) > MAX_LENGTH) {
      full = true;
      return;
    }
    if (plain) {
      text[length++] = (byte) (c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
    } else {
      text[length++] = '\\';
      text[length++] = 'x';
      text[length++] = HEX[c >> 4];
      text[length++] = HEX[c & 15];
    }
  }

  void append(byte[] bytes, int from, int to) {
    for (int i = from; i < to && !full; i++) {
      append(bytes[i]);
    }
  }

  int length() {
    return length;
  }

  /** The characters; only the first {@link #length()} count, and only until the next change. */
  byte[] bytes() {
    return text;
  }

  @Override
  public String toString() {
    return new String(text, 0, length, StandardCharsets.US_ASCII);
  }
}
