package dev.alertcapture.traffic;

import java.io.IOException;
import java.io.OutputStream;

/** Numbers in a file's byte order. */
final class Sink {
  private final OutputStream out;
  private final boolean bigEndian;

  Sink(OutputStream out, boolean bigEndian) {
    this.out = out;
    this.bigEndian = bigEndian;
  }

  Sink u16(int value) throws IOException {
    out.write(bigEndian ? value >> 8 : value);
    out.write(bigEndian ? value : value >> 8);
    return this;
  }

  Sink u32(long value) throws IOException {
    int high = (int) (value >> 16);
    int low = (int) value;
    return u16(bigEndian ? high : low).u16(bigEndian ? low : high);
  }

  Sink add(byte... bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  /** As {@link #add}, and zeros up to a multiple of four. */
  Sink padded(byte... bytes) throws IOException {
    return add(bytes).add(new byte[-bytes.length & 3]);
  }
}
