package dev.alertcapture.news;

import dev.alertcapture.capture.CaptureFile;
import java.util.List;

/**
 * Where packets are, and the ways to them.
 *
 * @param path a blob's URL, or a path on the machine, with its size or why that is not known
 * @param portal a page of the portal that leads to it, else null
 * @param commands what brings it here, for a shell
 */
public record FileLocation(String path, String portal, List<String> commands) {
  private static final long EMPTY_BELOW = 200;

  /** The size, -1 where it is not known. */
  static long bytes(CaptureFile file) {
    return file == null ? -1 : file.bytes();
  }

  /** The size of the largest where there are several, -1 where it is not known. */
  static long largest(CaptureFile file) {
    return file == null || file.parts().isEmpty()
        ? bytes(file)
        : file.parts().stream().mapToLong(CaptureFile.Part::bytes).max().orElse(-1);
  }

  /** Whether it is there and holds no packet, or next to none; of several, whether none does. */
  static boolean isProbablyEmpty(CaptureFile file) {
    return bytes(file) >= 0 && bytes(file) < EMPTY_BELOW * Math.max(1, file.parts().size());
  }
}
