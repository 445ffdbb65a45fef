package dev.alertcapture.evidence.names;

/** Numbers in network byte order. The caller knows that they are there. */
final class Bytes {
  /** The lower half of ::ffff:0:0/96, where IPv4 addresses are mapped (RFC 4291, 2.5.5.2). */
  static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

  private Bytes() {}

  static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  static int u16(byte[] bytes, int at) {
    return u8(bytes, at) << 8 | u8(bytes, at + 1);
  }

  static int u24(byte[] bytes, int at) {
    return u8(bytes, at) << 16 | u16(bytes, at + 1);
  }

  static int i32(byte[] bytes, int at) {
    return u16(bytes, at) << 16 | u16(bytes, at + 2);
  }

  static long u32(byte[] bytes, int at) {
    return i32(bytes, at) & 0xFFFF_FFFFL;
  }

  static long i64(byte[] bytes, int at) {
    return u32(bytes, at) << 32 | u32(bytes, at + 4);
  }
}
