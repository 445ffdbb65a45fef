package dev.alertcapture.traffic;

import java.util.Arrays;

/** One frame as the capture has it, of which it may have the first bytes only. */
public final class Frame {
  final long time;
  final Nic nic;
  final byte[] bytes;
  final int length;

  /**
   * @param time in nanoseconds since 1970
   * @param length of the whole frame
   */
  Frame(long time, Nic nic, byte[] bytes, int length) {
    this.time = time;
    this.nic = nic;
    this.bytes = bytes;
    this.length = length;
  }

  /** In nanoseconds since 1970. */
  public long time() {
    return time;
  }

  /** The bytes that the capture has. */
  public byte[] bytes() {
    return bytes.clone();
  }

  public Frame later(long by) {
    return new Frame(time + by, nic, bytes, length);
  }

  /** The frame with no more than so many bytes kept. */
  public Frame cut(int to) {
    return to >= bytes.length ? this : new Frame(time, nic, Arrays.copyOf(bytes, to), length);
  }
}
