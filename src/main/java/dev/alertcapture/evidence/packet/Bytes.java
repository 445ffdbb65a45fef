package dev.alertcapture.evidence.packet;

/** Numbers in network byte order. The caller knows that the bytes are there. */
final class Bytes {
  private Bytes() {}

  static int u8(byte[] b, int at) {
    return b[at] & 0xFF;
  }

  static int u16(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }

  static int u24(byte[] b, int at) {
    return u16(b, at) << 8 | (b[at + 2] & 0xFF);
  }

  static int s32(byte[] b, int at) {
    return (b[at] & 0xFF) << 24
        | (b[at + 1] & 0xFF) << 16
        | (b[at + 2] & 0xFF) << 8
        | (b[at + 3] & 0xFF);
  }

  static long u32(byte[] b, int at) {
    return s32(b, at) & 0xFFFFFFFFL;
  }

  static long u48(byte[] b, int at) {
    return (long) u16(b, at) << 32 | u32(b, at + 2);
  }

  static long s64(byte[] b, int at) {
    return (long) s32(b, at) << 32 | u32(b, at + 4);
  }
}
