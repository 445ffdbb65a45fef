package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;

/**
 * A TLS client hello (RFC 8446, 4.1.2; the same since TLS 1.0), read where it stands: the server's
 * name and the highest version offered. One object is reused; what it says holds until the next
 * {@link #read}, and the name only while the bytes are unchanged.
 */
final class ClientHello {
  /** Handshake type and length before the hello's own fields. */
  static final int HEADER_LENGTH = 4;

  static final int HANDSHAKE_TYPE = 1;

  private static final int RANDOM_LENGTH = 32;
  private static final int MAX_SESSION_ID_LENGTH = 32;
  private static final int EXTENSION_SERVER_NAME = 0;
  private static final int EXTENSION_SUPPORTED_VERSIONS = 43;
  private static final int NAME_TYPE_HOST = 0;

  private byte[] bytes = {};
  private int length;
  private int nameFrom;
  private int nameTo;
  private int version;

  /**
   * Whether a handshake message that begins so can be a client hello. What is encrypted can begin
   * with the same type byte, so more bytes are looked at, as many as there are.
   */
  static boolean isPlausible(byte[] bytes, int from, int to) {
    int length = to - from;
    return length >= 1
        && bytes[from] == HANDSHAKE_TYPE
        && (length < 2 || bytes[from + 1] == 0)
        && (length < 5 || bytes[from + 4] == 3)
        && (length < 6 || Bytes.u8(bytes, from + 5) <= 4);
  }

  /**
   * Reads the hello in these bytes, from its handshake header on.
   *
   * @return false if it is not whole up to its extensions, or none; broken extensions are left out
   */
  boolean read(byte[] message, int from, int to) {
    bytes = message;
    nameFrom = 0;
    nameTo = 0;
    version = 0;
    if (!isPlausible(message, from, to) || to - from < HEADER_LENGTH + 2 + RANDOM_LENGTH + 1) {
      return false;
    }
    int end = from + HEADER_LENGTH + Bytes.u24(bytes, from + 1);
    int at = from + HEADER_LENGTH + 2 + RANDOM_LENGTH;
    if (end > to || Bytes.u8(bytes, at) > MAX_SESSION_ID_LENGTH) {
      return false;
    }
    length = end - from;
    version = Bytes.u16(bytes, from + HEADER_LENGTH);
    at = vectorEnd(at, 1, end); // session id
    at = vectorEnd(at, 2, end); // cipher suites
    at = vectorEnd(at, 1, end); // compression methods
    if (at < 0) {
      return false;
    }
    readExtensions(at, end);
    return true;
  }

  /** How many bytes the message has, its handshake header included. */
  int length() {
    return length;
  }

  /** The highest version offered, such as 0x0303 for TLS 1.2 and 0x0304 for TLS 1.3. */
  int version() {
    return version;
  }

  boolean hasName() {
    return nameTo > nameFrom;
  }

  void serverName(NameText name) {
    name.clear();
    name.append(bytes, nameFrom, nameTo);
  }

  /** Where a vector with a length of so many bytes ends, or -1 if it ends behind {@code end}. */
  private int vectorEnd(int at, int lengthBytes, int end) {
    if (at < 0 || at + lengthBytes > end) {
      return -1;
    }
    int length = lengthBytes == 1 ? Bytes.u8(bytes, at) : Bytes.u16(bytes, at);
    int next = at + lengthBytes + length;
    return next <= end ? next : -1;
  }

  private void readExtensions(int start, int end) {
    int at = start + 2;
    while (at + 4 <= end) {
      int type = Bytes.u16(bytes, at);
      int next = vectorEnd(at + 2, 2, end);
      if (next < 0) {
        return;
      }
      if (type == EXTENSION_SERVER_NAME) {
        readServerName(at + 4, next);
      } else if (type == EXTENSION_SUPPORTED_VERSIONS) {
        readVersions(at + 4, next);
      }
      at = next;
    }
  }

  /** RFC 6066, 3: a list of names with their types, of which only one was ever defined. */
  private void readServerName(int start, int end) {
    if (start + 5 > end || bytes[start + 2] != NAME_TYPE_HOST || hasName()) {
      return;
    }
    int next = vectorEnd(start + 3, 2, end);
    if (next > 0) {
      nameFrom = start + 5;
      nameTo = next;
    }
  }

  /** RFC 8446, 4.2.1. Versions of RFC 8701 (0x0A0A, 0x1A1A and so on) mean nothing. */
  private void readVersions(int start, int end) {
    int highest = 0;
    for (int at = start + 1; at + 2 <= end; at += 2) {
      if (bytes[at] == 3) {
        highest = Math.max(highest, Bytes.u16(bytes, at));
      }
    }
    if (highest > 0) {
      version = highest;
    }
  }
}
