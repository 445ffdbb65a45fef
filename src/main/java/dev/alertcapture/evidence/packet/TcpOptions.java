package dev.alertcapture.evidence.packet;

/** The options of one TCP header, reused. */
public final class TcpOptions {
  private static final int MAX_BLOCKS = 4;

  /** Maximum segment size, 0 where not told. */
  public int segmentSize;

  /** Window scale, -1 where not told. Values over 14 are what the sender wrote. */
  public int windowScale;

  public boolean selectivePermitted;

  /** SACK blocks in the header, at most 4. The first may be a D-SACK (RFC 2883). */
  public int blocks;

  public final int[] blockFrom = new int[MAX_BLOCKS];
  public final int[] blockTo = new int[MAX_BLOCKS];

  /** MPTCP subtypes in the header, one bit each. */
  public int multipath;

  /** False where the file's bytes end inside the options. */
  public boolean whole;

  void clear() {
    segmentSize = 0;
    windowScale = -1;
    selectivePermitted = false;
    blocks = 0;
    multipath = 0;
    whole = true;
  }

  /**
   * Reads the options from {@code from} to {@code to}, of which the bytes below {@code end} are
   * there.
   */
  void read(byte[] b, int from, int to, int end) {
    clear();
    whole = to <= end;
    int stop = Math.min(to, end);
    int at = from;
    while (at < stop) {
      int kind = Bytes.u8(b, at);
      if (kind == 0) {
        return;
      }
      if (kind == 1) {
        at++;
        continue;
      }
      if (at + 2 > stop) {
        return;
      }
      int size = Bytes.u8(b, at + 1);
      if (size < 2 || at + size > stop) {
        return;
      }
      option(b, kind, at + 2, size - 2);
      at += size;
    }
  }

  private void option(byte[] b, int kind, int at, int size) {
    switch (kind) {
      case 2 -> segmentSize = size == 2 ? Bytes.u16(b, at) : segmentSize;
      case 3 -> windowScale = size == 1 ? Bytes.u8(b, at) : windowScale;
      case 4 -> selectivePermitted = true;
      case 5 -> {
        for (int i = 0; i + 8 <= size && blocks < MAX_BLOCKS; i += 8) {
          blockFrom[blocks] = Bytes.s32(b, at + i);
          blockTo[blocks++] = Bytes.s32(b, at + i + 4);
        }
      }
      case 30 -> multipath |= size > 0 ? 1 << (Bytes.u8(b, at) >> 4) : 0;
      default -> {}
    }
  }
}
