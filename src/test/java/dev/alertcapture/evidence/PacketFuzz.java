package dev.alertcapture.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What Jazzer calls with mutated packets. An input is a link type, then packets, each behind its
 * length in two bytes and the milliseconds since the one before in one.
 */
public final class PacketFuzz {
  private static final int[] LINKS = {1, 113, 276, 101, 0, 108, 228, 229, 147};
  private static final int HEADER = 3;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private PacketFuzz() {}

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    CaptureFuzz.read(capture(data));
  }

  /** A file of these packets, in nanoseconds. */
  static byte[] capture(byte... data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int link = data.length == 0 ? 1 : LINKS[(data[0] & 0xFF) % LINKS.length];
    out.write(ByteBuffer.allocate(24).putInt(0xA1B23C4D).putInt(0x0002_0004).array());
    byte[] header = out.toByteArray();
    ByteBuffer.wrap(header).putInt(16, 262_144).putInt(20, link);
    out.reset();
    out.write(header);
    long millis = 0;
    for (int at = 1; at + HEADER <= data.length; ) {
      int length = ((data[at] & 0xFF) << 8) | (data[at + 1] & 0xFF);
      millis += data[at + 2] & 0xFF;
      int end = Math.min(data.length, at + HEADER + length);
      byte[] packet = Arrays.copyOfRange(data, at + HEADER, end);
      out.write(
          ByteBuffer.allocate(16)
              .putInt(1_790_000_000 + (int) (millis / 1000))
              .putInt((int) (millis % 1000) * NANOS_PER_MILLI)
              .putInt(packet.length)
              .putInt(length)
              .array());
      out.write(packet);
      at = end;
    }
    return out.toByteArray();
  }
}
