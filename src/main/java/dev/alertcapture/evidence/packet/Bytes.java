package dev.alertcapture.evidence.packet;

/** Numbers in network byte order. The caller knows that the bytes are there. */
public final class Bytes {
  private Bytes() {}

  /** 8 bits, unsigned. */
  public static int u8(byte[] b, int at) {
    return b[at] & 0xFF;
  }

  /** 16 bits, unsigned. */
  public static int u16(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }

  /** 24 bits, unsigned. */
  public static int u24(byte[] b, int at) {
    return u16(b, at) << 8 | (b[at + 2] & 0xFF);
  }

  /** 32 bits as they are. */
  public static int s32(byte[] b, int at) {
    return (b[at] & 0xFF) << 24
        | (b[at + 1] & 0xFF) << 16
        | (b[at + 2] & 0xFF) << 8
        | (b[at + 3] & 0xFF);
  }

  /** 32 bits, unsigned. */
  public static long u32(byte[] b, int at) {
    return s32(b, at) & 0xFFFFFFFFL;
  }

  /** 48 bits, unsigned. */
  public static long u48(byte[] b, int at) {
    return (long) u16(b, at) << 32 | u32(b, at + 2);
  }

  /** 64 bits as they are. */
  public static long s64(byte[] b, int at) {
    return (long) s32(b, at) << 32 | u32(b, at + 4);
  }
}
