package dev.alertcapture.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * What Jazzer calls with mutated capture files: whatever they are, they are read to an end, and no
 * line names a frame that is not there. {@link CaptureFuzzIT} runs it, and {@link PacketFuzz}.
 */
public final class CaptureFuzz {
  private static final long SMALL_HEAP = 1L << 20;

  private CaptureFuzz() {}

  /** Called with each file. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    read(data);
  }

  static void read(byte[] capture) throws IOException {
    Reading reading = new Reading(new ByteArrayInputStream(capture), SMALL_HEAP);
    for (String line : reading.lines) {
      String[] cells = line.split("\t", -1);
      switch (cells[0]) {
        case "conv", "endpoint", "proto" -> counts(cells, reading.frames);
        case "dns" -> {
          long frame = within(cells[1], reading.frames);
          check(cells[2].isEmpty() || within(cells[2], reading.frames) < frame, line);
          check(cells[3].isEmpty() || Long.parseLong(cells[3]) > Long.MIN_VALUE, line);
        }
        case "name" -> within(cells[1], reading.frames);
        default -> within(cells[0], reading.frames);
      }
    }
  }

  /** Each frame counts once in what is nested, and a few times in what is around it. */
  private static void counts(String[] cells, long frames) {
    long counted = Long.parseLong(cells[cells.length - 2]);
    check(counted >= 0 && counted <= 100 * frames, String.join(" ", cells));
    check(Long.parseLong(cells[cells.length - 1]) >= 0, String.join(" ", cells));
  }

  private static long within(String frame, long frames) {
    long number = Long.parseLong(frame);
    check(number >= 1 && number <= frames, "frame " + frame + " of " + frames);
    return number;
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
