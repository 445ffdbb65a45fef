package dev.alertcapture.evidence.names;

import dev.alertcapture.evidence.packet.Bytes;

/**
 * Reads domain names where they stand in a message (RFC 1035, 3.1 and 4.1.4). A name is a row of
 * labels, each behind its length, up to the empty one; a pointer says that it goes on further up.
 * Whatever the bytes are, every method ends: a name has at most 255 bytes, and a pointer leads
 * back, never on.
 */
final class DnsName {
  static final int BROKEN = -1;

  private static final int MAX_BYTES = 255;
  private static final int POINTER = 0xC0;

  /** In a row, with no label between; more than one is unusual already. */
  private static final int MAX_POINTERS = 16;

  private DnsName() {}

  /** Where the bytes after the name at {@code at} begin, or {@link #BROKEN}. */
  static int end(byte[] bytes, int at, int to) {
    int here = at;
    while (here < to) {
      int length = bytes[here] & 0xFF;
      if (length >= POINTER) {
        return here + 2 <= to ? here + 2 : BROKEN;
      }
      here += 1 + length;
      if (length == 0) {
        return here;
      }
      if (length > 63 || here - at > MAX_BYTES) {
        return BROKEN;
      }
    }
    return BROKEN;
  }

  /**
   * Writes the name at {@code at} with dots between its labels, the root as one dot.
   *
   * @param from where the message begins: pointers count from there
   * @return whether the name is whole
   */
  static boolean write(byte[] bytes, int from, int at, int to, NameText name) {
    name.clear();
    int here = at;
    for (int size = 0; size <= MAX_BYTES; ) {
      here = label(bytes, from, here, to);
      if (here == BROKEN) {
        return false;
      }
      int length = bytes[here];
      if (length == 0) {
        if (size == 0) {
          name.append((byte) '.');
        }
        return true;
      }
      if (size > 0) {
        name.append((byte) '.');
      }
      name.append(bytes, here + 1, here + 1 + length);
      here += 1 + length;
      size += 1 + length;
    }
    return false;
  }

  /** Whether two whole names of a message are the same; case does not count. */
  static boolean same(byte[] bytes, int from, int one, int other, int to) {
    int a = one;
    int b = other;
    for (int size = 0; size <= MAX_BYTES; ) {
      a = label(bytes, from, a, to);
      b = label(bytes, from, b, to);
      if (a == BROKEN || b == BROKEN || bytes[a] != bytes[b]) {
        return false;
      }
      int length = bytes[a];
      if (a == b || length == 0) {
        return true;
      }
      if (!sameLabel(bytes, a + 1, b + 1, length)) {
        return false;
      }
      a += 1 + length;
      b += 1 + length;
      size += 1 + length;
    }
    return false;
  }

  /** Whether a label of the name at {@code at} is this one, given in lower case. */
  static boolean hasLabel(byte[] bytes, int from, int at, int to, byte[] lowerCase) {
    int here = at;
    for (int size = 0; size <= MAX_BYTES; ) {
      here = label(bytes, from, here, to);
      if (here == BROKEN || bytes[here] == 0) {
        return false;
      }
      int length = bytes[here];
      if (length == lowerCase.length) {
        int i = 0;
        while (i < length && lower(bytes[here + 1 + i]) == lowerCase[i]) {
          i++;
        }
        if (i == length) {
          return true;
        }
      }
      here += 1 + length;
      size += 1 + length;
    }
    return false;
  }

  /**
   * Where the label at {@code at} stands once its pointers are followed; it is whole there. A
   * pointer that does not lead back, or follows too many others, is broken.
   */
  private static int label(byte[] bytes, int from, int at, int to) {
    int here = at;
    for (int pointers = 0; pointers <= MAX_POINTERS && here < to; pointers++) {
      int length = bytes[here] & 0xFF;
      if (length < POINTER) {
        return length <= 63 && here + 1 + length <= to ? here : BROKEN;
      }
      if (here + 2 > to) {
        return BROKEN;
      }
      int target = from + (Bytes.u16(bytes, here) & 0x3FFF);
      if (target >= here) {
        return BROKEN;
      }
      here = target;
    }
    return BROKEN;
  }

  private static boolean sameLabel(byte[] bytes, int one, int other, int length) {
    for (int i = 0; i < length; i++) {
      if (lower(bytes[one + i]) != lower(bytes[other + i])) {
        return false;
      }
    }
    return true;
  }

  private static byte lower(byte b) {
    return (byte) (b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b);
  }
}
